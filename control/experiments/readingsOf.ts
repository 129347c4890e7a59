/** Other readings of a metric's comparisons, beside the evidence: adjusted by covariates, and Bayesian. */
import type { Reading } from '../../contracts/experimentResult.ts';
import { adjustedEffect } from './adjustedEffect.ts';
import { bayesianReading } from './bayesianReading.ts';
import type { CountedArm } from './compareByDesign.ts';
import type { CovariateCell } from './experimentCounts.ts';
import type { ByVariant } from './metricCells.ts';
import type { PreparedExperiment, PreparedMetric } from './preparedExperiment.ts';

/**
 * In the order of the pairs. Where clusters are assigned there are none: units are not independent then.
 *
 * @param arms       by place of the variant
 * @param covariates of the metric
 */
export function readingsOf(
  { experiment, pairs, isClustered }: PreparedExperiment,
  metric: PreparedMetric,
  arms: readonly CountedArm[],
  covariates: ByVariant<CovariateCell>,
): Reading[] {
  if (isClustered) return [];
  return pairs.map((pair) => {
    const { control, treatment } = pair;
    return {
      variant: experiment.variants[treatment]!.key,
      adjusted: adjustedEffect(
        ...([covariates[control] ?? [], covariates[treatment] ?? [], metric, pair] as const),
        experiment.alpha,
      ),
      bayesian: bayesianReading(arms[control]!, arms[treatment]!, metric, pair),
    };
  });
}
