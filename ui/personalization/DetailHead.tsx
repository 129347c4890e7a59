/** What the policy earns in words, in what state it is, and what can be done with it. */

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PolicyDetail, PolicyReport } from '../../contracts/policyApi.ts';
import { keepView } from '../data/search.ts';
import { ProblemList } from '../definitions/ProblemList.tsx';
import { formatAgo, formatInstant } from '../format/times.ts';
import { useNow } from '../live/useNow.ts';
import { Belongs } from '../parts/Belongs.tsx';
import { Headline } from '../parts/Headline.tsx';
import { Needs } from '../parts/Needs.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { words as common, fieldName, detail as words } from '../words/personalization.ts';
import { MoveDialog } from './MoveDialog.tsx';
import { movesOf } from './moves.ts';
import type { Move } from './queries.ts';
import { stateOf } from './standing.ts';
import { detailSentence } from './worth.ts';

interface Props {
  detail: PolicyDetail;
  report: PolicyReport | undefined;
  /** What to say while there is none. */
  missing: string;
}

export function DetailHead({ detail, report, missing }: Props) {
  const { policy, problems, revision } = detail;
  const [asked, setAsked] = useState<Move>();
  const state = stateOf(policy.state);
  const sentence = detailSentence(detail, report, missing);
  return (
    <>
      <div className="page-head">
        <Headline
          page={
            <>
              <Link to="/personalization" search={keepView}>
                {common.eyebrow}
              </Link>
              <span aria-hidden="true"> / </span>
              {policy.name}
            </>
          }
          tone={sentence.tone}
        >
          {sentence.word}
        </Headline>
        <Actions detail={detail} onAsk={setAsked} />
      </div>
      <p className="standing">
        <StateWord tone={state.tone}>{state.word}</StateWord>
        <Since detail={detail} />
        {policy.stages.length > 0 && <span>{words.stage(policy.stages.length)}</span>}
        <span>{words.revision(revision)}</span>
        <code>{policy.key}</code>
        <Belongs kind="policy" of={policy.key} name={policy.name} />
      </p>
      {policy.purpose !== '' && <p className="purpose muted">{policy.purpose}</p>}
      <ProblemList problems={problems} nameOf={fieldName} />
      {asked !== undefined && (
        <MoveDialog detail={detail} move={asked} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}

function Since({ detail: { policy } }: { detail: PolicyDetail }) {
  const now = useNow(10_000);
  const startedAt = policy.stages[0]?.startAt;
  if (startedAt === undefined) return null;
  return <span title={formatInstant(startedAt)}>{words.since(formatAgo(startedAt, now))}</span>;
}

function Actions({ detail, onAsk }: { detail: PolicyDetail; onAsk(move: Move): void }) {
  const { key, state } = detail.policy;
  return (
    <div className="actions">
      {state === 'running' && (
        <Needs permission="people">
          <Link
            to="/personalization/users"
            search={(search) => ({ ...keepView(search), policy: key })}
            className="button"
          >
            {words.whoGets}
          </Link>
        </Needs>
      )}
      {state === 'draft' && (
        <Needs everywhere>
          <Link
            to="/personalization/$key/edit"
            params={{ key }}
            search={keepView}
            className="button"
          >
            {words.edit}
          </Link>
        </Needs>
      )}
      <Needs everywhere>
        <Link
          to="/personalization/new"
          search={(search) => ({ ...keepView(search), copy: key })}
          className="button"
        >
          {words.copy}
        </Link>
      </Needs>
      {movesOf(state).map(({ move, look }) => (
        <Needs key={move}>
          <button
            type="button"
            className={look === undefined ? 'button' : `button ${look}`}
            onClick={() => onAsk(move)}
          >
            {words.moves[move]}
          </button>
        </Needs>
      ))}
    </div>
  );
}
