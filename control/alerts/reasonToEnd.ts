/** Why the open alerts of a watch end when its definition changes. */
import { same } from '../../contracts/same.ts';
import type { Watch } from '../../contracts/watch.ts';

/**
 * Names, spans, routes and severity may change while an alert is open: it goes on, by the new spans.
 *
 * @param after null: it was taken away
 * @returns a sentence for the observation `end`; undefined: they go on
 */
export function reasonToEnd(before: Watch, after: Watch | null): string | undefined {
  if (after === null) return 'The watch was taken away.';
  if (!after.isActive) return 'The watch was turned off.';
  if (!same(before.source, after.source)) return 'The watch looks at something else now.';
  if (!same(before.judgement, after.judgement)) return 'The watch judges otherwise now.';
  return undefined;
}
