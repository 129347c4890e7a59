/**
 * The gamma-exponential mixture boundary: for sums whose increments are bounded on one side, in empirical intrinsic time.
 *
 * The mixture averages exp(λs − v (−ln(1 − cλ) − cλ) / c²) over a gamma law of λ, cut at 1 / c. Written here with Stirling's
 * errors and a deviance in the place of differences of lnΓ, so that nothing cancels for large v.
 *
 * Source: Howard, Ramdas, McAuliffe & Sekhon 2021, 1810.08240, proposition 9.
 */
import { bracketedRoot } from '../special/bracketedRoot.ts';
import { lowerGamma } from '../special/incompleteGamma.ts';
import { devianceTerm, stirlingError } from '../special/lnGamma.ts';

function check(time: number, width: number, scale: number): void {
  if (!(time >= 0 && time < Infinity)) {
    throw new RangeError(`time: expected at least 0, got ${time}`);
  }
  if (!(width > 0)) throw new RangeError(`width: expected above 0, got ${width}`);
  if (!(scale > 0)) throw new RangeError(`scale: expected above 0, got ${scale}`);
}

/**
 * ln of the mixture: an e-process of "the increments have mean at most 0".
 *
 * @param sum   of the increments; below −(time + width) / scale the answer is −Infinity, which is on the safe side
 * @param time  intrinsic time v, ≥ 0
 * @param width ρ, from `mixtureWidth` with 2 alpha
 * @param scale c, > 0: the increments' range
 * @throws RangeError when an argument is outside its range
 */
export function lnGammaExponentialMixture(
  sum: number,
  time: number,
  width: number,
  scale: number,
): number {
  check(time, width, scale);
  const start = width / (scale * scale);
  const shape = (time + width) / (scale * scale);
  const shifted = shape + sum / scale;
  if (!(shifted > 0)) return -Infinity;
  return (
    0.5 * Math.log(start / shape) +
    stirlingError(shape) -
    stirlingError(start) +
    devianceTerm(shape, shifted) +
    Math.log(lowerGamma(shape, shifted)) -
    Math.log(lowerGamma(start, start))
  );
}

/**
 * With probability at least 1 − alpha, the sum stays below it at all times.
 *
 * @param alpha in (0, 1)
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * gammaExponentialBound(100, 0.05, mixtureWidth(100, 0.1), 2); // ≈ 33.02017
 */
export function gammaExponentialBound(
  time: number,
  alpha: number,
  width: number,
  scale: number,
): number {
  check(time, width, scale);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  const excess = (sum: number): number =>
    lnGammaExponentialMixture(sum, time, width, scale) + Math.log(alpha);
  let high = Math.sqrt(time + width);
  while (excess(high) < 0) high *= 2;
  return bracketedRoot(excess, 0, high, 1e-12 * high);
}
