/** A card that is not in the inbox any more: what was done, and whether it helped or when that is judged. */
import { Link } from '@tanstack/react-router';
import type { Card } from '../../contracts/insight.ts';
import { keepView } from '../data/search.ts';
import { cut } from '../format/cut.ts';
import { formatDate } from '../format/times.ts';
import { StateWord } from '../parts/StateWord.tsx';
import { words as common, detail, history as words } from '../words/recommendations.ts';
import { OutcomeBar } from './OutcomeBar.tsx';
import { promiseRange } from './promiseRange.ts';
import { cardStanding, judgedOn } from './standing.ts';
import { formatUnitChange } from './unitFigure.ts';

const titleMax = 200;
const sentenceMax = 400;
const nameMax = 40;

export function PastCard({ card }: { card: Card }) {
  const { id, finding, accepted, outcome, changedAt } = card;
  const standing = cardStanding(card);
  return (
    <li className="entry past-card">
      <p className={`entry-standing tone-${standing.tone}`}>
        <StateWord tone={standing.tone}>{standing.word}</StateWord>
      </p>
      <div className="entry-name">
        <h3>
          <Link to="/recommendations/$id" params={{ id }} search={keepView}>
            {cut(finding.changed, titleMax)}
          </Link>
        </h3>
        <p>{cut(sentenceOf(card), sentenceMax)}</p>
        <p className="muted">
          {common.areas[finding.area]} ·{' '}
          {accepted === null
            ? words.ended(formatDate(changedAt))
            : words.accepted(
                formatDate(accepted.at),
                cut(accepted.label, titleMax),
                cut(accepted.actor, nameMax),
              )}
        </p>
      </div>
      {outcome !== null && outcome.change.estimate !== null && (
        <Measured card={card} outcome={outcome} tone={standing.tone} />
      )}
    </li>
  );
}

interface MeasuredProps {
  card: Card;
  outcome: NonNullable<Card['outcome']>;
  tone: string;
}

function Measured({ card: { accepted }, outcome, tone }: MeasuredProps) {
  const { estimate, lower, upper } = outcome.change;
  const promise = accepted?.promise ?? null;
  const unit = promise?.unit ?? 'number';
  const range = promise === null ? undefined : promiseRange(promise);
  return (
    <div className="past-measured">
      <OutcomeBar change={outcome.change} promise={promise} tone={tone} />
      <p>
        <b>{formatUnitChange(unit, estimate)}</b>
        {lower !== null && upper !== null && (
          <span className="cell-detail">
            {detail.interval(formatUnitChange(unit, lower), formatUnitChange(unit, upper))}
          </span>
        )}
        {range !== undefined && <span className="cell-detail">{words.promised(range)}</span>}
      </p>
    </div>
  );
}

/** The outcome in the engine's words; what is measured until when; or how it ended. */
export function sentenceOf(card: Card): string {
  const { outcome, accepted, state } = card;
  if (outcome !== null) return outcome.sentence;
  if (accepted !== null) {
    const at = judgedOn(card);
    if (at === undefined) return words.unpromised;
    return words.measuringText(accepted.promise?.sentence ?? '', formatDate(at));
  }
  return state === 'done' ? doneBy(card) : words.overText;
}

function doneBy({ answers }: Card): string {
  const last = answers.findLast(({ answer }) => answer === 'done');
  if (last === undefined) return words.done;
  const { actor, note } = last;
  return note === '' ? words.doneBy(actor) : `${words.doneBy(actor)} “${note}”`;
}
