/**
 * What paired differences of bounded losses say, at any time: is one forecaster better than another, or worse, and by how much.
 *
 * d lies in [−1, 1], as the difference of two Brier scores does. For 0 ≤ λ < 1 and d ≥ −1,
 *
 *     exp(λ d − (−ln(1 − λ) − λ) d²) ≤ 1 + λ d,   of expectation at most exp(λ E[d | past]),
 *
 * so Σ (d − E[d | past]) has, in the intrinsic time Σ d², sub-exponential tails of scale 1; the same holds for −d. Squares must be
 * taken around 0: around a mean γ of the past the increments may be 2 below, and the scale would have to be 2.
 *
 * Nothing is asked of the rows but their order: they may depend on each other and drift. What is spoken of is therefore the mean,
 * over the rows seen so far, of what d was expected to be given those before it. Where rows come in clusters with an effect
 * in common that neither forecaster knows, that mean wanders around the mean over all clusters, and less is promised of the latter.
 *
 * Source: Fan, Grama & Liu 2015, 1311.6273, lemma 4.1 (the inequality); Howard, Ramdas, McAuliffe & Sekhon 2021, 1810.08240,
 * theorem 4 and proposition 9; Choe & Ramdas 2023, 2110.00115, section 4 (comparing forecasters).
 */
import type { Interval } from '../interval.ts';
import { gammaExponentialBound, lnGammaExponentialMixture } from './gammaExponentialMixture.ts';
import { mixtureWidth } from './normalMixture.ts';

export interface PairedSums {
  /** Rows, integer ≥ 0. */
  readonly count: number;
  /** Σ d, in [−count, count]. */
  readonly sum: number;
  /** Σ d², in [0, count]. */
  readonly squares: number;
}

/** Of the increments to either side of 0. */
const scale = 1;
/** Tightest where Σ d² is near 30, some thousand rows: see `npm run bench -- release`. */
const width = mixtureWidth(30, 0.1);
/** What is below is as good as no evidence, and −Infinity, as of sums that contradict strongly, is no JSON. */
const lnLeast = -700;

function check({ count, sum, squares }: PairedSums): void {
  if (!(Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError(`count: expected an integer from 0, got ${count}`);
  }
  const most = count * (1 + 1e-9);
  if (!(Math.abs(sum) <= most)) {
    throw new RangeError(`sum: expected in [−${count}, ${count}], got ${sum}`);
  }
  if (!(squares >= 0 && squares <= most)) {
    throw new RangeError(`squares: expected in [0, ${count}], got ${squares}`);
  }
}

/**
 * ln of the e-value of "it is no better by `gainMin`": that the mean is −gainMin or above.
 *
 * @param gainMin in [0, 1)
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * lnBetter({ count: 4_000, sum: -40, squares: 60 }); // ≈ 8.10785
 */
export function lnBetter(sums: PairedSums, gainMin = 0): number {
  check(sums);
  if (!(gainMin >= 0 && gainMin < 1)) {
    throw new RangeError(`gainMin: expected in [0, 1), got ${gainMin}`);
  }
  const gain = -sums.sum - sums.count * gainMin;
  return Math.max(lnLeast, lnGammaExponentialMixture(gain, sums.squares, width, scale));
}

/**
 * ln of the e-value of "it is no worse": that the mean is 0 or below.
 *
 * @throws RangeError when a sum is outside its range
 */
export function lnWorse(sums: PairedSums): number {
  check(sums);
  return Math.max(lnLeast, lnGammaExponentialMixture(sums.sum, sums.squares, width, scale));
}

export interface PairedLevels {
  /** Of the upper end, in (0, 1): below −gainMin when `lnBetter` has reached ln 1 / alpha. */
  readonly better: number;
  /** Of the lower end, in (0, 1): above 0 when `lnWorse` has reached ln 1 / alpha. */
  readonly worse: number;
}

/**
 * Confidence sequence of the mean difference: both ends hold at all times with probability at least 1 − better − worse.
 *
 * @returns within [−1, 1], the whole of it without rows
 * @throws RangeError when an argument is outside its range
 */
export function pairedInterval(sums: PairedSums, { better, worse }: PairedLevels): Interval {
  check(sums);
  const { count, sum, squares } = sums;
  if (count === 0) return { lower: -1, upper: 1 };
  const above = gammaExponentialBound(squares, better, width, scale);
  const below = gammaExponentialBound(squares, worse, width, scale);
  return {
    lower: Math.max(-1, (sum - below) / count),
    upper: Math.min(1, (sum + above) / count),
  };
}
