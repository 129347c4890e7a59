/** The segments of the primary metrics, as one family. */
import type { SegmentResult } from '../../contracts/experimentResult.ts';
import type { Compared } from './compared.ts';
import { completed, decideFamily, type FamilyMember } from './decide.ts';
import { tallyUnits } from './experimentCounts.ts';
import type { MetricCells } from './metricCells.ts';
import { armsCompared, countedArms, unitSummary } from './metricEvaluation.ts';
import type { PreparedExperiment } from './preparedExperiment.ts';
import { segmentGroups } from './segmentGroups.ts';

export interface SegmentResults {
  readonly segments: SegmentResult[];
  /** Segments left out because they are small. */
  readonly suppressed: number;
}

export function segmentResults(
  prepared: PreparedExperiment,
  metrics: ReadonlyMap<string, MetricCells>,
): SegmentResults {
  const { experiment, pairs } = prepared;
  const left = new Set<string>();
  const shown: Omit<SegmentResult, 'comparisons'>[] = [];
  const found: Compared[] = [];
  const family: FamilyMember[] = [];
  let hidden = 0;
  for (const metric of prepared.metrics) {
    if (metric.role !== 'primary') continue;
    const bySegment: MetricCells['outcomes'] =
      metrics.get(metric.metric.key)?.outcomes ?? new Map<string, never>();
    const sizes = [...bySegment]
      .filter(([segment]) => segment !== '')
      .map(([segment, byVariant]) => ({
        segment,
        units: experiment.variants.map((_, variant) =>
          (byVariant[variant] ?? []).reduce((sum, each) => sum + tallyUnits(each.tallies), 0),
        ),
      }));
    const groups = segmentGroups(sizes);
    for (const segment of groups.suppressed) left.add(segment);
    hidden += groups.suppressed.length * pairs.length;
    for (const segment of groups.shown) {
      const counted = countedArms(prepared, metric, bySegment.get(segment)!);
      const arms = experiment.variants.map(({ key }, variant) => {
        const { units, mean, deviation } = unitSummary(counted[variant]!, metric);
        // How many of a segment were exposed is not known.
        return { variant: key, units, immature: 0, mean, deviation };
      });
      shown.push({ segment, metric: metric.metric.key, arms });
      for (const pair of pairs) {
        const compared = armsCompared(prepared, metric, counted, pair);
        found.push(compared);
        family.push({ lnE: compared.lnE, good: metric.metric.direction });
      }
    }
  }
  const decided = decideFamily(family, experiment.alpha, hidden);
  const comparisons = found.map((each, i) => completed(each, decided[i]!, experiment.alpha));
  const segments = shown.map((each) => ({
    ...each,
    comparisons: comparisons.splice(0, pairs.length),
  }));
  return { segments, suppressed: left.size };
}
