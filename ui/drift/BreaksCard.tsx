/** What broke in the quality of the column, the newest day first. */
import type { DriftDetail } from '../../contracts/driftApi.ts';
import { Behind } from '../behind/Behind.tsx';
import { formatDate } from '../format/times.ts';
import { Section } from '../parts/Section.tsx';
import { detail as words } from '../words/drift.ts';
import { useBehindColumn } from './useBehindColumn.ts';

export function BreaksCard({ detail }: { detail: DriftDetail }) {
  const behind = useBehindColumn(detail);
  const breaks = detail.column.breaks.toReversed();
  return (
    <Section title={words.breaks}>
      <div className="card">
        {breaks.length === 0 ? (
          <p className="muted">{words.breaksNone}</p>
        ) : (
          <ul className="drift-facts drift-breaks">
            {breaks.map(({ day, kind, sentence }) => (
              <li key={`${day} ${kind}`}>
                <time dateTime={new Date(day).toISOString()}>
                  <Behind asked={behind.broken({ day, kind })} what={formatDate(day, 'UTC')}>
                    {formatDate(day, 'UTC')}
                  </Behind>
                </time>
                <span className="drift-sentence">{sentence}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}
