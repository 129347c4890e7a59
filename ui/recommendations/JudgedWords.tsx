/** What an accepted card promised, and when it is judged whether it helped. */
import type { Card } from '../../contracts/insight.ts';
import { formatDate } from '../format/times.ts';
import { LongText } from '../parts/LongText.tsx';
import { history, acceptance as words } from '../words/recommendations.ts';
import { judgedOn } from './standing.ts';

export function JudgedWords({ card }: { card: Card }) {
  const at = judgedOn(card);
  if (at === undefined) return <p className="muted">{history.unpromised}</p>;
  return (
    <div>
      <p className="field-label">{words.promised}</p>
      <p>
        <LongText text={card.accepted?.promise?.sentence ?? ''} /> {words.judged(formatDate(at))}
      </p>
    </div>
  );
}
