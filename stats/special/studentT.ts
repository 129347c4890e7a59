/** Student's t distribution, from the incomplete beta function. Source: Abramowitz & Stegun 1964, 26.7.1. */
import { betaLogitQuantile, incompleteBeta } from './incompleteBeta.ts';
import { lnBeta } from './lnGamma.ts';
import { normalCdf, normalDensity, normalQuantile, normalTail } from './normal.ts';

/** Above this the t distribution is the normal to all digits: the difference is below 1 / (4 freedom). */
const freedomMax = 1e15;

function check(freedom: number): void {
  if (!(freedom > 0)) throw new RangeError(`freedom: expected above 0, got ${freedom}`);
}

/** P(T > t) with `freedom` > 0 degrees of freedom, Infinity for the normal. */
export function studentTTail(t: number, freedom: number): number {
  check(freedom);
  if (freedom > freedomMax) return normalTail(t);
  if (Number.isNaN(t)) return NaN;
  if (t < 0) return 1 - studentTTail(-t, freedom);
  // t² may overflow: divide first.
  const square = (t / freedom) * t;
  if (square === Infinity) return 0;
  const x = 1 / (1 + square);
  return 0.5 * incompleteBeta(freedom / 2, 0.5, x, square * x);
}

/**
 * P(T ≤ t).
 *
 * @param freedom degrees of freedom, > 0, Infinity for the normal
 * @throws RangeError when freedom is not above 0
 *
 * @example
 * studentTCdf(2, 10); // ≈ 0.9633059826146299
 */
export function studentTCdf(t: number, freedom: number): number {
  return freedom > freedomMax ? normalCdf(t) : studentTTail(-t, freedom);
}

/** Density of Student's t. */
export function studentTDensity(t: number, freedom: number): number {
  check(freedom);
  if (freedom > freedomMax) return normalDensity(t);
  return Math.exp(
    -0.5 * (freedom + 1) * Math.log1p((t / freedom) * t) -
      0.5 * Math.log(freedom) -
      lnBeta(freedom / 2, 0.5),
  );
}

/**
 * The t with P(T ≤ t) = p.
 *
 * @param p       in [0, 1]
 * @param freedom degrees of freedom, > 0, Infinity for the normal
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * studentTQuantile(0.975, 10); // ≈ 2.228138851986275
 */
export function studentTQuantile(p: number, freedom: number): number {
  check(freedom);
  if (freedom > freedomMax) return normalQuantile(p);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p: expected in [0, 1], got ${p}`);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  // I_x(freedom / 2, ½) = 2 tail at x = freedom / (freedom + t²), so t² = freedom e^(−logit x).
  const logit = betaLogitQuantile(freedom / 2, 0.5, 2 * tail, 2 * Math.abs(p - 0.5));
  const t = Math.sqrt(freedom) * Math.exp(-0.5 * logit);
  return p < 0.5 ? -t : t;
}

/** The two-sided quantile of level alpha: P(|T| > t) = alpha. */
export function studentTTwoSided(alpha: number, freedom: number): number {
  if (!(alpha > 0 && alpha <= 1)) throw new RangeError(`alpha: expected in (0, 1], got ${alpha}`);
  return -studentTQuantile(alpha / 2, freedom);
}
