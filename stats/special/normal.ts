/**
 * The standard normal distribution to full double precision, far tails included.
 *
 * The tail is e^(−x²/2) times a factor that is a smooth function of t = 4 / (4 + x), held as 25 Chebyshev coefficients
 * (computed to 60 digits from the complementary error function). Quantiles are Halley steps on the logarithm of the tail.
 *
 * Source: Abramowitz & Stegun 1964, 26.2.23 (first guess of the quantile); Marsaglia 2004, "Evaluating the normal
 * distribution" (series around 0).
 */

const coefficients = Float64Array.of(
  0.4852256022830383,
  0.18792720420989262,
  0.05554838891881276,
  0.012129438315111521,
  0.0017314801240606202,
  8.014961859953749e-5,
  -2.5136847908026697e-5,
  -4.725842254926741e-6,
  2.5258922136865774e-7,
  1.536333687349456e-7,
  -8.452550300172939e-10,
  -5.171627015435708e-9,
  -2.8206509081173767e-11,
  1.9435038070971737e-10,
  -2.485356047851177e-12,
  -7.936207374645758e-12,
  4.606201711176235e-13,
  3.2821541166777413e-13,
  -4.353840663163703e-14,
  -1.226818507926106e-14,
  3.232846081541394e-15,
  3.0451658804315853e-16,
  -2.0130368431552333e-16,
  7.151235360654053e-18,
  1.0142661060838386e-17,
);

/** P(Z > x) e^(x²/2), x ≥ 0: Mills' ratio / √2π. */
function scaledTail(x: number): number {
  const t = 4 / (4 + x);
  const twice = 4 * t - 2;
  let next = 0;
  let afterNext = 0;
  for (let i = coefficients.length - 1; i > 0; i -= 1) {
    const now = twice * next - afterNext + coefficients[i]!;
    afterNext = next;
    next = now;
  }
  return t * (0.5 * (twice * next + coefficients[0]!) - afterNext);
}

/** e^(−x²/2) with the rounding of x² taken care of: x is split where its square is exact. */
function bell(x: number): number {
  // Beyond, the first factor is 0 and the second may be infinite.
  if (Math.abs(x) > 39) return 0; // NaN stays NaN
  const head = Math.round(x * 16) / 16;
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (x - head) * (x + head));
}

const inverseRoot2Pi = 0.3989422804014327;

/** Density of the standard normal. */
export function normalDensity(x: number): number {
  return inverseRoot2Pi * bell(x);
}

/** P(Z > x). */
export function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  return bell(x) * scaledTail(x);
}

/**
 * P(Z ≤ x).
 *
 * @example
 * normalCdf(-10); // ≈ 7.61985302416053e-24
 */
export function normalCdf(x: number): number {
  return normalTail(-x);
}

/** ln P(Z > x), finite for every finite x. */
export function lnNormalTail(x: number): number {
  return x < 0 ? Math.log1p(-normalTail(-x)) : Math.log(scaledTail(x)) - 0.5 * x * x;
}

/** P(0 < Z < x) for |x| < 1, relatively accurate near 0. */
function centralPart(x: number): number {
  const square = x * x;
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= square / odd;
    sum += term;
  }
  return sum * normalDensity(x);
}

/**
 * The x whose ln P(Z > x) is `lnTail`: the quantile where the probability itself would underflow.
 *
 * @param lnTail ≤ ln ½
 */
export function normalQuantileOfLnTail(lnTail: number): number {
  if (lnTail === -Infinity) return Infinity;
  const r = Math.sqrt(-2 * lnTail);
  let x =
    r -
    (2.515517 + r * (0.802853 + r * 0.010328)) /
      (1 + r * (1.432788 + r * (0.189269 + r * 0.001308)));
  for (let step = 0; step < 3; step += 1) {
    const scaled = scaledTail(Math.max(0, x));
    const hazard = inverseRoot2Pi / scaled;
    const excess = Math.log(scaled) - 0.5 * x * x - lnTail;
    // f = ln tail − target, f′ = −hazard, f″ = −hazard (hazard − x).
    const newton = excess / hazard;
    x += newton / (1 + 0.5 * newton * (hazard - x));
  }
  return x;
}

/**
 * The x with P(Z ≤ x) = p.
 *
 * @param p in [0, 1]
 * @throws RangeError when p is outside [0, 1]
 *
 * @example
 * normalQuantile(0.975); // ≈ 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p: expected in [0, 1], got ${p}`);
  if (p < 0.25) return p === 0 ? -Infinity : -normalQuantileOfLnTail(Math.log(p));
  if (p > 0.75) return normalQuantileOfLnTail(Math.log(1 - p)); // 1 − p is exact here
  const excess = p - 0.5;
  let x = excess / inverseRoot2Pi;
  for (let step = 0; step < 4; step += 1) {
    const newton = (excess - centralPart(x)) / normalDensity(x);
    x += newton / (1 - 0.5 * newton * x);
  }
  return x;
}

/** The two-sided quantile z of level alpha: P(|Z| > z) = alpha. */
export function normalTwoSided(alpha: number): number {
  if (!(alpha > 0 && alpha <= 1)) throw new RangeError(`alpha: expected in (0, 1], got ${alpha}`);
  return -normalQuantile(alpha / 2);
}
