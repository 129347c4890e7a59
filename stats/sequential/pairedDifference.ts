/**
 * Sums of the differences of two forecasters' scores on the same outcomes, and what they say at any time: see `pairedEvidence`.
 *
 * Differences lie on a grid, so that the sums of partitions merge to the bit.
 *
 * Source: Choe & Ramdas 2023, 2110.00115, section 4 (comparing forecasters).
 */
import type { Fold } from '../../contracts/fold.ts';
import { lnBetter, lnWorse, type PairedSums, pairedInterval } from './pairedEvidence.ts';

export type PairedDifferenceState = { -readonly [Sum in keyof PairedSums]: PairedSums[Sum] };

export interface PairedDifferenceOptions {
  /** Of the interval, in (0, 1). */
  readonly alpha: number;
  /** By which the mean must be below 0 to be better, in [0, 1). */
  readonly gainMin?: number;
}

export interface PairedDifference {
  /** NaN without rows, as are the next two. */
  readonly mean: number;
  /** Of the mean so far; with probability at least 1 − alpha within at all times. */
  readonly lower: number;
  readonly upper: number;
  /** ln of an e-process of "the mean is −gainMin or above". */
  readonly lnBetter: number;
  /** ln of an e-process of "the mean is 0 or below". */
  readonly lnWorse: number;
}

/** Differences lie on a grid, so that sums are exact while they are below 2²¹. */
const grid = 2 ** 32;

/** @throws RangeError when an option is outside its range; `step` throws when a difference is outside [−1, 1] */
export function pairedDifference({ alpha, gainMin = 0 }: PairedDifferenceOptions) {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  if (!(gainMin >= 0 && gainMin < 1)) {
    throw new RangeError(`gainMin: expected in [0, 1), got ${gainMin}`);
  }
  const levels = { better: alpha / 2, worse: alpha / 2 };
  return {
    initial: (): PairedDifferenceState => ({ count: 0, sum: 0, squares: 0 }),

    step(state, difference) {
      if (!(Math.abs(difference) <= 1)) {
        throw new RangeError(`difference: expected in [-1, 1], got ${difference}`);
      }
      const d = Math.round(difference * grid) / grid;
      state.count += 1;
      state.sum += d;
      // Up: time that is too short would claim too much.
      state.squares += Math.ceil(d * d * grid) / grid;
    },

    read(sums) {
      if (sums.count === 0) {
        return { mean: Number.NaN, lower: Number.NaN, upper: Number.NaN, lnBetter: 0, lnWorse: 0 };
      }
      return {
        mean: sums.sum / sums.count,
        ...pairedInterval(sums, levels),
        lnBetter: lnBetter(sums, gainMin),
        lnWorse: lnWorse(sums),
      };
    },

    merge(state, other) {
      state.count += other.count;
      state.sum += other.sum;
      state.squares += other.squares;
    },
  } satisfies Fold<PairedDifferenceState, number, PairedDifference>;
}
