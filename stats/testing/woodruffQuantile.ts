/**
 * A quantile and its interval from a histogram: the ends of the interval of a share, read back as values.
 *
 * Source: Woodruff 1952, "Confidence intervals for medians and other position measures"; clusters by the delta method, as
 * in Deng, Knoblich & Lu 2018, section 4.
 */
import type { Interval } from '../interval.ts';
import { normalTwoSided } from '../special/normal.ts';
import type { Estimate } from './estimate.ts';

export interface Histogram {
  /** Borders of the bins, ascending, one more than there are counts. */
  readonly edges: ArrayLike<number>;
  /** Integers ≥ 0, at least one of them above 0. */
  readonly counts: ArrayLike<number>;
}

export interface QuantileOptions {
  /** Which quantile, in (0, 1). */
  readonly share: number;
  /** Error level, in (0, 1). */
  readonly alpha: number;
  /**
   * Variance of the share of outcomes below the quantile; by default that of independent outcomes. For clusters: the
   * variance of `clusterRatio` with the counts below the quantile as sums.
   */
  readonly shareVariance?: number;
}

export interface QuantileEstimate extends Estimate, Interval {}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let bin = 0; bin < counts.length; bin += 1) sum += counts[bin]!;
  return sum;
}

/** The value with `share` of the histogram below it, linear within its bin; the end of the histogram at 0 and 1. */
export function histogramQuantile({ edges, counts }: Histogram, share: number): number {
  const target = share * total(counts);
  let below = 0;
  let last = 0;
  for (let bin = 0; bin < counts.length; bin += 1) {
    const count = counts[bin]!;
    if (count === 0) continue;
    last = bin;
    if (below + count >= target) {
      const inside = Math.max(0, (target - below) / count);
      return edges[bin]! + inside * (edges[bin + 1]! - edges[bin]!);
    }
    below += count;
  }
  return edges[last + 1]!;
}

/** The share of the histogram below `value`, linear within the bin. */
export function shareBelow({ edges, counts }: Histogram, value: number): number {
  let below = 0;
  for (let bin = 0; bin < counts.length; bin += 1) {
    if (edges[bin + 1]! <= value) below += counts[bin]!;
    else if (edges[bin]! < value) {
      below += (counts[bin]! * (value - edges[bin]!)) / (edges[bin + 1]! - edges[bin]!);
    }
  }
  return below / total(counts);
}

/**
 * The quantile, its interval, and a variance from the interval's width for differences between arms.
 *
 * The answer is as fine as the bins: make them narrow where the quantile lies.
 *
 * @throws RangeError when share or alpha is outside (0, 1), or the histogram is empty
 */
export function woodruffQuantile(
  histogram: Histogram,
  { share, alpha, shareVariance }: QuantileOptions,
): QuantileEstimate {
  if (!(share > 0 && share < 1)) throw new RangeError(`share: expected in (0, 1), got ${share}`);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  const count = total(histogram.counts);
  if (!(count > 0)) throw new RangeError('histogram: expected at least one outcome, got none');
  const quantile = normalTwoSided(alpha);
  const half = quantile * Math.sqrt(shareVariance ?? (share * (1 - share)) / count);
  const lower = histogramQuantile(histogram, Math.max(0, share - half));
  const upper = histogramQuantile(histogram, Math.min(1, share + half));
  const error = (upper - lower) / (2 * quantile);
  return {
    estimate: histogramQuantile(histogram, share),
    variance: error * error,
    freedom: Infinity,
    lower,
    upper,
  };
}
