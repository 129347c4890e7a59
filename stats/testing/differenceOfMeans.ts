/** Means and their difference with unequal variances. Source: Welch 1947. */
import type { Moments } from '../welford.ts';
import { difference, type Estimate } from './estimate.ts';

/** The mean of one arm; its variance is NaN before the second unit. */
export function meanEstimate({ count, mean, variance }: Moments): Estimate {
  return { estimate: mean, variance: variance / count, freedom: count - 1 };
}

/**
 * Difference of two means, with the degrees of freedom of Welch's test.
 *
 * @example
 * differenceOfMeans({ count: 10, mean: 3, variance: 4 }, { count: 20, mean: 2, variance: 1 });
 * // estimate 1, variance 0.45, freedom ≈ 11.31
 */
export function differenceOfMeans(treatment: Moments, control: Moments): Estimate {
  return difference(meanEstimate(treatment), meanEstimate(control));
}
