/**
 * A ratio of two sums over the units of an arm, as clicks per view or answers right per answer, by the delta method.
 *
 * The unit is what was randomized. Source: Deng, Knoblich & Lu 2018.
 */
import type { CrossMoments } from '../exact/crossMoments.ts';
import { packedIndex } from '../exact/packedSymmetric.ts';
import type { Estimate } from './estimate.ts';

/**
 * Σ numerator / Σ denominator.
 *
 * Its variance is s²(N − R D) / (n D̄²) with the n − 1 of sample variances: for few units this is the cluster-robust
 * variance with its factor G / (G − 1).
 *
 * @param moments     of the figures of each unit
 * @param numerator   place of the numerator among the figures
 * @param denominator place of the denominator
 */
export function ratioEstimate(
  { count, means, products }: CrossMoments,
  numerator = 0,
  denominator = 1,
): Estimate {
  const size = means[denominator]!;
  const ratio = means[numerator]! / size;
  const squares =
    products[packedIndex(numerator, numerator)]! -
    2 * ratio * products[packedIndex(numerator, denominator)]! +
    ratio * ratio * products[packedIndex(denominator, denominator)]!;
  return {
    estimate: ratio,
    variance: Math.max(0, squares) / ((count - 1) * count * size * size), // 0 / 0 is NaN
    freedom: count - 1,
  };
}
