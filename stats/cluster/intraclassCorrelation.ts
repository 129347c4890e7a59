/**
 * Share of the variance that lies between clusters (classes, schools), from sums by cluster.
 *
 * The analysis-of-variance estimate, for clusters of unequal size. Source: Donner & Klar 2000, "Design and analysis of
 * cluster randomization trials", 1.3; Fisher 1925.
 */

/** Sums of each cluster's outcomes, in one order; of the same length. */
export interface ClusterMoments {
  readonly counts: ArrayLike<number>;
  readonly sums: ArrayLike<number>;
  /** Σ of squared outcomes. */
  readonly squares: ArrayLike<number>;
}

export interface IntraclassCorrelation {
  /** At most 1; below 0 when clusters are more alike than chance makes them; NaN without two clusters and a pair. */
  readonly correlation: number;
  /** Mean units of a cluster. */
  readonly clusterSize: number;
  /** Deviation of the cluster sizes / their mean. */
  readonly sizeVariation: number;
  readonly clusters: number;
  /** Variance within clusters, in the unit of the outcome squared. */
  readonly within: number;
}

/**
 * Clusters without units do not count.
 *
 * @throws RangeError when the lengths differ
 */
export function intraclassCorrelation({
  counts,
  sums,
  squares,
}: ClusterMoments): IntraclassCorrelation {
  if (sums.length !== counts.length || squares.length !== counts.length) {
    throw new RangeError(
      `sums, squares: expected ${counts.length}, got ${sums.length} and ${squares.length}`,
    );
  }
  let clusters = 0;
  let units = 0;
  let unitsSquared = 0;
  let total = 0;
  for (let i = 0; i < counts.length; i += 1) {
    if (!(counts[i]! > 0)) continue;
    clusters += 1;
    units += counts[i]!;
    unitsSquared += counts[i]! * counts[i]!;
    total += sums[i]!;
  }
  const mean = total / units;
  let between = 0;
  let within = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i]!;
    if (!(count > 0)) continue;
    const own = sums[i]! / count;
    between += count * (own - mean) * (own - mean);
    within += Math.max(0, squares[i]! - sums[i]! * own);
  }
  const clusterSize = units / clusters;
  const sizeVariance = (unitsSquared - units * clusterSize) / (clusters - 1);
  const betweenMean = between / (clusters - 1);
  const withinMean = within / (units - clusters);
  /** The size of equal clusters that would say as much. */
  const effectiveSize = (units - unitsSquared / units) / (clusters - 1);
  return {
    correlation: (betweenMean - withinMean) / (betweenMean + (effectiveSize - 1) * withinMean),
    clusterSize,
    sizeVariation: Math.sqrt(Math.max(0, sizeVariance)) / clusterSize,
    clusters,
    within: withinMean,
  };
}
