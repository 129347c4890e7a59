/**
 * How many times the variance of a mean grows when whole clusters are randomized.
 *
 * Source: Kish 1965; Eldridge, Ashby & Kerry 2006, "Sample size for cluster randomized trials: effect of coefficient of
 * variation of cluster size".
 */

export interface ClusterDesign {
  /** Intraclass correlation, in [0, 1]; an estimate below 0 counts as 0. */
  readonly correlation: number;
  /** Mean units of a cluster, ≥ 1. */
  readonly clusterSize: number;
  /** Deviation of the sizes / their mean, ≥ 0. */
  readonly sizeVariation: number;
}

function check({ correlation, clusterSize, sizeVariation }: ClusterDesign): void {
  if (!(correlation <= 1)) {
    throw new RangeError(`correlation: expected at most 1, got ${correlation}`);
  }
  if (!(clusterSize >= 1)) {
    throw new RangeError(`clusterSize: expected at least 1, got ${clusterSize}`);
  }
  if (!(sizeVariation >= 0)) {
    throw new RangeError(`sizeVariation: expected at least 0, got ${sizeVariation}`);
  }
}

/**
 * 1 + ICC [(m − 1) + m CV²], for means weighed by units.
 *
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * designEffect({ correlation: 0.1, clusterSize: 25, sizeVariation: 0.4 }); // = 3.8
 */
export function designEffect(design: ClusterDesign): number {
  check(design);
  const { correlation, clusterSize, sizeVariation } = design;
  return (
    1 + Math.max(0, correlation) * (clusterSize - 1 + clusterSize * sizeVariation * sizeVariation)
  );
}

/**
 * The same for the mean of the clusters' means, each cluster counting alike: m [ICC + (1 − ICC) E 1/m].
 *
 * A cluster's mean has the variance σ² [ICC + (1 − ICC) / m]. Where the sizes are not known yet, E 1/m is taken for
 * (1 + CV²) / m, which is exact for log-normal sizes.
 *
 * @param inverseSize mean of 1 / size
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * designEffectOfMeans({ correlation: 0.1, clusterSize: 25, sizeVariation: 0.4 }); // = 3.544
 */
export function designEffectOfMeans(design: ClusterDesign, inverseSize?: number): number {
  check(design);
  const { correlation, clusterSize, sizeVariation } = design;
  const between = Math.max(0, correlation);
  const inverse = inverseSize ?? (1 + sizeVariation * sizeVariation) / clusterSize;
  return clusterSize * (between + (1 - between) * inverse);
}
