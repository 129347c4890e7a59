/** The covariates of a unit: taken at its first exposure, counted with its outcome. */

import type { Measured } from '../../models/measure/accumulator.ts';
import { settleCovariate } from '../../models/measure/covariatePlan.ts';
import type { EventReader } from '../../models/measure/eventReader.ts';
import { stepsMax } from '../../models/measure/outcomeScale.ts';
import type { CountedCovariates, CountedExperiment, CountedMetric } from './definitions.ts';
import type { PastBook } from './pastBook.ts';

/**
 * Figures of all metrics of an experiment, one metric's after the other's.
 *
 * @param reader stands at the exposure
 * @param user   code
 * @param time   of the exposure, at most the time at which the log took it, ms since 1970
 */
export function covariatesOf(
  { metrics, covariateWidth }: CountedExperiment,
  past: PastBook,
  reader: EventReader,
  user: number,
  time: number,
): Float64Array {
  const all = new Float64Array(covariateWidth);
  for (const { adjusted } of metrics) {
    if (adjusted === undefined) continue;
    const { plan, pasts, at } = adjusted;
    const figures = all.subarray(at, at + plan.width);
    plan.covariates.forEach((each, i) => {
      const { covariate } = each;
      if (covariate.of === 'exposure') figures[each.at] = reader.number(covariate.field);
      else past.read(pasts[i]!, user, time, figures, each.at);
      settleCovariate(plan, each, figures);
    });
  }
  return all;
}

/**
 * All figures of a unit for one metric, as its plan has them.
 *
 * @param covariates of all metrics, from {@link covariatesOf}
 */
export function figuresOf(
  { scale }: CountedMetric,
  { plan, at }: CountedCovariates,
  { numerator, denominator }: Measured,
  covariates: Float64Array,
): Float64Array {
  const figures = new Float64Array(plan.outcomes + plan.width);
  figures[0] = Math.min(scale.largest, Math.max(scale.least, numerator));
  if (plan.outcomes > 1) {
    const most = stepsMax / scale.denominatorPerUnit;
    figures[1] = Math.min(most, Math.max(-most, denominator));
  }
  figures.set(covariates.subarray(at, at + plan.width), plan.outcomes);
  return figures;
}
