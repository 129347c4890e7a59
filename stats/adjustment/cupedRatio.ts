/**
 * A ratio metric adjusted by the same ratio before the experiment.
 *
 * The figures of a unit are (numerator, denominator, numerator before, denominator before); both ratios are made linear
 * around all units, and the one before explains the one after: the delta method on a 4 × 4 covariance.
 *
 * Source: Deng, Xu, Kohavi & Walker 2013, appendix B; Budylin et al. 2018, "Consistent transformation of ratio metrics".
 */
import type { CrossMoments } from '../exact/crossMoments.ts';
import { quadraticForm } from '../exact/packedSymmetric.ts';
import type { Estimate } from '../testing/estimate.ts';

export interface RatioAdjustment {
  /** Change of the ratio per change of the ratio before. */
  readonly slope: number;
  /** The ratio before, over all arms. */
  readonly centre: number;
}

/** Weights that make deviations of N / D linear: (N − R D) / D̄. */
function linear(
  { means }: CrossMoments,
  numerator: number,
  denominator: number,
  scale: number,
  into: Float64Array,
): void {
  const size = means[denominator]!;
  if (!(size > 0)) return; // nobody was there before: nothing to adjust by
  into[numerator]! += scale / size;
  into[denominator]! -= (scale * means[numerator]!) / (size * size);
}

/** Covariance of the two ratios within an arm × count (count − 1), and the variance of the one before. */
function spread(arm: CrossMoments): { joint: number; before: number } {
  const after = new Float64Array(4);
  const before = new Float64Array(4);
  const both = new Float64Array(4);
  linear(arm, 0, 1, 1, after);
  linear(arm, 2, 3, 1, before);
  for (let i = 0; i < 4; i += 1) both[i] = after[i]! + before[i]!;
  const ofBefore = quadraticForm(arm.products, before);
  const joint =
    (quadraticForm(arm.products, both) - quadraticForm(arm.products, after) - ofBefore) / 2;
  return { joint, before: ofBefore };
}

/**
 * The slope that makes the variance of the difference between arms least.
 *
 * @param arms moments of the four figures of each arm
 */
export function fitRatioAdjustment(arms: readonly CrossMoments[]): RatioAdjustment {
  let joint = 0;
  let before = 0;
  let numerator = 0;
  let denominator = 0;
  for (const arm of arms) {
    if (arm.count < 2) continue;
    const weight = arm.count * (arm.count - 1);
    const own = spread(arm);
    joint += own.joint / weight;
    before += own.before / weight;
    numerator += arm.count * arm.means[2]!;
    denominator += arm.count * arm.means[3]!;
  }
  return {
    slope: before > 0 ? joint / before : 0,
    centre: denominator > 0 ? numerator / denominator : 0,
  };
}

/** The adjusted ratio of one arm; compare arms by `difference`, `relativeLift` or `fieller`. */
export function adjustedRatio(arm: CrossMoments, { slope, centre }: RatioAdjustment): Estimate {
  const { count, means, products } = arm;
  const weights = new Float64Array(4);
  linear(arm, 0, 1, 1, weights);
  linear(arm, 2, 3, -slope, weights);
  const before = means[3]! > 0 ? means[2]! / means[3]! : centre;
  return {
    estimate: means[0]! / means[1]! - slope * (before - centre),
    variance: Math.max(0, quadraticForm(products, weights)) / (count * (count - 1)),
    freedom: Math.max(0, count - 2),
  };
}
