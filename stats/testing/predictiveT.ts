/**
 * How rare the next value of a normal sample is: Student's t prediction of one further observation.
 *
 * With mean m and deviation s of n values, (x − m) / (s √(1 + 1/n)) of the next one has Student's t distribution with n − 1
 * degrees of freedom, exactly, whatever mean and deviation the normal distribution has.
 *
 * Source: Hahn & Meeker 1991, "Statistical Intervals" (prediction interval for one further observation).
 */
import { studentTTail } from '../special/studentT.ts';

/**
 * Probability of a next value of `x` or more.
 *
 * @param sample at least two values
 * @param x      the next value
 * @returns in [0, 1]; of a sample without spread 1 / (n + 1) above it (its rank), else 1
 * @throws RangeError for fewer than two values
 *
 * @example
 * predictiveT([1, 2, 3, 4, 5], 7); // ≈ 0.04104: t = 4 / (1.5811 × 1.0954) = 2.3094 with 4 degrees of freedom
 */
export function predictiveT(sample: readonly number[], x: number): number {
  const count = sample.length;
  if (count < 2) throw new RangeError(`sample: expected at least 2 values, got ${count}`);
  const mean = sample.reduce((sum, each) => sum + each, 0) / count;
  const squares = sample.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const error = Math.sqrt((squares / (count - 1)) * (1 + 1 / count));
  if (!(error > 0)) return x > mean ? 1 / (count + 1) : 1;
  return studentTTail((x - mean) / error, count - 1);
}
