/** Values of a text that the reference has not, the most frequent first. */
import { useId } from 'react';
import type { DriftDetail } from '../../contracts/driftApi.ts';
import { formatShare } from '../format/numbers.ts';
import { detail as words } from '../words/drift.ts';

export function UnseenCard({ detail: { unseen } }: { detail: DriftDetail }) {
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
              <b>{formatShare(share)}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
