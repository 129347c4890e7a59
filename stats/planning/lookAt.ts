/** What is expected on a day of a planned experiment: units, variances, information. */
import { designEffect, designEffectOfMeans } from '../cluster/designEffect.ts';
import { satterthwaite } from '../testing/estimate.ts';
import type { PlannedLook } from './boundary.ts';
import type { MarginalLook } from './marginalPower.ts';
import type { PlannedDesign } from './plannedDesign.ts';
import { plannedArms } from './plannedMetric.ts';
import { accruedBy } from './trafficPlan.ts';

export interface ExpectedLook extends PlannedLook, MarginalLook {
  readonly day: number;
  /** Units of traffic in both arms. */
  readonly people: number;
  /** Units of inference in the smaller arm. */
  readonly smallerArm: number;
  /** 1 / variance of the difference of means. */
  readonly differenceInformation: number;
}

/** Arms are drawn by a coin for each unit, so that their sizes vary: E 1/n is above 1/E n by this factor. */
function coinFactor(expected: number, others: number): number {
  return 1 + others / (expected * (expected + others));
}

/**
 * The same for one variance of both arms: the pairs n_t n_c / (n_t + n_c) have the mean p (1 − 1/n) and the relative variance
 * c = (1 − 2s)² / p, p = n s (1 − s); power follows their root, whose mean is that of p (1 − 1/n)(1 − c/4).
 */
function pooledFactor(treatment: number, control: number): number {
  const units = treatment + control;
  const pairs = (treatment * control) / units;
  const variation = ((control - treatment) / units) ** 2 / pairs;
  return 1 / ((1 - 1 / units) * Math.max(0.1, 1 - variation / 4));
}

/** The look on a day; undefined before both arms have two units. */
export function lookAt(design: PlannedDesign, day: number): ExpectedLook | undefined {
  const { clusters, analysis = 'difference' } = design;
  const arms = plannedArms(design.metric, design.effect);
  const accrued = accruedBy(design.traffic, day - (design.outcomeDays ?? 0));
  const size = clusters?.clusterSize ?? 1;
  const treatment = accrued.treatment / size;
  const control = accrued.control / size;
  if (!(treatment >= 2 && control >= 2)) return undefined;
  const units = treatment + control;
  const pooled = design.comparison !== 'within stages';
  const pairs = pooled ? (treatment * control) / units : accrued.within / size;
  // Within stages each arm counts as in the average stage.
  const treatmentCount = (pairs * units) / control;
  const controlCount = (pairs * units) / treatment;
  const isAlike = design.clustersCount === 'alike';
  const inflated = isAlike ? designEffectOfMeans : designEffect;
  const inflation = (clusters === undefined ? 1 : inflated(clusters)) / size;
  const factor = isAlike ? pooledFactor : coinFactor;
  const treatmentVariance =
    (arms.treatmentVariance * inflation * factor(treatment, control)) / treatmentCount;
  const controlVariance =
    (arms.controlVariance * inflation * factor(control, treatment)) / controlCount;
  const difference = treatmentVariance + controlVariance;
  const ratio = arms.treatment / arms.control;
  const lift = (treatmentVariance + ratio * ratio * controlVariance) / arms.control ** 2;
  return {
    day,
    people: accrued.treatment + accrued.control,
    units,
    smallerArm: Math.min(treatment, control),
    pairs,
    information: 1 / (analysis === 'lift' ? lift : difference),
    differenceInformation: 1 / difference,
    treatment: arms.treatment,
    control: arms.control,
    treatmentVariance,
    controlVariance,
    variance: arms.variance,
    range: arms.range,
    analysis,
    freedom: isAlike
      ? units - 2
      : satterthwaite(treatmentVariance, treatment - 1, controlVariance, control - 1),
  };
}
