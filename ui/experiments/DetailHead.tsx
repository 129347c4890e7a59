/** The verdict in words, what state the experiment is in, and what can be done. */

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isLive } from '../../contracts/definitionState.ts';
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { keepView } from '../data/search.ts';
import { ProblemList } from '../definitions/ProblemList.tsx';
import { formatCount } from '../format/numbers.ts';
import { formatAgo, formatInstant } from '../format/times.ts';
import { useNow } from '../live/useNow.ts';
import { Belongs } from '../parts/Belongs.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Needs } from '../parts/Needs.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { words as common, fieldName, detail as words } from '../words/experiments.ts';
import { actionsOf } from './actions.ts';
import { endingOf } from './ending.ts';
import { MoveDialog } from './MoveDialog.tsx';
import type { MoveAsked } from './moveAsked.ts';
import { planOf } from './planOf.ts';
import { stateOf, verdictOf } from './standing.ts';

export function DetailHead({ detail }: { detail: ExperimentDetail }) {
  const { experiment, result, problems, revision } = detail;
  const [asked, setAsked] = useState<MoveAsked>();
  const { decision } = experiment;
  const state = stateOf(experiment.state);
  const verdict = result === null ? undefined : result.verdict;
  const ending = endingOf(detail);
  const sentence =
    ending?.word ??
    verdict?.sentence ??
    (experiment.state === 'draft'
      ? words.draftSentence
      : isLive(experiment)
        ? words.noResultSentence
        : words.endedSentence);
  return (
    <>
      <div className="page-head">
        <Headline
          page={
            <>
              <Link to="/experiments" search={keepView}>
                {common.eyebrow}
              </Link>
              <span aria-hidden="true"> / </span>
              {experiment.name}
            </>
          }
          tone={(ending ?? (verdict === undefined ? state : verdictOf(verdict))).tone}
        >
          {sentence}
        </Headline>
        <Actions detail={detail} onAsk={setAsked} />
      </div>
      <p className="standing">
        <StateWord tone={state.tone}>{state.word}</StateWord>
        {verdict !== undefined && ending === undefined && (
          <StateWord tone={verdictOf(verdict).tone}>
            {words.verdict(verdictOf(verdict).word)}
          </StateWord>
        )}
        <Since detail={detail} />
        {result !== null && <span>{words.exposed(formatCount(result.exposed))}</span>}
        <span>{words.revision(revision)}</span>
        <code>{experiment.key}</code>
        <Belongs kind="experiment" of={experiment.key} name={experiment.name} />
      </p>
      {ending !== undefined && (
        <div className="ended muted">
          {decision !== null && decision.reason !== '' && <p>{words.because(decision.reason)}</p>}
          {/* A stop by the engine quotes its verdict. */}
          {verdict !== undefined && decision?.reason.includes(verdict.sentence) !== true && (
            <p>{words.lastVerdict(verdict.sentence)}</p>
          )}
        </div>
      )}
      <ProblemList problems={problems} nameOf={fieldName} />
      {result?.crossedAlarm === true && (
        <p className="notice bad">
          {words.crossed(formatCount(result.crossed), formatCount(result.exposed))}
        </p>
      )}
      {asked !== undefined && (
        <MoveDialog detail={detail} asked={asked} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}

function Since({ detail: { experiment, result } }: { detail: ExperimentDetail }) {
  const now = useNow(10_000);
  const startedAt = experiment.stages[0]?.startAt;
  return (
    <>
      {startedAt !== undefined && (
        <span title={formatInstant(startedAt)}>{words.since(formatAgo(startedAt, now))}</span>
      )}
      {result !== null && (
        <span title={formatInstant(result.at)}>{words.evaluated(formatAgo(result.at, now))}</span>
      )}
    </>
  );
}

interface ActionsProps {
  detail: ExperimentDetail;
  onAsk(asked: MoveAsked): void;
}

function Actions({ detail, onAsk }: ActionsProps) {
  const { experiment } = detail;
  const { key } = experiment;
  const { moves, editable } = actionsOf(detail);
  return (
    <div className="actions">
      {editable && (
        <Needs everywhere>
          <Link to="/experiments/$key/edit" params={{ key }} search={keepView} className="button">
            {words.edit}
          </Link>
        </Needs>
      )}
      <Needs everywhere>
        <Link
          to="/experiments/new"
          search={(search) => ({ ...keepView(search), copy: key })}
          className="button"
        >
          {words.copy}
        </Link>
      </Needs>
      {experiment.state === 'draft' && (
        <Link
          to="/experiments/plan"
          search={(search) => ({ ...keepView(search), plan: planOf(detail) })}
          className="button"
        >
          {words.plan}
        </Link>
      )}
      {moves.map(({ asked, label, look }) => (
        <Needs key={label}>
          <button
            type="button"
            className={look === undefined ? 'button' : `button ${look}`}
            onClick={() => onAsk(asked)}
          >
            {label}
          </button>
        </Needs>
      ))}
    </div>
  );
}
