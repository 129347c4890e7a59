/**
 * The time window that a view shows.
 *
 * A named range ends at the newest data, or some half ranges before it: so it means the same for event time (which may
 * lie years back in a replay) and for the engine's clock, each with its own newest instant.
 */
import type { RangeName, Search } from './search.ts';

export type RangeSearch = Pick<Search, 'range' | 'back' | 'from' | 'to'>;

/** Half-open [from, to), ms since 1970. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export const spansMs: Record<Exclude<RangeName, 'all' | 'custom'>, number> = {
  '15m': 900_000,
  '1h': 3_600_000,
  '6h': 21_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
  '30d': 2_592_000_000,
};

/**
 * @param extent first and last instant of the data; the window never begins before it, so that a young engine does not
 *               show its few minutes as one point of a day
 */
export function windowOf(search: RangeSearch, extent: Window): Window {
  if (search.range === 'custom')
    return { from: search.from ?? extent.from, to: search.to ?? extent.to };
  if (search.range === 'all') return extent;
  const span = spansMs[search.range];
  const to = extent.to - (search.back * span) / 2;
  return { from: Math.min(Math.max(to - span, extent.from), to - 1), to };
}

/**
 * The search that shows half a range earlier (`step` −1) or later (+1); never later than the newest data, and `all`
 * does not move.
 */
export function shiftRange(search: RangeSearch, step: -1 | 1): RangeSearch {
  if (search.range === 'custom') {
    const { from = 0, to = 0 } = search;
    const moved = (step * (to - from)) / 2;
    return { ...search, from: from + moved, to: to + moved };
  }
  if (search.range === 'all') return search;
  return { ...search, back: Math.max(0, search.back - step) };
}

/**
 * The range before: as long, and ending where the one that is shown begins.
 *
 * @returns undefined for `all`, before which there is nothing
 */
export function rangeBefore(
  search: RangeSearch,
): { readonly search: RangeSearch; readonly shiftMs: number } | undefined {
  if (search.range === 'all') return undefined;
  if (search.range === 'custom') {
    const { from = 0, to = 0 } = search;
    const shiftMs = to - from;
    return { search: { ...search, from: from - shiftMs, to: from }, shiftMs };
  }
  return { search: { ...search, back: search.back + 2 }, shiftMs: spansMs[search.range] };
}
