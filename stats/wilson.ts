/**
 * Confidence interval of a proportion that keeps its coverage for small counts and near 0 and 1.
 *
 * Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
 */
import type { Interval } from './interval.ts';
import { normalTwoSided } from './special/normal.ts';

const normal95 = normalTwoSided(0.05);

/**
 * @param successes in [0, count]
 * @param count     trials, ≥ 0; with none the interval is [0, 1]
 * @param quantile  of the standard normal, two-sided; that of 95 % by default
 * @throws RangeError when successes is outside [0, count]
 *
 * @example
 * wilson(10, 20); // ≈ { lower: 0.29930, upper: 0.70070 }
 */
export function wilson(successes: number, count: number, quantile = normal95): Interval {
  if (!(successes >= 0 && successes <= count)) {
    throw new RangeError(`successes: expected in [0, ${count}], got ${successes}`);
  }
  if (count === 0) return { lower: 0, upper: 1 };
  const rate = successes / count;
  const square = quantile * quantile;
  const total = 1 + square / count;
  const centre = (rate + square / (2 * count)) / total;
  const spread = (rate * (1 - rate)) / count + square / (4 * count * count);
  const half = (quantile * Math.sqrt(spread)) / total;
  return {
    lower: successes === 0 ? 0 : Math.max(0, centre - half),
    upper: successes === count ? 1 : Math.min(1, centre + half),
  };
}
