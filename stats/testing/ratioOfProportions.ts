/**
 * Interval of the ratio of two proportions, made of their two Wilson intervals: it holds for small counts, and is open above
 * where the lower proportion may be 0.
 *
 * Source: Donner & Zou 2012, "Closed-form confidence intervals for functions of the normal mean and standard deviation"
 * (MOVER-R), with the limits of Wilson 1927.
 */
import type { Interval } from '../interval.ts';
import { normalTwoSided } from '../special/normal.ts';
import { wilson } from '../wilson.ts';
import type { Successes } from './differenceOfProportions.ts';

/**
 * @param alpha error level, in (0, 1)
 * @returns [0, ∞) when one of them has no trials
 * @throws RangeError when successes exceed the count
 *
 * @example
 * const [upper, lower] = [{ successes: 30, count: 100 }, { successes: 20, count: 100 }];
 * ratioScoreInterval(upper, lower, 0.05); // ≈ { lower: 0.92342, upper: 2.44515 }
 */
export function ratioScoreInterval(upper: Successes, lower: Successes, alpha: number): Interval {
  const quantile = normalTwoSided(alpha);
  const above = wilson(upper.successes, upper.count, quantile);
  const below = wilson(lower.successes, lower.count, quantile);
  if (upper.count === 0 || lower.count === 0) return { lower: 0, upper: Infinity };
  const p = upper.successes / upper.count;
  const q = lower.successes / lower.count;
  const product = p * q;
  const leastAbove = above.lower * (2 * p - above.lower);
  const mostAbove = above.upper * (2 * p - above.upper);
  const mostBelow = below.upper * (2 * q - below.upper);
  const leastBelow = below.lower * (2 * q - below.lower);
  // The roots of one quadratic, in the form without cancellation or division by 0.
  const low = leastAbove / (product + Math.sqrt(product * product - leastAbove * mostBelow));
  const high =
    leastBelow > 0
      ? (product + Math.sqrt(product * product - mostAbove * leastBelow)) / leastBelow
      : Infinity;
  return { lower: leastAbove > 0 ? Math.max(0, low) : 0, upper: high };
}
