/**
 * An effect adjusted by covariates: what was known before the exposure explains a part of the outcomes, which then is no noise.
 *
 * The slopes are those that make the estimated variance of the effect least. Where arms are of one size they are the slopes of
 * the regression on treatment and covariates (CUPED, Deng, Xu, Kohavi & Walker 2013); where they are not, they still never
 * add to the variance (Lin 2013). Its sequence is asymptotic, so no decision rests on it.
 */
import type { AdjustedEffect } from '../../contracts/experimentResult.ts';
import { fitAdjustment } from '../../stats/adjustment/cuped.ts';
import { exactCrossMoments } from '../../stats/exact/exactCrossMoments.ts';
import { quadraticForm } from '../../stats/exact/packedSymmetric.ts';
import { type ArmMoments, armMoments, asRatio } from './armMoments.ts';
import type { CovariateCell } from './experimentCounts.ts';
import type { PreparedMetric, PreparedPair } from './preparedExperiment.ts';
import { differenceEffect, figureOrNull, multiplierOf } from './sequenceEffect.ts';

/**
 * @param control   cells of the metric, as of `treatment`
 * @param alpha     level of the sequence
 * @returns null for a metric without covariates, and before each arm has two units
 */
export function adjustedEffect(
  control: readonly CovariateCell[],
  treatment: readonly CovariateCell[],
  { covariates: plan }: PreparedMetric,
  { probabilities }: PreparedPair,
  alpha: number,
): AdjustedEffect | null {
  if (plan === undefined) return null;
  const fold = exactCrossMoments(plan.grids);
  const of = (cells: readonly CovariateCell[], isTreated: boolean) => {
    const moments = armMoments(cells, fold, (stage) => {
      const probability = probabilities.get(stage);
      if (probability === undefined) return undefined;
      return 1 / (isTreated ? probability : 1 - probability);
    });
    return plan.outcomes > 1 ? asRatio(moments) : moments;
  };
  const arms = [of(control, false), of(treatment, true)] as const;
  if (Math.min(arms[0].units, arms[1].units) < 2) return null;
  // The covariances of the means add up to that of the effect: what is fitted explains the effect's own variance.
  const { slopes } = fitAdjustment(
    arms.map(({ units, means, covariance }) => ({ count: units, means, products: covariance })),
  );
  const freedom = arms[0].units + arms[1].units - 2;
  const fitted = slopes.filter((slope) => slope !== 0).length;
  const inflation = freedom > fitted ? freedom / (freedom - fitted) : Number.NaN;
  const [before, after] = arms.map((arm) => adjusted(arm, slopes, inflation)) as [Arm, Arm];
  const raw = arms[0].covariance[0]! + arms[1].covariance[0]!;
  return {
    effect: differenceEffect(before, after, multiplierOf(before, after, alpha)),
    removed: figureOrNull(1 - (before.variance + after.variance) / raw),
    known: figureOrNull(knownShare(arms, plan)),
  };
}

type Arm = Parameters<typeof multiplierOf>[0];

function adjusted({ units, means, covariance }: ArmMoments, slopes: Float64Array, by: number): Arm {
  const weights = Float64Array.of(1, ...slopes.map((slope) => -slope));
  let estimate = 0;
  for (let i = 0; i < means.length; i += 1) estimate += weights[i]! * means[i]!;
  const variance = by * Math.max(0, quadraticForm(covariance, weights));
  return { units, estimate, variance, freedom: Infinity };
}

/** Over both arms; the figures are the outcome and those of the plan. */
function knownShare(
  arms: readonly ArmMoments[],
  { covariates }: NonNullable<PreparedMetric['covariates']>,
): number {
  const units = arms.reduce((sum, each) => sum + each.units, 0);
  let known = 0;
  for (const arm of arms) {
    for (const { at, count } of covariates) {
      known += (arm.units / units) * (1 - arm.means[1 + at + count]!);
    }
  }
  return known / covariates.length;
}
