/** The chi-square distribution, from the incomplete gamma functions. Source: Abramowitz & Stegun 1964, 26.4.19. */
import { gammaQuantile, lowerGamma, upperGamma } from './incompleteGamma.ts';

/** P(X ≤ x) with `freedom` > 0 degrees of freedom. */
export function chiSquareCdf(x: number, freedom: number): number {
  return lowerGamma(freedom / 2, Math.max(0, x) / 2);
}

/**
 * P(X > x): the p-value of a chi-square statistic.
 *
 * @example
 * chiSquareTail(3.841458820694124, 1); // ≈ 0.05
 */
export function chiSquareTail(x: number, freedom: number): number {
  return upperGamma(freedom / 2, Math.max(0, x) / 2);
}

/**
 * The x with P(X ≤ x) = p.
 *
 * @param p     in [0, 1]
 * @param upper 1 − p, when it is known better than by subtraction
 */
export function chiSquareQuantile(p: number, freedom: number, upper = 1 - p): number {
  return 2 * gammaQuantile(freedom / 2, p, upper);
}
