/**
 * Whether one of two forecasters is better, told at any time from the differences of their scores on the same outcomes.
 *
 * The mean of d = score of the one − score of the other, each in [−1, 1], is followed whatever the dependence between rows: with d̄ the
 * mean of E[d | past] so far, exp(λ Σ(d − d̄) − (−ln(1 − λ) − λ) Σd²) is bounded by a supermartingale for 0 ≤ λ < 1, and the same for −d.
 * Squares are taken around 0 and not around a mean of the past: then the increments have range 1 and not 2, states are sums
 * that merge to the bit, and what it costs is d̄² beside the variance of d, which is next to nothing where it is hard to tell.
 *
 * Source: Choe & Ramdas 2023, 2110.00115, section 4 (comparing forecasters); Howard, Ramdas, McAuliffe & Sekhon 2021, 1810.08240,
 * theorem 4 and proposition 9.
 */
import type { Fold } from '../../contracts/fold.ts';
import { gammaExponentialBound, lnGammaExponentialMixture } from './gammaExponentialMixture.ts';
import { mixtureWidth } from './normalMixture.ts';

export interface PairedDifferenceState {
  /** Rows that both have predicted. */
  count: number;
  /** Σ d. */
  sum: number;
  /** Σ d²: intrinsic time. */
  squares: number;
}

export interface PairedDifferenceOptions {
  /** Of the interval, in (0, 1). */
  readonly alpha: number;
  /** By which the mean must be below 0 to be better, ≥ 0. */
  readonly gainMin?: number;
  /** Sum of squares at which the interval is tightest. */
  readonly bestTime: number;
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
/** ln of the least number above 0: what stands for an e-value of 0. */
const lnLeast = Math.log(Number.MIN_VALUE);
/** Range of d − 0 to either side. */
const scale = 1;

/** @throws RangeError when an option is outside its range; `step` throws when a difference is outside [−1, 1] */
export function pairedDifference({ alpha, gainMin = 0, bestTime }: PairedDifferenceOptions) {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  if (!(gainMin >= 0)) throw new RangeError(`gainMin: expected at least 0, got ${gainMin}`);
  const width = mixtureWidth(bestTime, alpha);
  const lnEvidence = (sum: number, time: number) =>
    Math.max(lnLeast, lnGammaExponentialMixture(sum, time, width, scale));
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

    read({ count, sum, squares }) {
      if (count === 0) {
        return { mean: Number.NaN, lower: Number.NaN, upper: Number.NaN, lnBetter: 0, lnWorse: 0 };
      }
      const mean = sum / count;
      const radius = gammaExponentialBound(squares, alpha / 2, width, scale) / count;
      return {
        mean,
        lower: Math.max(-1, mean - radius),
        upper: Math.min(1, mean + radius),
        lnBetter: lnEvidence(-sum - count * gainMin, squares),
        lnWorse: lnEvidence(sum, squares),
      };
    },

    merge(state, other) {
      state.count += other.count;
      state.sum += other.sum;
      state.squares += other.squares;
    },
  } satisfies Fold<PairedDifferenceState, number, PairedDifference>;
}
