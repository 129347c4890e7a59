/**
 * Logarithm of the gamma function on the positive axis, and what Stirling's formula lacks of it.
 *
 * Relative error near 1e-15, also around the zeros at 1 and 2.
 * Source: Abramowitz & Stegun 1964, 6.1.33 (series around 2), 6.1.40 (asymptotic series); Loader 2000, "Fast and accurate
 * computation of binomial probabilities" (Stirling's error).
 */

/** ½ ln 2π. */
export const halfLn2Pi = 0.9189385332046727;

/** (−1)^k (ζ(k) − 1) / k for k = 2, 3, …: the Taylor series of lnΓ around 2 from its square term on. */
const series = [
  0.6449340668482264, 0.2020569031595943, 0.0823232337111382, 0.03692775514336993,
  0.01734306198444914, 0.008349277381922827, 0.004077356197944339, 0.002008392826082214,
  0.0009945751278180853, 0.0004941886041194646, 0.00024608655330804827, 0.00012271334757848915,
  6.124813505870481e-5, 3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6,
  0.00000381729326499984, 1.908212716553939e-6, 9.53962033872796e-7, 4.769329867878066e-7,
  2.38450502727733e-7, 1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8,
  1.490155482836504e-8, 7.45071178983543e-9, 3.725334024788457e-9, 1.862659723513049e-9,
].map((excess, i) => ((i % 2 === 0 ? 1 : -1) * excess) / (i + 2));

/** 1 − Euler's constant: the slope of lnΓ at 2. */
const slope = 0.42278433509846713;

/** lnΓ(2 + e), |e| ≤ ½. */
function aroundTwo(e: number): number {
  let sum = 0;
  for (let i = series.length - 1; i >= 0; i -= 1) sum = sum * e + series[i]!;
  return e * (slope + e * sum);
}

/** {@link stirlingError} for x ≥ 15. */
function asymptotic(x: number): number {
  const w = 1 / (x * x);
  const tail = 1 / 1188 - w * (691 / 360360 - w / 156);
  return (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * tail)))) / x;
}

/**
 * lnΓ(x).
 *
 * @throws RangeError when x is not above 0
 *
 * @example
 * lnGamma(0.5); // ≈ 0.5723649429247001, ½ ln π
 */
export function lnGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`x: expected above 0, got ${x}`);
  if (x === Infinity) return Infinity;
  if (x >= 15) return (x - 0.5) * Math.log(x) - x + halfLn2Pi + asymptotic(x);
  // lnΓ(x) = lnΓ(x + 2) − ln(x (x + 1)), and lnΓ(x) = lnΓ(x + 1) − ln x.
  if (x < 0.5) return aroundTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return aroundTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let rest = x;
  while (rest > 2.5) {
    rest -= 1;
    product *= rest;
  }
  return Math.log(product) + aroundTwo(rest - 2);
}

/**
 * lnΓ(x) − [(x − ½) ln x − x + ½ ln 2π]: what differences of large lnΓ need, free of their cancellation.
 *
 * @param x > 0
 * @returns in (0, ∞), near 1 / 12x for large x
 */
export function stirlingError(x: number): number {
  let error = 0;
  let rest = x;
  while (rest < 15) {
    error += (rest + 0.5) * Math.log1p(1 / rest) - 1;
    rest += 1;
  }
  return error + asymptotic(rest);
}

/**
 * x ln(x / mean) + mean − x without cancellation where the two are near.
 *
 * Source: Loader 2000, function bd0.
 *
 * @param x    ≥ 0
 * @param mean > 0
 */
export function devianceTerm(x: number, mean: number): number {
  if (x === 0) return mean;
  const difference = x - mean;
  const total = x + mean;
  if (Math.abs(difference) >= 0.1 * total) return x * Math.log(x / mean) - difference;
  const v = difference / total;
  const square = v * v;
  let sum = difference * v;
  let power = 2 * x * v;
  for (let odd = 3; ; odd += 2) {
    power *= square;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}

/**
 * ln B(a, b) = lnΓ(a) + lnΓ(b) − lnΓ(a + b), accurate also where the three are large and near each other.
 *
 * @param a > 0
 * @param b > 0
 */
export function lnBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < 15) return lnGamma(a) + lnGamma(b) - lnGamma(a + b);
  const total = a + b;
  const correction = asymptotic(large) - asymptotic(total);
  if (small < 15) {
    return (
      lnGamma(small) +
      correction -
      (large - 0.5) * Math.log1p(small / large) -
      small * Math.log(total) +
      small
    );
  }
  return (
    halfLn2Pi -
    0.5 * Math.log(small) +
    asymptotic(small) +
    correction -
    small * Math.log(total / small) -
    (large - 0.5) * Math.log1p(small / large)
  );
}
