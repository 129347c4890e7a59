/** One experiment of the list: its verdict as a word and a sentence, and the facts that weigh. */
import { Link } from '@tanstack/react-router';
import { isLive } from '../../contracts/definitionState.ts';
import type { ExperimentSummary } from '../../contracts/experimentApi.ts';
import { keepView } from '../data/search.ts';
import { formatDays } from '../format/effects.ts';
import { formatCount } from '../format/numbers.ts';
import { formatDate } from '../format/times.ts';
import { StateWord } from '../parts/StateWord.tsx';
import { words as common, list as words } from '../words/experiments.ts';
import { standingOf } from './standing.ts';

interface Props {
  experiment: ExperimentSummary;
  /** Name of its primary metric; null without one. */
  primary: string | null;
}

export function ExperimentCard({ experiment, primary }: Props) {
  const { key, name, state, verdict, exposed, startedAt, endedAt } = experiment;
  const standing = standingOf(experiment);
  const live = isLive(experiment);
  const sentence =
    verdict === null
      ? withoutVerdict(state)
      : live
        ? verdict.sentence
        : words.lastVerdict(verdict.sentence);
  return (
    <li className="entry">
      <p className={`entry-standing tone-${standing.tone}`}>
        <StateWord tone={standing.tone}>{standing.word}</StateWord>
      </p>
      <div className="entry-name">
        <h3>
          <Link
            to="/experiments/$key"
            params={{ key }}
            search={(search) => ({ ...keepView(search), metric: undefined })}
          >
            {name}
          </Link>
        </h3>
        <p className="muted">{sentence}</p>
        {experiment.sampleRatioAlarm && (
          <p className="tone-bad">
            <StateWord tone="bad">{words.ratioAlarm}</StateWord>
          </p>
        )}
      </div>
      <dl className="entry-facts">
        <div>
          <dt>{words.primary}</dt>
          <dd>{primary ?? common.none}</dd>
        </div>
        {state !== 'draft' && (
          <div>
            <dt>{words.units}</dt>
            <dd>{formatCount(exposed)}</dd>
          </div>
        )}
        {live && (
          <div>
            <dt>{words.daysLeft}</dt>
            <dd>{verdict?.daysLeft == null ? common.none : formatDays(verdict.daysLeft)}</dd>
          </div>
        )}
        {!live && state !== 'draft' && (
          <div>
            <dt>{endedAt === null ? words.started : words.ended}</dt>
            <dd>{formatDate(endedAt ?? startedAt)}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}

function withoutVerdict(state: ExperimentSummary['state']): string {
  if (state === 'draft') return words.draftText;
  return state === 'running' || state === 'paused' ? words.noVerdict : words.endedUnjudged;
}
