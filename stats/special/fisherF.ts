/** Fisher's F distribution, from the incomplete beta function. Source: Abramowitz & Stegun 1964, 26.6.2. */
import { betaLogitQuantile, incompleteBeta } from './incompleteBeta.ts';

/**
 * The x with P(X > x) = alpha.
 *
 * @param alpha  in (0, 1)
 * @param above  degrees of freedom of the numerator, > 0
 * @param beneath of the denominator, > 0
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * fisherFUpper(0.05, 3, 10); // ≈ 3.708265
 */
export function fisherFUpper(alpha: number, above: number, beneath: number): number {
  const logit = betaLogitQuantile(above / 2, beneath / 2, 1 - alpha, alpha);
  return (beneath / above) * Math.exp(logit);
}

/**
 * P(X > x).
 *
 * @param x       ≥ 0
 * @param above   degrees of freedom of the numerator, > 0
 * @param beneath of the denominator, > 0
 *
 * @example
 * fisherFTail(3.708265, 3, 10); // ≈ 0.05
 */
export function fisherFTail(x: number, above: number, beneath: number): number {
  if (x === Infinity) return 0;
  const total = above * x + beneath;
  return incompleteBeta(beneath / 2, above / 2, beneath / total, (above * x) / total);
}
