/**
 * The place of a non-negative outcome among bins that are even in its logarithm: for latency, time, revenue and counts.
 *
 * The lowest bin holds zero and everything up to `smallest`, the highest everything from `largest` on. The limits are fixed
 * before the experiment; wrong ones cost power, never validity.
 */
export interface LogBins {
  /** Above 0. */
  readonly smallest: number;
  readonly largest: number;
  /** Integer ≥ 3. */
  readonly bins: number;
}

/**
 * @returns 0 … bins − 1
 * @throws RangeError when the outcome is below 0 or not a number, or the bins have no meaning
 *
 * @example
 * logBin(0, { smallest: 1, largest: 1_000, bins: 5 }); // 0
 * logBin(50, { smallest: 1, largest: 1_000, bins: 5 }); // 2: the bins end at 1, 10, 100, 1000
 */
export function logBin(outcome: number, { smallest, largest, bins }: LogBins): number {
  if (!(outcome >= 0)) throw new RangeError(`outcome: expected at least 0, got ${outcome}`);
  if (!(smallest > 0 && smallest < largest)) {
    throw new RangeError(`smallest: expected in (0, ${largest}), got ${smallest}`);
  }
  if (!(Number.isSafeInteger(bins) && bins >= 3)) {
    throw new RangeError(`bins: expected an integer from 3, got ${bins}`);
  }
  if (outcome <= smallest) return 0;
  if (outcome >= largest) return bins - 1;
  const place = Math.log(outcome / smallest) / Math.log(largest / smallest);
  return Math.min(bins - 2, 1 + Math.floor(place * (bins - 2)));
}
