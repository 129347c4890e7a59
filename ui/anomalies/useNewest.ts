/** Up to when something was judged: what "now" means on pages of alerts, whose time is that of the events. */

import type { WatchStanding } from '../../contracts/watchApi.ts';
import { useNow } from '../live/useNow.ts';

/** How often this computer's clock is looked at, where nothing is judged, ms. */
const everyMs = 30_000;

/** @returns ms since 1970 */
export function useNewest(watches: readonly WatchStanding[] | undefined): number {
  const now = useNow(everyMs);
  return newestOf(watches ?? []) ?? now;
}

/** @returns undefined where nothing was judged */
export function newestOf(watches: readonly Pick<WatchStanding, 'judgedTo'>[]): number | undefined {
  const judged = watches.flatMap(({ judgedTo }) => (judgedTo === null ? [] : [judgedTo]));
  return judged.length === 0 ? undefined : Math.max(...judged);
}
