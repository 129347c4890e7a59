/**
 * The regularised incomplete gamma functions P and Q = 1 − P and the inverse: the distribution of a gamma variable.
 *
 * Source: Abramowitz & Stegun 1964, 6.5.29 (series of P), 6.5.31 (continued fraction of Q); Loader 2000 (the factor
 * before both).
 */
import { devianceTerm, halfLn2Pi, stirlingError } from './lnGamma.ts';
import { monotoneRoot } from './monotoneRoot.ts';

/** ln of x^a e^(−x) / Γ(a). */
function lnFactor(a: number, x: number): number {
  return 0.5 * Math.log(a) - halfLn2Pi - stirlingError(a) - devianceTerm(a, x);
}

/** P / factor: Σ xᵏ / (a (a + 1) … (a + k)). */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; term > 0.25 * Number.EPSILON * sum; k += 1) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** Q / factor, by Lentz's method. */
function upperFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / (b || tiny);
  let fraction = d;
  for (let k = 1; k < 1e6; k += 1) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b || tiny);
    c = b + numerator / c || tiny;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) <= 2 * Number.EPSILON) break;
  }
  return fraction;
}

function check(a: number, x: number): void {
  if (!(a > 0 && a < Infinity)) throw new RangeError(`a: expected above 0, got ${a}`);
  if (!(x >= 0)) throw new RangeError(`x: expected at least 0, got ${x}`);
}

/**
 * P(a, x) = P(X ≤ x) for X with the gamma distribution of shape a and scale 1. Time grows with √a.
 *
 * @param a > 0
 * @param x ≥ 0
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * lowerGamma(1, 2); // ≈ 0.8646647167633873, 1 − e⁻²
 */
export function lowerGamma(a: number, x: number): number {
  check(a, x);
  if (x === 0) return 0;
  if (x === Infinity) return 1;
  const factor = Math.exp(lnFactor(a, x));
  return x < a + 1 ? factor * lowerSeries(a, x) : 1 - factor * upperFraction(a, x);
}

/** Q(a, x) = P(X > x); relatively accurate in the far tail. */
export function upperGamma(a: number, x: number): number {
  check(a, x);
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const factor = Math.exp(lnFactor(a, x));
  return x < a + 1 ? 1 - factor * lowerSeries(a, x) : factor * upperFraction(a, x);
}

/**
 * The x with P(a, x) = p.
 *
 * @param p     in [0, 1]
 * @param upper 1 − p, when it is known better than by subtraction
 * @throws RangeError when p is outside [0, 1]
 */
export function gammaQuantile(a: number, p: number, upper = 1 - p): number {
  check(a, 0);
  if (!(p >= 0 && upper >= 0)) throw new RangeError(`p: expected in [0, 1], got ${p}`);
  if (p === 0) return 0;
  if (upper === 0) return Infinity;
  const lower = p <= upper;
  const target = Math.log(lower ? p : upper);
  // Over u = ln x both ln P and −ln Q increase.
  const u = monotoneRoot((at, into) => {
    const x = Math.exp(at);
    const ln = lnFactor(a, x);
    const below = x < a + 1;
    const near = below ? lowerSeries(a, x) : upperFraction(a, x);
    const lnNear = ln + Math.log(near);
    const tail = lower === below ? lnNear : Math.log1p(-Math.exp(lnNear));
    into.value = lower ? tail - target : target - tail;
    into.slope = Math.exp(ln - tail);
  }, Math.log(a));
  return Math.exp(u);
}
