/** One policy of the list: how it stands as a word, what it decides and earns as a sentence, and the facts that weigh. */
import { Link } from '@tanstack/react-router';
import type { PolicySummary } from '../../contracts/policyApi.ts';
import { keepView } from '../data/search.ts';
import type { Judgement } from '../format/judgements.ts';
import { formatCount, formatValue } from '../format/numbers.ts';
import { formatDate } from '../format/times.ts';
import { StateWord } from '../parts/StateWord.tsx';
import { words as common, list as words } from '../words/personalization.ts';
import type { BriefReport } from './queries.ts';
import { stateOf } from './standing.ts';
import { judgeDifference, worthClause } from './worth.ts';

interface Props {
  policy: PolicySummary;
  /** Since its start; undefined where there is none. */
  report: BriefReport | undefined;
}

export function PolicyCard({ policy, report }: Props) {
  const { key, name, purpose, state, actions, startedAt } = policy;
  const standing = standingOf(policy, report);
  const clause = report === undefined ? undefined : worthClause(report);
  const earned = report?.worth.policy;
  return (
    <li className="entry">
      <p className={`entry-standing tone-${standing.tone}`}>
        <StateWord tone={standing.tone}>{standing.word}</StateWord>
      </p>
      <div className="entry-name">
        <h3>
          <Link to="/personalization/$key" params={{ key }} search={keepView}>
            {name}
          </Link>
        </h3>
        <p className="muted">
          {purpose === '' ? words.decides(actions) : `${purpose} ${words.among(actions)}`}{' '}
          {startedAt === null ? words.draftText : (clause?.word ?? words.noWorth)}
        </p>
      </div>
      <dl className="entry-facts">
        <div>
          <dt>{words.algorithm}</dt>
          <dd>{policy.algorithm}</dd>
        </div>
        <div>
          <dt>{words.actions}</dt>
          <dd>{actions === 0 ? words.brought : formatCount(actions)}</dd>
        </div>
        {startedAt !== null && (
          <div>
            <dt>{earned?.mean == null ? words.started : words.earned}</dt>
            <dd>{earned?.mean == null ? formatDate(startedAt) : formatValue(earned.mean)}</dd>
          </div>
        )}
        {state === 'draft' && (
          <div>
            <dt>{words.started}</dt>
            <dd>{common.none}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}

/** Of what decides whether it is worth it, else its state. */
function standingOf(policy: PolicySummary, report: BriefReport | undefined): Judgement {
  if (policy.state !== 'running' || report === undefined) return stateOf(policy.state);
  return judgeDifference(report.worth.difference);
}
