/** Why a card stands where it does: the parts of its score as bars, each with what it stands for; folded away. */
import type { Card } from '../../contracts/insight.ts';
import { formatRatio } from '../format/numbers.ts';
import { Definition } from '../parts/Definition.tsx';
import { LongText } from '../parts/LongText.tsx';
import { parts as words, card as wordsOfCard } from '../words/recommendations.ts';
import { partsOf } from './partWords.ts';

const definition = { means: words.means };

export function ScoreParts({ card }: { card: Card }) {
  // What is told in event time is told from the newest data that the rule has seen.
  const parts = partsOf(card, card.finding.judgedAt);
  return (
    <details className="recommendation-fold">
      <summary>{wordsOfCard.parts}</summary>
      <dl className="score-parts">
        {parts.map(({ name, share, figure, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="score-bar" aria-hidden="true">
              <span style={{ width: `${100 * share}%` }} />
            </dd>
            <dd className="score-figure">{figure}</dd>
            <dd className="muted">
              <LongText text={text} most={300} />
            </dd>
          </div>
        ))}
        <div className="score-total">
          <dt>
            <Definition of={definition}>{words.score}</Definition>
          </dt>
          <dd className="score-bar" aria-hidden="true">
            <span style={{ width: `${100 * Math.min(1, Math.max(0, card.score))}%` }} />
          </dd>
          <dd className="score-figure">{formatRatio(card.score)}</dd>
          <dd className="muted">{words.scoreText}</dd>
        </div>
      </dl>
    </details>
  );
}
