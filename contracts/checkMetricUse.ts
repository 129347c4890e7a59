/** Whether a metric can be adjusted, and believed beforehand, as an experiment says. */

import type { Tell } from './definitionProblem.ts';
import type { Experiment } from './experiment.ts';
import { capOf, type ExperimentMetric } from './experimentMetric.ts';
import { same } from './same.ts';

export function checkMetricUse(
  { unit, metrics: uses }: Experiment,
  metrics: readonly ExperimentMetric[],
  tell: Tell,
): void {
  for (const { metric: key, covariates = [], prior } of uses) {
    const metric = metrics.find((each) => each.key === key);
    if ((covariates.length > 0 || prior !== undefined) && unit !== 'user') {
      tell(
        'metrics',
        `The metric "${key}" has covariates or a prior, and the experiment assigns by ${unit}: they are taken of users, which are ` +
          'not independent within their cluster. Leave them out, or assign users.',
      );
    }
    if (covariates.length > 0 && metric?.kind === 'quantile') {
      tell(
        'metrics',
        `The metric "${key}" is a quantile: covariates adjust means, and ratios of sums. Leave them out, or take another kind.`,
      );
    }
    for (const [i, covariate] of covariates.entries()) {
      const source = covariate.of === 'past' ? (covariate.metric ?? key) : undefined;
      if (source !== undefined && !uses.some((each) => each.metric === source)) {
        tell(
          'metrics',
          `The metric "${key}" is adjusted by the past of "${source}", which the experiment does not measure. Add it to the ` +
            'metrics, or leave it out.',
        );
      }
      if (covariates.slice(0, i).some((other) => same(other, covariate))) {
        tell('metrics', `The metric "${key}" names a covariate twice: it says nothing new.`);
      }
    }
    const mean = prior?.baseline?.mean;
    const [least, largest] = (metric && capOf(metric)) ?? [-Infinity, Infinity];
    if (mean !== undefined && metric?.kind !== 'ratio' && !(mean >= least && mean <= largest)) {
      tell(
        'metrics',
        `The prior of "${key}" believes in a mean of ${mean}, and its values lie between ${least} and ${largest}. Correct the ` +
          'one or the other.',
      );
    }
  }
}
