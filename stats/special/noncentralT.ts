/**
 * The non-central t distribution: the power of a t-test.
 *
 * T = (Z + shift) / S with S² a chi-square over its degrees of freedom, integrated over S.
 * Source: Johnson, Kotz & Balakrishnan 1995, "Continuous univariate distributions 2", 31.3.
 */
import { integrate } from './gaussLegendre.ts';
import { halfLn2Pi, stirlingError } from './lnGamma.ts';
import { normalCdf, normalTail } from './normal.ts';

/** ln density of S = √(χ²/freedom), by m = freedom / 2: 2 mᵐ s^(2m − 1) e^(−m s²) / Γ(m). */
function lnScaleDensity(s: number, freedom: number): number {
  const m = freedom / 2;
  const square = s * s;
  return (
    Math.LN2 +
    0.5 * Math.log(m) -
    halfLn2Pi -
    stirlingError(m) +
    m * (1 - square + Math.log(square)) -
    Math.log(s)
  );
}

/**
 * P(T ≤ t), absolute error near 1e-12.
 *
 * @param freedom degrees of freedom, > 0; Infinity for the normal
 * @param shift   non-centrality
 * @throws RangeError when freedom is not above 0
 *
 * @example
 * noncentralTCdf(2, 10, 1); // ≈ 0.8076115625303751
 */
export function noncentralTCdf(t: number, freedom: number, shift: number): number {
  if (!(freedom > 0)) throw new RangeError(`freedom: expected above 0, got ${freedom}`);
  if (freedom > 1e10) return normalCdf(t - shift);
  const spread = 1 / Math.sqrt(2 * freedom);
  const low = freedom < 4 ? 0 : Math.max(0, 1 - 10 * spread);
  const high = 1 + 12 * spread + (freedom < 4 ? 40 / freedom : 0);
  const f = (s: number): number =>
    s === 0 ? 0 : normalCdf(t * s - shift) * Math.exp(lnScaleDensity(s, freedom));
  return Math.min(1, integrate(f, low, 1, 1e-13) + integrate(f, 1, high, 1e-13));
}

/** P(|T| > t): the power of a two-sided t-test with critical value t. */
export function noncentralTTwoSidedPower(t: number, freedom: number, shift: number): number {
  if (freedom > 1e10) return normalTail(t - shift) + normalTail(t + shift);
  return 1 - noncentralTCdf(t, freedom, shift) + noncentralTCdf(-t, freedom, shift);
}
