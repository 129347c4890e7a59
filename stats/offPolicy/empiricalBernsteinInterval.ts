/**
 * Interval for a mean of bounded terms at one look, without any limit theorem: wide, but kept for heavy weights.
 *
 * Independent terms within a range that was known before: weights up to M, and rewards in [0, 1], give IPS terms a range of M.
 *
 * Source: Maurer & Pontil 2009, 0907.3740, theorem 4, on each side.
 */
import type { Interval } from '../interval.ts';
import type { Estimate } from '../testing/estimate.ts';

/**
 * @param estimate a mean: its variance is s² / n and its freedom n − 1
 * @param range    largest less smallest possible term, > 0
 * @param alpha    error level of both sides together, in (0, 1)
 * @returns the whole line before the second term
 * @throws RangeError when range or alpha is outside its range
 *
 * @example
 * empiricalBernsteinInterval({ estimate: 0.5, variance: 0.0001, freedom: 999 }, 1, 0.05);
 * // lower ≈ 0.4601, upper ≈ 0.5399
 */
export function empiricalBernsteinInterval(
  { estimate, variance, freedom }: Estimate,
  range: number,
  alpha: number,
): Interval {
  if (!(range > 0)) throw new RangeError(`range: expected above 0, got ${range}`);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  if (!(freedom > 0)) return { lower: -Infinity, upper: Infinity };
  const log = Math.log(4 / alpha);
  const radius = Math.sqrt(2 * variance * log) + (7 * range * log) / (3 * freedom);
  return { lower: estimate - radius, upper: estimate + radius };
}
