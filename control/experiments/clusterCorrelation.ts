/**
 * How alike the members of a cluster are, and what that costs: the intraclass correlation and the design effect of a metric.
 *
 * Differences between arms and stages are taken out first. Of a ratio N / D it is that of the members' N − R D, R being the
 * ratio of the arm and stage.
 */
import type { ClusterCorrelation } from '../../contracts/experimentResult.ts';
import type { OutcomeScale } from '../../models/measure/outcomeScale.ts';
import { designEffectOfMeans } from '../../stats/cluster/designEffect.ts';
import { intraclassCorrelation } from '../../stats/cluster/intraclassCorrelation.ts';
import type { GatheredCluster } from './gatherClusters.ts';
import { figureOrNull } from './sequenceEffect.ts';

/** @param arms complete clusters of each variant */
export function clusterCorrelation(
  arms: readonly (readonly GatheredCluster[])[],
  { numeratorPerUnit, denominatorPerUnit }: OutcomeScale,
): ClusterCorrelation {
  const groups = new Map<string, { readonly number: number; n: bigint; d: bigint }>();
  const rows = arms.flatMap((clusters, arm) =>
    clusters.map((cluster) => {
      const key = `${arm} ${cluster.stage}`;
      const group = groups.get(key) ?? { number: groups.size, n: 0n, d: 0n };
      groups.set(key, group);
      group.n += cluster.sums[0] ?? 0n;
      group.d += cluster.sums[1] ?? 0n;
      return { ...cluster, group };
    }),
  );
  const [perN, perD] = [numeratorPerUnit, denominatorPerUnit];
  /** Σ (n − R d) and Σ (n − R d)² of a cluster, with the ratio of its group; of a plain outcome d is 1. */
  const linear = ({ sums, group }: (typeof rows)[number]) => {
    const [n = 0, d = 0, nn = 0, dd = 0, nd = 0] = sums.map(Number);
    const ratio = group.d === 0n ? 0 : Number(group.n) / perN / (Number(group.d) / perD);
    return {
      sum: n / perN - (ratio * d) / perD,
      square: nn / perN ** 2 - (2 * ratio * nd) / (perN * perD) + (ratio * ratio * dd) / perD ** 2,
    };
  };
  const linearized = rows.map(linear);
  const found = intraclassCorrelation({
    counts: rows.map(({ units }) => units),
    sums: linearized.map(({ sum }) => sum),
    squares: linearized.map(({ square }) => square),
    groups: rows.map(({ group }) => group.number),
  });
  const { clusters, clusterSize, sizeVariation, correlation, inverseSize } = found;
  const isKnown = clusterSize >= 1 && correlation <= 1 && sizeVariation >= 0;
  return {
    clusters,
    size: figureOrNull(clusterSize),
    sizeVariation: figureOrNull(sizeVariation),
    correlation: figureOrNull(correlation),
    designEffect: isKnown ? figureOrNull(designEffectOfMeans(found, inverseSize)) : null,
  };
}
