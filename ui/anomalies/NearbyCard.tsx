/** What else changed within a day of the beginning. */
import { useState } from 'react';
import type { AlertDetail } from '../../contracts/watchApi.ts';
import { formatInstant } from '../format/times.ts';
import { happeningKinds, detail as words } from '../words/anomalies.ts';
import { apartWords } from './apart.ts';
import { CardSection } from './CardSection.tsx';
import { numbered } from './numbered.ts';

/** The rest is folded away. */
const foldedMax = 6;

export function NearbyCard({ detail }: { detail: AlertDetail }) {
  const { explanation, since } = detail.alert;
  const inChart = numbered(detail);
  const [isUnfolded, setUnfolded] = useState(false);
  const nearby = explanation?.nearby ?? [];
  return (
    <CardSection title={words.nearby} text={words.nearbyText}>
      {nearby.length === 0 ? (
        <p className="muted">{explanation === null ? words.notExplained : words.noNearby}</p>
      ) : (
        <ul className="facts-list">
          {nearby.slice(0, isUnfolded ? undefined : foldedMax).map((happening) => {
            const { at, kind, sentence } = happening;
            const number = inChart.indexOf(happening) + 1;
            return (
              <li key={`${at} ${sentence}`}>
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
      {!isUnfolded && nearby.length > foldedMax && (
        <button type="button" className="text-button" onClick={() => setUnfolded(true)}>
          {words.moreNearby(nearby.length - foldedMax)}
        </button>
      )}
    </CardSection>
  );
}
