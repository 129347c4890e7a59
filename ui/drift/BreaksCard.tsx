/** What broke in the quality of the column, the newest day first. */
import type { DriftDetail } from '../../contracts/driftApi.ts';
import { formatDate } from '../format/times.ts';
import { Section } from '../parts/Section.tsx';
import { detail as words } from '../words/drift.ts';

export function BreaksCard({ detail: { column } }: { detail: DriftDetail }) {
  const breaks = column.breaks.toReversed();
  return (
    <Section title={words.breaks}>
      <div className="card">
        {breaks.length === 0 ? (
          <p className="muted">{words.breaksNone}</p>
        ) : (
          <ul className="drift-facts drift-breaks">
            {breaks.map(({ day, kind, sentence }) => (
              <li key={`${day} ${kind}`}>
                <time dateTime={new Date(day).toISOString()}>{formatDate(day, 'UTC')}</time>
                <span className="drift-sentence">{sentence}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}
