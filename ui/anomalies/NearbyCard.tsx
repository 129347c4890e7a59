/** What else changed within a day of the beginning. */
import type { Alert } from '../../contracts/alert.ts';
import { formatInstant } from '../format/times.ts';
import { apartWords } from './apart.ts';
import { CardSection } from './CardSection.tsx';
import { happeningKinds, detail as words } from './words.ts';

export function NearbyCard({ alert: { explanation, since } }: { alert: Alert }) {
  const nearby = explanation?.nearby ?? [];
  return (
    <CardSection title={words.nearby} text={words.nearbyText}>
      {nearby.length === 0 ? (
        <p className="muted">{explanation === null ? words.notExplained : words.noNearby}</p>
      ) : (
        <ul className="facts-list">
          {nearby.map(({ at, kind, subject, sentence }) => (
            <li key={`${at} ${kind} ${subject}`}>
              <time dateTime={new Date(at).toISOString()} title={formatInstant(at)}>
                {apartWords(at, since)}
              </time>
              <span>
                {sentence}
                <span className="cell-detail">{happeningKinds[kind]}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </CardSection>
  );
}
