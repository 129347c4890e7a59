/**
 * The prior of the exact test of clusters: fixed by the definition, before the first cluster.
 *
 * The interval is shortest when as many clusters are in as were planned (`bestPrecision`). What decides it is known at the
 * start: the planned number, the error level, and the weights of the first stage that has both variants.
 */
import type { Experiment } from '../../contracts/experiment.ts';
import { bestPrecision } from '../../stats/sequential/rightHaarT.ts';

/** Clusters that are planned where nothing is said. */
export const plannedClustersDefault = 40;
/** Fewer in a pair than these have no shortest interval. */
const pairClustersLeast = 4;

/**
 * g of a pair, in units of 1 / σ².
 *
 * @param treatment place among the variants
 * @param control   place among the variants
 *
 * @example
 * clusterPrecision(halfAndHalfOfSixty, 1, 0); // ≈ 1.6867 at 5 %
 */
export function clusterPrecision(
  { plannedClusters, stages, alpha }: Pick<Experiment, 'plannedClusters' | 'stages' | 'alpha'>,
  treatment: number,
  control: number,
): number {
  const first = stages.find(({ weights }) => weights[treatment]! > 0 && weights[control]! > 0);
  const [own, other] = [first?.weights[treatment] ?? 0.5, first?.weights[control] ?? 0.5];
  return plannedPrecision(
    (plannedClusters ?? plannedClustersDefault) * (own + other),
    own / (own + other),
    alpha,
  );
}

/**
 * g for so many clusters in the two variants.
 *
 * @param share of them that gets the treatment, in (0, 1)
 */
export function plannedPrecision(clusters: number, share: number, alpha: number): number {
  const units = Math.max(pairClustersLeast, clusters);
  return bestPrecision({ freedom: units - 2, information: units * share * (1 - share) }, alpha);
}
