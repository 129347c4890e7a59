/**
 * The value of a policy from `policyMoments`, and the paired difference of two, each with the variance of the delta method.
 *
 * | estimator | value | right if |
 * | --- | --- | --- |
 * | `ips` | mean(w r) | the log has chances of every action; large variance |
 * | `snips` | Σ w r / Σ w | the same, with a bias of order 1/n for less variance |
 * | `directMethod` | mean(Σ π q̂) | the predictions are right; its interval knows nothing of their error |
 * | `doublyRobust` | mean(Σ π q̂ + w (r − q̂)) | either; unbiased where predictions were made from the past |
 * | `selfNormalizedDoublyRobust` | mean(Σ π q̂) + Σ w (r − q̂) / Σ w | either, as `snips` |
 * | `logged` | mean(r) | it is what the logging policy earned |
 *
 * Never report one of them alone: their disagreement is the warning.
 *
 * Source: Swaminathan & Joachims 2015 (self-normalized); Dudík, Erhan, Langford & Li 2014, 1503.02834; Thomas & Brunskill 2016,
 * 1604.00923 (weighted doubly robust).
 */
import type { CrossMoments } from '../exact/crossMoments.ts';
import { quadraticForm } from '../exact/packedSymmetric.ts';
import type { Estimate } from '../testing/estimate.ts';
import { figure, figuresEach } from './policyMoments.ts';

export const estimators = [
  'ips',
  'snips',
  'directMethod',
  'doublyRobust',
  'selfNormalizedDoublyRobust',
  'logged',
] as const;
export type Estimator = (typeof estimators)[number];

/** The estimate, and `sign` times its gradient in the means of the policy's figures, added at place `at` and on. */
function linearize(
  estimator: Estimator,
  means: ArrayLike<number>,
  at: number,
  gradient: Float64Array,
  sign: 1 | -1,
): number {
  const add = (place: number, slope: number) => {
    gradient[at + place]! += sign * slope;
  };
  const mean = (place: number) => means[at + place]!;
  /** Mean of a weighted figure by the mean weight. */
  const normalized = (place: number): number => {
    const weight = mean(figure.weight);
    const ratio = mean(place) / weight;
    add(place, 1 / weight);
    add(figure.weight, -ratio / weight);
    return ratio;
  };
  const plain = (place: number): number => {
    add(place, 1);
    return mean(place);
  };
  switch (estimator) {
    case 'ips':
      return plain(figure.weightedReward);
    case 'snips':
      return normalized(figure.weightedReward);
    case 'directMethod':
      return plain(figure.expectation);
    case 'doublyRobust':
      return plain(figure.expectation) + plain(figure.weightedResidual);
    case 'selfNormalizedDoublyRobust':
      return plain(figure.expectation) + normalized(figure.weightedResidual);
    case 'logged':
      return plain(figure.reward);
  }
}

/** An estimate whose variance is that of a linear function of the figures; also of sums over slates. */
export function linearEstimate(
  estimate: number,
  gradient: Float64Array,
  { count, products }: CrossMoments,
): Estimate {
  // 0 / 0, for fewer than two decisions, is NaN.
  const variance = Math.max(0, quadraticForm(products, gradient)) / (count * (count - 1));
  return { estimate, variance, freedom: count - 1 };
}

/**
 * The value of one policy.
 *
 * @param policy its place among those of the moments
 * @returns variance NaN before the second decision; estimate NaN where no weight is above 0 and it divides by their sum
 */
export function policyEstimate(moments: CrossMoments, estimator: Estimator, policy = 0): Estimate {
  const gradient = new Float64Array(moments.means.length);
  const estimate = linearize(estimator, moments.means, policy * figuresEach, gradient, 1);
  return linearEstimate(estimate, gradient, moments);
}

/**
 * The first policy's value less the second's, on the same decisions.
 *
 * @param against another estimator for the second: `logged` compares with what the logging policy earned
 */
export function policyDifference(
  moments: CrossMoments,
  estimator: Estimator,
  first: number,
  second: number,
  against: Estimator = estimator,
): Estimate {
  const { means } = moments;
  const gradient = new Float64Array(means.length);
  const estimate =
    linearize(estimator, means, first * figuresEach, gradient, 1) -
    linearize(against, means, second * figuresEach, gradient, -1);
  return linearEstimate(estimate, gradient, moments);
}
