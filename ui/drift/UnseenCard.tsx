/** Values of a text that the reference has not, the most frequent first. */
import { useId } from 'react';
import type { DriftDetail } from '../../contracts/driftApi.ts';
import { Behind } from '../behind/Behind.tsx';
import { formatShare } from '../format/numbers.ts';
import { detail as words } from '../words/drift.ts';
import { useBehindColumn } from './useBehindColumn.ts';

export function UnseenCard({ detail }: { detail: DriftDetail }) {
  const { unseen } = detail;
  const behind = useBehindColumn(detail);
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <h3 id={id}>{words.unseen}</h3>
      {unseen.length === 0 ? (
        <p className="muted">{words.unseenNone}</p>
      ) : (
        <ul className="drift-facts">
          {unseen.map(({ value, share }) => (
            <li key={value}>
              <span>{value}</span>
              <Behind asked={behind.part({ of: 'value', value })} what={value}>
                <b>{formatShare(share)}</b>
              </Behind>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
