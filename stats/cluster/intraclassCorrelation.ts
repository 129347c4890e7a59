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
  /**
   * Number of the group to which each cluster belongs, such as an arm: between groups the mean may differ, and does not count.
   * All in one where it is absent.
   */
  readonly groups?: ArrayLike<number>;
}

export interface IntraclassCorrelation {
  /** At most 1; below 0 when clusters are more alike than chance makes them; NaN without two clusters and a pair. */
  readonly correlation: number;
  /** Mean units of a cluster. */
  readonly clusterSize: number;
  /** Deviation of the cluster sizes / their mean. */
  readonly sizeVariation: number;
  readonly clusters: number;
  /** Mean of 1 / size over the clusters. */
  readonly inverseSize: number;
  /** Variance within clusters, in the unit of the outcome squared. */
  readonly within: number;
}

/**
 * Clusters without units do not count. Within groups the sums of squares and their degrees of freedom are those within, added
 * up.
 *
 * @throws RangeError when the lengths differ
 */
export function intraclassCorrelation({
  counts,
  sums,
  squares,
  groups,
}: ClusterMoments): IntraclassCorrelation {
  if (sums.length !== counts.length || squares.length !== counts.length) {
    throw new RangeError(
      `sums, squares: expected ${counts.length}, got ${sums.length} and ${squares.length}`,
    );
  }
  let clusters = 0;
  let units = 0;
  let unitsSquared = 0;
  let inverses = 0;
  const ofGroups = new Map<number, { units: number; unitsSquared: number; total: number }>();
  for (let i = 0; i < counts.length; i += 1) {
    if (!(counts[i]! > 0)) continue;
    clusters += 1;
    units += counts[i]!;
    unitsSquared += counts[i]! * counts[i]!;
    inverses += 1 / counts[i]!;
    const group = groups?.[i] ?? 0;
    const held = ofGroups.get(group) ?? { units: 0, unitsSquared: 0, total: 0 };
    held.units += counts[i]!;
    held.unitsSquared += counts[i]! * counts[i]!;
    held.total += sums[i]!;
    ofGroups.set(group, held);
  }
  let between = 0;
  let within = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i]!;
    if (!(count > 0)) continue;
    const own = sums[i]! / count;
    const group = ofGroups.get(groups?.[i] ?? 0)!;
    const mean = group.total / group.units;
    between += count * (own - mean) * (own - mean);
    within += Math.max(0, squares[i]! - sums[i]! * own);
  }
  const clusterSize = units / clusters;
  const sizeVariance = (unitsSquared - units * clusterSize) / (clusters - 1);
  const freedom = clusters - ofGroups.size;
  const betweenMean = between / freedom;
  const withinMean = within / (units - clusters);
  /** The size of equal clusters that would say as much. */
  let effectiveSize = 0;
  for (const group of ofGroups.values()) {
    effectiveSize += (group.units - group.unitsSquared / group.units) / freedom;
  }
  return {
    correlation: (betweenMean - withinMean) / (betweenMean + (effectiveSize - 1) * withinMean),
    clusterSize,
    sizeVariation: Math.sqrt(Math.max(0, sizeVariance)) / clusterSize,
    clusters,
    inverseSize: inverses / clusters,
    within: withinMean,
  };
}
