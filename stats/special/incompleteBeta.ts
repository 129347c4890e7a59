/**
 * The regularised incomplete beta function and its inverse: the distribution of a beta variable.
 *
 * Source: DiDonato & Morris 1992, "Algorithm 708", eq. 9 (continued fraction); Loader 2000 (the factor before it, free of
 * cancellation for large a and b).
 */
import { devianceTerm, halfLn2Pi, stirlingError } from './lnGamma.ts';
import { monotoneRoot } from './monotoneRoot.ts';

/** What of the factor depends on a and b alone: a density is asked for at many x of the same two. */
const last = { a: Number.NaN, b: Number.NaN, stirling: 0, halfLn: 0 };

/** ln of x^a (1 − x)^b / B(a, b). */
function lnFactor(a: number, b: number, x: number, complement: number): number {
  const total = a + b;
  if (a !== last.a || b !== last.b) {
    last.a = a;
    last.b = b;
    last.stirling = stirlingError(total) - stirlingError(a) - stirlingError(b);
    last.halfLn = 0.5 * Math.log(a * (b / total));
  }
  return (
    last.stirling -
    devianceTerm(a, total * x) -
    devianceTerm(b, total * complement) +
    last.halfLn -
    halfLn2Pi
  );
}

/** I_x(a, b) below the mean, without its factor. */
function inverseFraction(a: number, b: number, x: number, complement: number): number {
  const tiny = 1e-300;
  const denominator = (m: number): number =>
    m +
    (m === 0 ? 0 : (m * (b - m) * x) / (a + 2 * m - 1)) +
    ((a + m) * (a * complement - b * x + 1 + m * (2 - x))) / (a + 2 * m + 1);
  let fraction = denominator(0) || tiny;
  let c = fraction;
  let d = 0;
  for (let m = 1; m < 1e6; m += 1) {
    const odd = a + 2 * m - 1;
    const numerator = ((((a + m - 1) * (a + b + m - 1)) / odd) * (m * (b - m) * x * x)) / odd;
    const next = denominator(m);
    d = 1 / (next + numerator * d || tiny);
    c = next + numerator / c || tiny;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) <= 2 * Number.EPSILON) break;
  }
  return fraction;
}

function check(a: number, b: number): void {
  if (!(a > 0 && a < Infinity)) throw new RangeError(`a: expected above 0, got ${a}`);
  if (!(b > 0 && b < Infinity)) throw new RangeError(`b: expected above 0, got ${b}`);
}

/**
 * I_x(a, b) = P(X ≤ x) for X with the beta distribution; relative error near 1e-14 in the lower tail.
 *
 * The upper tail is I_{1 − x}(b, a). Time grows with √max(a, b).
 *
 * @param a          > 0
 * @param b          > 0
 * @param x          in [0, 1]
 * @param complement 1 − x, when it is known better than by subtraction
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * incompleteBeta(2, 3, 0.25); // = 0.26171875
 */
export function incompleteBeta(a: number, b: number, x: number, complement = 1 - x): number {
  check(a, b);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`x: expected in [0, 1], got ${x}`);
  if (x === 0) return 0;
  if (complement <= 0) return 1;
  const factor = Math.exp(lnFactor(a, b, x, complement));
  return x <= (a + 1) / (a + b + 2)
    ? factor / inverseFraction(a, b, x, complement)
    : 1 - factor / inverseFraction(b, a, complement, x);
}

/** ln I_x(a, b), and where it is near 0 still exact: in the far tail I itself underflows. */
export function lnIncompleteBeta(a: number, b: number, x: number, complement = 1 - x): number {
  check(a, b);
  if (x === 0) return -Infinity;
  if (complement <= 0) return 0;
  const ln = lnFactor(a, b, x, complement);
  return x <= (a + 1) / (a + b + 2)
    ? ln - Math.log(inverseFraction(a, b, x, complement))
    : Math.log1p(-Math.exp(ln) / inverseFraction(b, a, complement, x));
}

/** Density of the beta distribution at x, with `complement` = 1 − x. */
export function betaDensity(a: number, b: number, x: number, complement = 1 - x): number {
  check(a, b);
  if (x > 0 && complement > 0) return Math.exp(lnFactor(a, b, x, complement)) / (x * complement);
  const shape = x > 0 ? b : a;
  return shape < 1 ? Infinity : shape > 1 ? 0 : x > 0 ? a : b;
}

/**
 * ln(x / (1 − x)) of the x with I_x(a, b) = p: both x and 1 − x follow from it without cancellation.
 *
 * @param p     in (0, 1)
 * @param upper 1 − p, when it is known better than by subtraction
 */
export function betaLogitQuantile(a: number, b: number, p: number, upper = 1 - p): number {
  check(a, b);
  if (!(p >= 0 && upper >= 0)) throw new RangeError(`p: expected in [0, 1], got ${p}`);
  if (p === 0) return -Infinity;
  if (upper === 0) return Infinity;
  if (p > upper) return -betaLogitQuantile(b, a, upper, p);
  const lnP = Math.log(p);
  const centre = Math.log(a / b);
  return monotoneRoot((logit, into) => {
    const odds = Math.exp(-Math.abs(logit));
    const large = 1 / (1 + odds);
    const x = logit > 0 ? large : odds * large;
    const complement = logit > 0 ? odds * large : large;
    const ln = lnIncompleteBeta(a, b, x, complement);
    into.value = ln - lnP;
    into.slope = Math.exp(lnFactor(a, b, x, complement) - ln);
  }, centre);
}

/**
 * The x with I_x(a, b) = p.
 *
 * @param p in [0, 1]
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * incompleteBetaInverse(2, 3, 0.26171875); // ≈ 0.25
 */
export function incompleteBetaInverse(a: number, b: number, p: number): number {
  return 1 / (1 + Math.exp(-betaLogitQuantile(a, b, p)));
}
