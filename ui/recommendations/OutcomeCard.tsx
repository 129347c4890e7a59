/** Whether what a card says has helped: before, after and the change with its interval; or when that is judged. */
import type { Card } from '../../contracts/insight.ts';
import { CardSection } from '../anomalies/CardSection.tsx';
import { formatCount } from '../format/numbers.ts';
import { LongText } from '../parts/LongText.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { history, detail as words } from '../words/recommendations.ts';
import { OutcomeBar } from './OutcomeBar.tsx';
import { sentenceOf } from './PastCard.tsx';
import { promiseRange } from './promiseRange.ts';
import { cardStanding } from './standing.ts';
import { formatUnit, formatUnitChange } from './unitFigure.ts';

export function OutcomeCard({ card }: { card: Card }) {
  const { outcome, accepted } = card;
  const standing = cardStanding(card);
  const promise = accepted?.promise ?? null;
  const unit = promise?.unit ?? 'number';
  const range = promise === null ? undefined : promiseRange(promise);
  return (
    <CardSection title={words.outcome}>
      <p className={`entry-standing tone-${standing.tone}`}>
        <StateWord tone={standing.tone}>{standing.word}</StateWord>
      </p>
      <p>
        <LongText text={sentenceOf(card)} />
      </p>
      {outcome !== null && (
        <>
          <OutcomeBar change={outcome.change} promise={promise} tone={standing.tone} />
          <dl className="facts">
            {(['before', 'after'] as const).map((side) => (
              <div key={side}>
                <dt>{words[side]}</dt>
                <dd>
                  {formatUnit(unit, outcome[side].mean)}
                  <span className="cell-detail">
                    {words.rows(formatCount(outcome[side].count))}
                  </span>
                </dd>
              </div>
            ))}
            <div>
              <dt>{words.change}</dt>
              <dd>
                {formatUnitChange(unit, outcome.change.estimate)}
                <span className="cell-detail">
                  {words.interval(
                    formatUnitChange(unit, outcome.change.lower),
                    formatUnitChange(unit, outcome.change.upper),
                  )}
                </span>
                {range !== undefined && (
                  <span className="cell-detail">{history.promised(range)}</span>
                )}
              </dd>
            </div>
          </dl>
        </>
      )}
    </CardSection>
  );
}
