/** What is watched, how that stands, and where, when and on which days somebody is told. */

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { keepView } from '../../data/search.ts';
import { Needs } from '../../parts/Needs.tsx';
import '../../definitions/definitions.css';
import { type Undoable, UndoBar } from '../../definitions/UndoBar.tsx';
import { Command } from '../../parts/Command.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Headline } from '../../parts/Headline.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import '../anomalies.css';
import { words as common, list } from '../../words/anomalies.ts';
import { fieldName, page as words } from '../../words/watchSettings.ts';
import { exampleCommand } from '../exampleCommand.ts';
import { watchesQuery } from '../queries.ts';
import { CalendarSection } from './CalendarSection.tsx';
import { MutesSection } from './MutesSection.tsx';
import { RoutesSection } from './RoutesSection.tsx';
import { SwitchDialog, type Switched } from './SwitchDialog.tsx';
import { WatchesTable } from './WatchesTable.tsx';
import { watchesSentence } from './watchesSentence.ts';

const definitionKeys = ['watches', 'routes', 'mutes', 'calendar'];

export function WatchesPage() {
  const answer = useQuery(watchesQuery);
  const [asked, setAsked] = useState<Switched>();
  const [done, setDone] = useState<Undoable>();
  const watches = answer.data?.watches;
  const summary =
    watches === undefined
      ? ({ tone: 'none', word: answer.isError ? words.unknown : words.waiting } as const)
      : watchesSentence(watches);
  return (
    <>
      <div className="page-head">
        <Headline
          page={
            <>
              <Link to="/anomalies" search={keepView}>
                {common.eyebrow}
              </Link>
              <span aria-hidden="true"> / </span>
              {words.title}
            </>
          }
          tone={summary.tone}
        >
          {summary.word}
        </Headline>
        {watches !== undefined && watches.length > 0 && (
          <div className="actions">
            <Needs everywhere>
              <Link to="/anomalies/watches/new" search={keepView} className="button primary">
                {words.create}
              </Link>
            </Needs>
          </div>
        )}
      </div>
      {watches === undefined && <Waiting answers={[answer]} height={320} />}
      {watches?.length === 0 && <EmptyWatches />}
      {watches !== undefined && watches.length > 0 && (
        <WatchesTable watches={watches} onAsk={setAsked} />
      )}
      {watches !== undefined && (
        <>
          <RoutesSection watches={watches} onDone={setDone} />
          <MutesSection watches={watches} onDone={setDone} />
          <CalendarSection onDone={setDone} />
        </>
      )}
      <UndoBar done={done} onDone={setDone} queryKeys={definitionKeys} nameOf={fieldName} />
      {asked !== undefined && (
        <SwitchDialog {...asked} onDone={setDone} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}

function EmptyWatches() {
  return (
    <div className="card">
      <Empty title={list.emptyTitle}>
        <p className="muted empty-text">{list.emptyText}</p>
        <div className="actions">
          <Needs everywhere>
            <Link to="/anomalies/watches/new" search={keepView} className="button primary">
              {words.create}
            </Link>
          </Needs>
        </div>
        <p className="muted">{list.emptyCommand}</p>
        <Command text={exampleCommand(location.origin)} />
      </Empty>
    </div>
  );
}
