/** What else changed within a day of the beginning. */
import type { AlertDetail } from '../../contracts/watchApi.ts';
import { formatInstant } from '../format/times.ts';
import { apartWords } from './apart.ts';
import { CardSection } from './CardSection.tsx';
import { numbered } from './numbered.ts';
import { happeningKinds, detail as words } from './words.ts';

export function NearbyCard({ detail }: { detail: AlertDetail }) {
  const { explanation, since } = detail.alert;
  const inChart = numbered(detail);
  const nearby = explanation?.nearby ?? [];
  return (
    <CardSection title={words.nearby} text={words.nearbyText}>
      {nearby.length === 0 ? (
        <p className="muted">{explanation === null ? words.notExplained : words.noNearby}</p>
      ) : (
        <ul className="facts-list">
          {nearby.map((happening) => {
            const { at, kind, subject, sentence } = happening;
            const number = inChart.indexOf(happening) + 1;
            return (
              <li key={`${at} ${kind} ${subject}`}>
                <time dateTime={new Date(at).toISOString()} title={formatInstant(at)}>
                  {apartWords(at, since)}
                </time>
                <span>
                  {number > 0 && (
                    <span className="flag nearby-flag" aria-hidden="true">
                      {number}
                    </span>
                  )}
                  {sentence}
                  <span className="cell-detail">{happeningKinds[kind]}</span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </CardSection>
  );
}
