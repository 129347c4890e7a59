/**
 * The normal mixture boundary: a curve that a sum of sub-Gaussian increments ever crosses with probability at most alpha.
 *
 * The mixture averages exp(λs − λ²v/2) over λ ~ N(0, 1/ρ), or over its positive half for one side; ρ says at which intrinsic
 * time v the boundary is tightest. Intrinsic time is in variance units: (b − a)² / 4 for each increment in [a, b].
 *
 * Source: Howard, Ramdas, McAuliffe & Sekhon 2021, 1810.08240, eq. 14.
 */
import { bracketedRoot } from '../special/bracketedRoot.ts';
import { lnNormalTail } from '../special/normal.ts';

function checkAlpha(alpha: number, most = 1): void {
  if (!(alpha > 0 && alpha < most)) {
    throw new RangeError(`alpha: expected in (0, ${most}), got ${alpha}`);
  }
}

function checkTime(time: number, width: number): void {
  if (!(time >= 0 && time < Infinity)) {
    throw new RangeError(`time: expected at least 0, got ${time}`);
  }
  if (!(width > 0 && width < Infinity)) {
    throw new RangeError(`width: expected above 0, got ${width}`);
  }
}

/**
 * ρ for which the two-sided boundary is nearly the tightest at `bestTime`; for one side give it 2 alpha.
 *
 * @param bestTime intrinsic time, > 0
 * @param alpha    in (0, 1)
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * mixtureWidth(100, 0.05); // ≈ 12.60056
 */
export function mixtureWidth(bestTime: number, alpha: number): number {
  checkAlpha(alpha);
  if (!(bestTime > 0)) throw new RangeError(`bestTime: expected above 0, got ${bestTime}`);
  const twice = -2 * Math.log(alpha);
  return bestTime / (twice + Math.log1p(twice));
}

/**
 * ln of the two-sided mixture: an e-process of "the increments have mean 0".
 *
 * @param sum   of the increments
 * @param time  intrinsic time, ≥ 0
 * @param width ρ, > 0
 */
export function lnNormalMixture(sum: number, time: number, width: number): number {
  checkTime(time, width);
  const total = time + width;
  return 0.5 * Math.log(width / total) + (sum * sum) / (2 * total);
}

/**
 * ln of the one-sided mixture: an e-process of "the increments have mean at most 0".
 *
 * @param sum   of the increments
 * @param time  intrinsic time, ≥ 0
 * @param width ρ, > 0
 */
export function lnOneSidedNormalMixture(sum: number, time: number, width: number): number {
  const total = time + width;
  return lnNormalMixture(sum, time, width) + Math.LN2 + lnNormalTail(-sum / Math.sqrt(total));
}

/**
 * With probability at least 1 − alpha, |sum| stays below it at all times.
 *
 * @param time  intrinsic time, ≥ 0
 * @param alpha in (0, 1)
 * @param width ρ from {@link mixtureWidth}
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * normalMixtureBound(100, 0.05, mixtureWidth(100, 0.05)); // ≈ 30.35209
 */
export function normalMixtureBound(time: number, alpha: number, width: number): number {
  checkAlpha(alpha);
  checkTime(time, width);
  return Math.sqrt((time + width) * (Math.log1p(time / width) - 2 * Math.log(alpha)));
}

/**
 * With probability at least 1 − alpha, the sum itself stays below it at all times: the root of the one-sided mixture.
 *
 * @param time  intrinsic time, ≥ 0
 * @param alpha in (0, ½)
 * @param width ρ from {@link mixtureWidth} with 2 alpha
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * oneSidedNormalMixtureBound(100, 0.05, mixtureWidth(100, 0.1)); // ≈ 27.66071
 */
export function oneSidedNormalMixtureBound(time: number, alpha: number, width: number): number {
  checkAlpha(alpha, 0.5);
  checkTime(time, width);
  // The two-sided bound at 2 alpha lies below the root, that at alpha above it.
  const low = normalMixtureBound(time, 2 * alpha, width);
  const high = normalMixtureBound(time, alpha, width);
  const target = -Math.log(alpha);
  return bracketedRoot(
    (sum) => lnOneSidedNormalMixture(sum, time, width) - target,
    low,
    high,
    1e-12 * high,
  );
}

/**
 * The closed form just above {@link oneSidedNormalMixtureBound}, wider by less than 1 % at usual levels.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, 2103.06476.
 */
export function oneSidedNormalMixtureClosedBound(
  time: number,
  alpha: number,
  width: number,
): number {
  checkAlpha(alpha, 0.5);
  checkTime(time, width);
  const total = time + width;
  return Math.sqrt(2 * total * Math.log1p(Math.sqrt(total / width) / (2 * alpha)));
}
