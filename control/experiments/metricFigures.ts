/** What an earlier experiment has shown of a metric without a treatment: where a plan or a baseline can begin. */

import type { Experiment } from '../../contracts/experiment.ts';
import type { MetricFigures } from '../../contracts/experimentApi.ts';
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { same } from '../../contracts/same.ts';

/** Units, or clusters, that the control must have. */
const unitsLeast = 50;
const clustersLeast = 8;

/** Whether both measure the same, whatever they are called. */
export function measuresSame(a: ExperimentMetric, b: ExperimentMetric): boolean {
  const words = { name: '', description: '' };
  return same({ ...a, ...words }, { ...b, ...words });
}

/**
 * @param metric key
 * @returns undefined where too little has been seen
 */
export function metricFigures(
  { key, unit, control }: Experiment,
  { at, metrics }: ExperimentResult,
  metric: string,
): MetricFigures | undefined {
  const found = metrics.find((each) => each.metric === metric);
  const arm = found?.arms.find(({ variant }) => variant === control);
  if (found === undefined || arm === undefined) return undefined;
  const { mean, deviation, units } = arm;
  if (mean === null || deviation === null) return undefined;
  const common = { experiment: key, at, unit, mean, units };
  if (unit === 'user') {
    return units < unitsLeast ? undefined : { ...common, deviation, cluster: null };
  }
  const { clusters = 0, size, sizeVariation, correlation, designEffect } = found.clusters ?? {};
  const isKnown = size != null && correlation != null && designEffect != null;
  if (units < clustersLeast || !isKnown) return undefined;
  return {
    ...common,
    // The clusters' means have the variance σ² × design effect / size.
    deviation: deviation * Math.sqrt(size / designEffect),
    cluster: {
      ...{ clusters, size, sizeVariation: sizeVariation ?? 0 },
      correlation: Math.min(1, Math.max(0, correlation)),
    },
  };
}
