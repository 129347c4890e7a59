/** One run: why it began, how far it is, how the model learnt, and why it was or was not promoted. */

import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { TrainingRunDetail } from '../../contracts/modelLifeApi.ts';
import type { TrainingRun } from '../../contracts/trainingRun.ts';
import { ApiProblem } from '../data/client.ts';
import { keepView } from '../data/search.ts';
import { useMay } from '../data/useMay.ts';
import { Needs } from '../parts/Needs.tsx';
import '../definitions/definitions.css';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { formatDuration } from '../format/numbers.ts';
import { formatAgo, formatInstant } from '../format/times.ts';
import { useNow } from '../live/useNow.ts';
import { Absent } from '../parts/Absent.tsx';
import { Hash } from '../parts/Hash.tsx';
import { Headline } from '../parts/Headline.tsx';
import { NotAllowed } from '../parts/NotAllowed.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { CauseCard } from './CauseCard.tsx';
import { CurvesSection } from './CurvesSection.tsx';
import { LogSection } from './LogSection.tsx';
import { cancelRun, runQuery } from './queries.ts';
import { ResultCard } from './ResultCard.tsx';
import './retraining.css';
import { words as common, dialogs, detail as words } from '../words/retraining.ts';
import { judgeRun, runningSentence, spentMs } from './runs.ts';
import { StepsSection } from './StepsSection.tsx';

export function RunPage() {
  const { id } = useParams({ from: '/retraining/$id' });
  const mayLook = useMay('people');
  const answer = useQuery({ ...runQuery(id), enabled: mayLook });
  if (!mayLook) return <NotAllowed permission="people" page={common.eyebrow} />;
  if (answer.data !== undefined) return <Run key={id} detail={answer.data} />;
  if (answer.error instanceof ApiProblem && answer.error.status === 404) return <Unknown />;
  return <Waiting answers={[answer]} height={480} />;
}

function Unknown() {
  return (
    <Absent page={common.eyebrow} title={words.absent} text={words.absentText}>
      <Link to="/retraining" search={keepView} className="button">
        {words.backToList}
      </Link>
    </Absent>
  );
}

function Run({ detail }: { detail: TrainingRunDetail }) {
  const { run } = detail;
  return (
    <>
      <RunHead run={run} />
      <div className="halves run-halves">
        <CauseCard run={run} />
        <ResultCard detail={detail} />
      </div>
      <StepsSection run={run} />
      <CurvesSection run={run} />
      <LogSection log={run.log} />
    </>
  );
}

function RunHead({ run }: { run: TrainingRun }) {
  const [isAsking, setAsking] = useState(false);
  const isRunning = run.state === 'running';
  const { tone, word } = judgeRun(run);
  return (
    <>
      <div className="page-head">
        <Headline
          page={
            <>
              <Link to="/retraining" search={keepView}>
                {common.eyebrow}
              </Link>
              <span aria-hidden="true"> / </span>
              {words.of(run.model)}
            </>
          }
          tone={tone}
        >
          {sentenceOf(run)}
        </Headline>
        <div className="actions">
          <Link
            to="/models/$model/versions"
            params={{ model: run.model }}
            search={keepView}
            className="button"
          >
            {words.versions}
          </Link>
          {isRunning && (
            <Needs everywhere>
              <button type="button" className="button danger" onClick={() => setAsking(true)}>
                {words.cancel}
              </button>
            </Needs>
          )}
        </div>
      </div>
      <p className="standing">
        <StateWord tone={tone}>{word}</StateWord>
        <Times run={run} />
        {run.snapshot !== null && (
          <span>
            {words.snapshot} <Hash value={run.snapshot} label={common.copySnapshot} />
          </span>
        )}
        <code>{run.id}</code>
      </p>
      {isAsking && (
        <ReasonDialog
          title={dialogs.cancel.title(run.model)}
          confirm={dialogs.cancel.confirm}
          consequences={dialogs.cancel.effects}
          danger
          queryKey="retraining"
          nameOf={() => undefined}
          run={(reason) => cancelRun(run.id, reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function sentenceOf(run: TrainingRun): string {
  if (run.state === 'running') return runningSentence(run);
  return run.sentence === '' ? words.of(run.model) : run.sentence;
}

function Times({ run }: { run: TrainingRun }) {
  const now = useNow();
  const spent = formatDuration(spentMs(run, now));
  return (
    <>
      <span title={formatInstant(run.startedAt)}>{words.began(formatAgo(run.startedAt, now))}</span>
      <span>{run.endedAt === null ? words.since(spent) : words.lasted(spent)}</span>
    </>
  );
}
