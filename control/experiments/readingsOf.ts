/** Other readings of a metric's comparisons, beside the evidence: adjusted by covariates, and Bayesian. */
import type { Reading } from '../../contracts/experimentResult.ts';
import { adjustedEffect } from './adjustedEffect.ts';
import { bayesianReading } from './bayesianReading.ts';
import type { CountedArm } from './compareByDesign.ts';
import type { ExperimentCounts } from './experimentCounts.ts';
import type { PreparedExperiment, PreparedMetric } from './preparedExperiment.ts';

/**
 * In the order of the pairs. Where clusters are assigned there are none: units are not independent then.
 *
 * @param arms by place of the variant
 */
export function readingsOf(
  { experiment, pairs, isClustered }: PreparedExperiment,
  metric: PreparedMetric,
  arms: readonly CountedArm[],
  { covariates }: Pick<ExperimentCounts, 'covariates'>,
): Reading[] {
  if (isClustered) return [];
  const { key } = metric.metric;
  return pairs.map((pair) => {
    const cellsOf = (variant: number) =>
      covariates.filter((cell) => cell.metric === key && cell.variant === variant);
    const { control, treatment } = pair;
    return {
      variant: experiment.variants[treatment]!.key,
      adjusted: adjustedEffect(
        ...([cellsOf(control), cellsOf(treatment), metric, pair] as const),
        experiment.alpha,
      ),
      bayesian: bayesianReading(arms[control]!, arms[treatment]!, metric, pair),
    };
  });
}
