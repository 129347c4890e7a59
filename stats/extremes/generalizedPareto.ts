/**
 * The generalized Pareto law of excesses over a threshold: its fit by maximum likelihood, and its far quantiles.
 *
 * With θ = shape / scale the likelihood is a function of θ alone, whose slope has the sign of u(θ) v(θ) − 1, u the mean of
 * 1 / (1 + θy) and v one more than the mean of ln(1 + θy). The best point of a grid is refined where that sign changes.
 *
 * Source: Grimshaw 1993, "Computing maximum likelihood estimates for the generalized Pareto distribution"; Pickands 1975.
 */
import { bracketedRoot } from '../special/bracketedRoot.ts';

export interface GeneralizedPareto {
  /** γ: 0 exponential, above 0 a heavy tail, below 0 an end at −scale / shape. */
  readonly shape: number;
  /** σ > 0, in the unit of the excesses. */
  readonly scale: number;
}

/** θ × mean of the excesses: right of zero to shapes near 8, and left of zero as parts of the way to the end of the support. */
const rightGrid = Float64Array.from({ length: 24 }, (_, i) => 1e-4 * 10 ** (i / 3));
const leftGrid = Float64Array.from({ length: 24 }, (_, i) => 1 - 10 ** (-(i + 0.25) / 8));

/**
 * @param excesses ≥ 0, in any order
 * @param count    how many of them count, the first ones
 * @returns the law of greatest likelihood among those of shape ≥ −1 (beyond, the likelihood has no bound); shape 0 for excesses
 * that are all the same; scale NaN when none is above 0. O(count), some 50 passes
 *
 * @example
 * fitGeneralizedPareto([1, 1, 1], 3); // { shape: 0, scale: 1 }
 */
export function fitGeneralizedPareto(
  excesses: ArrayLike<number>,
  count: number,
): GeneralizedPareto {
  let sum = 0;
  let largest = 0;
  let smallest = Infinity;
  for (let i = 0; i < count; i += 1) {
    sum += excesses[i]!;
    largest = Math.max(largest, excesses[i]!);
    smallest = Math.min(smallest, excesses[i]!);
  }
  const mean = sum / count;
  if (!(largest > 0)) return { shape: 0, scale: NaN };
  if (smallest === largest) return { shape: 0, scale: mean };

  const shapeAt = (theta: number): number => {
    let logs = 0;
    for (let i = 0; i < count; i += 1) logs += Math.log1p(theta * excesses[i]!);
    return logs / count;
  };
  const slopeSign = (theta: number): number => {
    let inverses = 0;
    for (let i = 0; i < count; i += 1) inverses += 1 / (1 + theta * excesses[i]!);
    return (inverses / count) * (1 + shapeAt(theta)) - 1;
  };
  /** −log likelihood / count − 1. */
  const cost = (theta: number): number => {
    const shape = shapeAt(theta);
    return theta === 0 ? Math.log(mean) : shape >= -1 ? Math.log(shape / theta) + shape : Infinity;
  };
  const gridTheta = (at: number): number =>
    at === 0 ? 0 : at > 0 ? rightGrid[at - 1]! / mean : -leftGrid[-at - 1]! / largest;

  let best = 0;
  let least = cost(0);
  for (let at = -leftGrid.length; at <= rightGrid.length; at += 1) {
    const here = at === 0 ? least : cost(gridTheta(at));
    if (here >= least) continue;
    least = here;
    best = at;
  }
  const theta = refine(gridTheta(best - 1), gridTheta(best), gridTheta(best + 1), slopeSign);
  const shape = shapeAt(theta);
  return theta === 0 ? { shape: 0, scale: mean } : { shape, scale: shape / theta };
}

/** The root of the slope next to the best of the grid; that itself where the slope does not change its sign. */
function refine(before: number, best: number, after: number, slopeSign: (x: number) => number) {
  // Zero is a root of u v − 1 whatever the data, so the search begins beside it.
  const nearZero = 1e-5 * (Number.isFinite(after) ? after : best);
  const beside = best === 0 ? [nearZero, -nearZero] : [best];
  for (const from of beside) {
    const isRising = slopeSign(from) > 0;
    // From beside zero only away from it: towards it lies the other start.
    if (best === 0 && isRising !== from > 0) continue;
    const to = (isRising ? after : before) || from * 1e-5;
    if (!Number.isFinite(to) || slopeSign(to) > 0 === isRising) continue;
    return bracketedRoot(slopeSign, from, to);
  }
  return best;
}

/**
 * The value that is passed with a given probability, from the law of the excesses over a threshold.
 *
 * @param share probability / the part of all observations that is above the threshold; at 1 and more the threshold itself
 */
export function tailQuantile(
  threshold: number,
  { shape, scale }: GeneralizedPareto,
  share: number,
): number {
  if (share >= 1) return threshold;
  const log = -Math.log(share);
  // expm1 keeps the limit at shape 0.
  return threshold + scale * (Math.abs(shape) < 1e-12 ? log : Math.expm1(shape * log) / shape);
}
