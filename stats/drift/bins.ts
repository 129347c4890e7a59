/**
 * Bins of a feature, made from its reference: each holds about the same share of the reference, and one more takes missing values.
 *
 * Edges lie between bins of the quantile sketch, so that a value counts in the same bin whether it comes by itself or from a
 * sketch (but for one within rounding of an edge). Counts add: states of disjoint rows merge exactly.
 */
import { unexpected } from '../../contracts/statistic.ts';
import { lowerBound } from '../lowerBound.ts';
import { binUpperEnd, type QuantileSketchState } from '../quantileSketch.ts';

/** Bins by default, that for missing values not counted. */
export const binsDefault = 10;

/**
 * Edges of at most `bins` bins: bin i takes values in (edges[i − 1], edges[i]], the first and the last are open.
 *
 * @param reference values of the reference; without any there are no edges, and one bin
 * @param bins      integer ≥ 2; fewer come out where many values are alike
 * @throws RangeError when `bins` is less than 2
 */
export function binEdges({ bins, counts }: QuantileSketchState, wanted = binsDefault): number[] {
  if (!(Number.isSafeInteger(wanted) && wanted >= 2)) {
    throw new RangeError(unexpected('bins', 'an integer ≥ 2', wanted));
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const edges: number[] = [];
  let seen = 0;
  let due = 1;
  for (let i = 0; i < bins.length - 1; i += 1) {
    seen += counts[i]!;
    if (seen * wanted < due * total) continue;
    edges.push(binUpperEnd(bins[i]!));
    due = Math.floor((seen * wanted) / total) + 1;
  }
  return edges;
}

/** The bin of a finite value, in [0, edges.length]. */
export function binAt(edges: readonly number[], x: number): number {
  return lowerBound(edges, x);
}

/** Counts of a sketch by bin, and of missing values behind them: edges.length + 2 numbers. */
export function binCounts(
  edges: readonly number[],
  { bins, counts }: QuantileSketchState,
  missing = 0,
): number[] {
  const result = new Array<number>(edges.length + 2).fill(0);
  // An edge is the upper end of a bin, and belongs to it: the ends are compared.
  bins.forEach((bin, i) => {
    result[binAt(edges, binUpperEnd(bin))]! += counts[i]!;
  });
  result[edges.length + 1] = missing;
  return result;
}

/** Two histograms over the same bins. */
export interface BinnedPair {
  /** Counts of the reference by bin, ≥ 0. */
  readonly reference: ArrayLike<number>;
  /** Counts of the present. */
  readonly current: ArrayLike<number>;
}

export interface PairSums {
  /** All counts of the reference, and of the present. */
  readonly reference: number;
  readonly current: number;
  /** Bins that hold anything of either. */
  readonly bins: number;
}

/** @throws RangeError when lengths differ or a count is negative or not finite */
export function pairSums({ reference, current }: BinnedPair): PairSums {
  if (reference.length !== current.length) {
    throw new RangeError(unexpected('current', `${reference.length} counts`, current.length));
  }
  const sums = { reference: 0, current: 0, bins: 0 };
  for (let i = 0; i < reference.length; i += 1) {
    for (const [name, count] of [
      ['reference', reference[i]!],
      ['current', current[i]!],
    ] as const) {
      if (count >= 0 && count < Infinity) sums[name] += count;
      else throw new RangeError(unexpected(name, 'counts ≥ 0', count));
    }
    if (reference[i]! + current[i]! > 0) sums.bins += 1;
  }
  return sums;
}

/** A distance of two histograms beside what chance alone makes of it. */
export interface BinnedDistance {
  /** NaN where either is empty, as the others. */
  readonly distance: number;
  /** Mean distance when nothing has changed. */
  readonly noise: number;
  /** Exceeded with probability alpha when nothing has changed. */
  readonly critical: number;
  /** Probability of such a distance, or a larger one, when nothing has changed. */
  readonly pValue: number;
}
