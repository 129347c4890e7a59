/** What the capsules of the timeline mean: those kinds alone that are drawn. */
import { type CapsuleKind, capsuleKinds, capsuleOf } from '../charts/lanesTable.ts';
import { chart as words } from '../words/anomalies.ts';
import type { LanesView } from './lanesView.ts';

export function LanesLegend({ view: { incidents } }: { view: LanesView }) {
  const drawn = new Set<CapsuleKind>(incidents.map(capsuleOf));
  return (
    <ul className="lanes-legend">
      {capsuleKinds
        .filter((kind) => drawn.has(kind))
        .map((kind) => (
          <li key={kind}>
            <span className={`capsule capsule-${kind}`} aria-hidden="true" />
            {words.legend[kind]}
          </li>
        ))}
    </ul>
  );
}
