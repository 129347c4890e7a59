/** What a change means for a metric that experiments use. */
import { isLive } from './definitionState.ts';
import type { Experiment } from './experiment.ts';
import type { ExperimentMetric } from './experimentMetric.ts';
import { same } from './same.ts';

/**
 * Whether a metric may be redefined: not while an experiment is live that uses it. Its words may change at any time.
 *
 * @returns the reasons against it; none when it may
 */
export function checkMetricChange(
  before: ExperimentMetric,
  after: ExperimentMetric,
  experiments: readonly Experiment[],
): string[] {
  if (before.key !== after.key) {
    return [
      `The key "${before.key}" names the metric in experiments and cannot change. Make a copy.`,
    ];
  }
  const definition = ({ name, description, ...rest }: ExperimentMetric) => rest;
  if (same(definition(before), definition(after))) return [];
  return experiments
    .filter((experiment) => isLive(experiment))
    .filter(({ metrics }) => metrics.some(({ metric }) => metric === before.key))
    .map(
      ({ key }) =>
        `The experiment "${key}" is live with the metric "${before.key}": another definition, chosen with the data in ` +
        'view, would not keep its error level. Make a new metric for the next experiment.',
    );
}
