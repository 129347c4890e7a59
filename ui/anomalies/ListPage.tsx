/** Is anything unusual? What is open and who takes care of it, and when and where something was unusual. */

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import { openAlertsQuery } from '../data/openAlerts.ts';
import { keepView } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { Needs } from '../parts/Needs.tsx';
import '../definitions/definitions.css';
import { type Undoable, UndoBar } from '../definitions/UndoBar.tsx';
import { Command } from '../parts/Command.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { AlertList } from './AlertList.tsx';
import { AnswerDialog, type AskedAnswer } from './AnswerDialog.tsx';
import './anomalies.css';
import { words as common, fieldName, list as words } from '../words/anomalies.ts';
import { exampleCommand } from './exampleCommand.ts';
import { Filters } from './Filters.tsx';
import { LanesSection } from './LanesSection.tsx';
import { listSentence } from './listSentence.ts';
import { alertKeys, alertsQuery, watchesQuery } from './queries.ts';
import { useCompared } from './useCompared.ts';
import { useNewest } from './useNewest.ts';

const none: readonly Alert[] = [];

export function ListPage() {
  const { search } = useView();
  const watching = useQuery(watchesQuery);
  const open = useQuery(openAlertsQuery);
  const newest = useNewest(watching.data?.watches);
  const isAsked = watching.data !== undefined;
  const ranged = useQuery({ ...alertsQuery(search, newest), enabled: isAsked });
  const compared = useCompared(ranged.data, newest, isAsked);
  const [asked, setAsked] = useState<AskedAnswer>();
  const [done, setDone] = useState<Undoable>();
  const watches = watching.data?.watches;
  const isKnown = watches !== undefined && open.data !== undefined;
  const isUnknown = (watching.isError && !isAsked) || (open.isError && open.data === undefined);
  const summary = isKnown
    ? listSentence({ watches, alerts: open.data.alerts, now: newest })
    : ({ tone: 'none', word: isUnknown ? words.unknown : words.waiting } as const);
  const isEmpty = isKnown && watches.length === 0 && open.data.alerts.length === 0;
  return (
    <>
      <div className="page-head">
        <Headline page={common.eyebrow} tone={summary.tone}>
          {summary.word}
        </Headline>
        {!isEmpty && (
          <div className="actions">
            <Link to="/anomalies/watches" search={keepView} className="button">
              {words.watches}
            </Link>
          </div>
        )}
      </div>
      {!isKnown && <Waiting answers={[watching, open]} height={420} />}
      {isEmpty && <EmptyList />}
      {isKnown && !isEmpty && (
        <>
          <LanesSection
            filters={<Filters watches={watches} />}
            alerts={ranged.data?.alerts}
            isCut={ranged.data?.more === true}
            newest={newest}
            answer={ranged}
            compared={compared}
          />
          <AlertList
            open={open.data.alerts}
            ranged={ranged.data?.alerts ?? none}
            newest={newest}
            onAsk={setAsked}
          />
        </>
      )}
      <UndoBar done={done} onDone={setDone} queryKeys={alertKeys} nameOf={fieldName} />
      {asked !== undefined && (
        <AnswerDialog {...asked} onDone={setDone} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}

function EmptyList() {
  return (
    <div className="card">
      <Empty title={words.emptyTitle}>
        <p className="muted empty-text">{words.emptyText}</p>
        <div className="actions">
          <Needs everywhere>
            <Link to="/anomalies/watches/new" search={keepView} className="button primary">
              {words.create}
            </Link>
          </Needs>
        </div>
        <p className="muted">{words.emptyCommand}</p>
        <Command text={exampleCommand(location.origin)} />
      </Empty>
    </div>
  );
}
