/**
 * Confidence sequences for a quantile, and for the difference of a quantile between two arms, on integer histograms.
 *
 * At the true quantile the number of values below it is binomial, ties being split as needed; a beta-binomial mixture says
 * which numbers are incredible. The histogram's fixed bins make the state mergeable and exact: a bin's values are only known
 * to lie between its edges, and every answer errs on the safe side of that.
 *
 * For two arms the product of both mixtures is an e-process of "the arms' quantiles are x and y"; a difference d stays unless
 * it has 1 / alpha at every x, y = x + d that the histograms allow.
 *
 * Source: Howard & Ramdas 2022, "Sequential estimation of quantiles with applications to A/B testing and best-arm
 * identification", 1906.09712, theorem 1 and section 5.
 */
import type { Interval } from '../interval.ts';
import { lnDirichletFactor } from './dirichletFactor.ts';
import { mixtureWidth } from './normalMixture.ts';

export interface QuantileTest {
  /** Of the quantile, in (0, 1): ½ for the median. */
  readonly probability: number;
  /** In (0, 1). */
  readonly alpha: number;
  /** Values an arm has when the sequence is to be tightest, > 0. */
  readonly bestCount: number;
}

/** ln of the mixture when `below` of `count` values lie below the quantile. */
export function lnQuantileMixture(
  below: number,
  count: number,
  { probability, alpha, bestCount }: QuantileTest,
): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`probability: expected in (0, 1), got ${probability}`);
  }
  const variance = probability * (1 - probability);
  const width = mixtureWidth(bestCount * variance, alpha);
  const concentration = Math.max(width / variance - 1, 1e-3);
  return lnDirichletFactor([below, count - below], [probability, 1 - probability], concentration);
}

/** For each bin the least ln mixture that any point in it can have: numbers below it are `from` … `to`. */
function leastByBin(counts: ArrayLike<number>, test: QuantileTest): Float64Array {
  let count = 0;
  for (let bin = 0; bin < counts.length; bin += 1) count += counts[bin]!;
  // ln mixture is convex in the number below: its least is where neighbours turn.
  let from = 0;
  let to = count;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const here = lnQuantileMixture(middle, count, test);
    if (lnQuantileMixture(middle + 1, count, test) < here) from = middle + 1;
    else to = middle;
  }
  const bottom = from;
  const least = new Float64Array(counts.length);
  let below = 0;
  for (let bin = 0; bin < counts.length; bin += 1) {
    const upTo = below + counts[bin]!;
    least[bin] = lnQuantileMixture(Math.max(below, Math.min(bottom, upTo)), count, test);
    below = upTo;
  }
  return least;
}

function checkEdges(edges: ArrayLike<number>, ...histograms: ArrayLike<number>[]): void {
  for (const { length } of histograms) {
    if (edges.length !== length + 1) {
      throw new RangeError(`edges: expected ${length + 1}, got ${edges.length}`);
    }
  }
}

/**
 * Confidence sequence for one arm's quantile.
 *
 * @param counts values by bin, integers ≥ 0
 * @param edges  ascending, one more than there are bins; the outer ones may be infinite
 * @returns outer edges of the bins that stay
 * @throws RangeError when an argument is outside its range
 */
export function quantileInterval(
  counts: ArrayLike<number>,
  edges: ArrayLike<number>,
  test: QuantileTest,
): Interval {
  checkEdges(edges, counts);
  const least = leastByBin(counts, test);
  const threshold = -Math.log(test.alpha);
  let first = 0;
  let last = counts.length - 1;
  while (first < last && least[first]! >= threshold) first += 1;
  while (last > first && least[last]! >= threshold) last -= 1;
  return { lower: edges[first]!, upper: edges[last + 1]! };
}

/**
 * ln e of "both arms have the same quantile".
 *
 * @param control   values by bin
 * @param treatment values by bin, in the same bins
 * @throws RangeError when an argument is outside its range
 */
export function lnQuantileDifference(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
  test: QuantileTest,
): number {
  if (control.length !== treatment.length) {
    throw new RangeError(`treatment: expected ${control.length} bins, got ${treatment.length}`);
  }
  const one = leastByBin(control, test);
  const other = leastByBin(treatment, test);
  let least = Infinity;
  for (let bin = 0; bin < one.length; bin += 1) {
    least = Math.min(least, one[bin]! + other[bin]!);
  }
  return least;
}

/**
 * Confidence sequence for the quantile of treatment less that of control.
 *
 * @param edges of both histograms; see {@link quantileInterval}
 * @throws RangeError when an argument is outside its range
 */
export function quantileDifferenceInterval(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
  edges: ArrayLike<number>,
  test: QuantileTest,
): Interval {
  checkEdges(edges, control, treatment);
  const one = leastByBin(control, test);
  const other = leastByBin(treatment, test);
  const threshold = -Math.log(test.alpha);
  let lower = Infinity;
  let upper = -Infinity;
  for (let i = 0; i < one.length; i += 1) {
    // Where one arm's mixture is below 1 the other may exceed the threshold: no bin can be left out beforehand.
    const room = threshold - one[i]!;
    for (let j = 0; j < other.length; j += 1) {
      if (other[j]! >= room) continue;
      lower = Math.min(lower, edges[j]! - edges[i + 1]!);
      upper = Math.max(upper, edges[j + 1]! - edges[i]!);
    }
  }
  return { lower, upper };
}
