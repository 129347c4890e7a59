/**
 * A weighted mean of rows that depend on each other within clusters, such as the answers of one user: its variance is what leaving
 * out one cluster at a time does to it.
 *
 * The jackknife over clusters (CV3) allows for clusters of very unequal size, where the usual cluster-robust variance (CV1, as
 * `clusterRatio` has it) is too small: the mean follows its largest clusters, and so do the residuals.
 *
 * Source: Bell & McCaffrey 2002; MacKinnon, Nielsen & Webb 2023, "Cluster-robust inference: a guide to empirical practice", eq. 21
 * and Student's t with one degree of freedom less than there are clusters.
 */
import type { IntervalEstimate } from '../interval.ts';
import { studentTTwoSided } from '../special/studentT.ts';
import type { Estimate } from '../testing/estimate.ts';

export interface ClusteredRows {
  readonly values: ArrayLike<number>;
  /** Number of the cluster of each row. */
  readonly clusters: ArrayLike<number>;
  /** ≥ 0; without them each row counts once. */
  readonly weights?: ArrayLike<number> | undefined;
}

export interface ClusteredMean extends Estimate {
  /** Those that have weight. */
  readonly clusters: number;
}

/**
 * @returns the mean, NaN without weight; its variance is NaN with fewer than two clusters. O(rows)
 * @throws RangeError when the lengths differ
 *
 * @example
 * clusteredMean({ values: [1, 2, 6], clusters: [7, 7, 9] }); // estimate 3, variance 5.625, freedom 1
 */
export function clusteredMean({ values, clusters, weights }: ClusteredRows): ClusteredMean {
  const rows = values.length;
  if (clusters.length !== rows || (weights !== undefined && weights.length !== rows)) {
    const told = `${clusters.length}${weights === undefined ? '' : ` and ${weights.length}`}`;
    throw new RangeError(`clusters, weights: expected ${rows}, got ${told}`);
  }
  const places = new Map<number, number>();
  const sums: number[] = [];
  const totals: number[] = [];
  let sum = 0;
  let total = 0;
  for (let row = 0; row < rows; row += 1) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (!(weight > 0)) continue;
    let place = places.get(clusters[row]!);
    if (place === undefined) {
      place = sums.push(0) - 1;
      totals.push(0);
      places.set(clusters[row]!, place);
    }
    const part = weight * values[row]!;
    sums[place]! += part;
    totals[place]! += weight;
    sum += part;
    total += weight;
  }
  const count = sums.length;
  const estimate = sum / total; // 0 / 0 is NaN
  let squares = 0;
  for (let place = 0; place < count; place += 1) {
    // The mean without the cluster less the mean.
    const change = (estimate * totals[place]! - sums[place]!) / (total - totals[place]!);
    squares += change * change;
  }
  const variance = count < 2 ? NaN : ((count - 1) / count) * squares;
  return { estimate, variance, freedom: Math.max(0, count - 1), clusters: count };
}

/**
 * Student's interval of an estimate.
 *
 * @param alpha error level, in (0, 1)
 * @returns everything where the variance is not known
 */
export function studentInterval(
  { estimate, variance, freedom }: Estimate,
  alpha: number,
): IntervalEstimate {
  if (!(variance >= 0 && freedom > 0)) return { estimate, lower: -Infinity, upper: Infinity };
  const radius = variance === 0 ? 0 : studentTTwoSided(alpha, freedom) * Math.sqrt(variance);
  return { estimate, lower: estimate - radius, upper: estimate + radius };
}
