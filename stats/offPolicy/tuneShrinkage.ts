/**
 * Chooses λ of one family by the smallest estimated mean squared error: variance of the estimate plus square of its bias.
 *
 * The bias is read from the log, |mean (w − ŵ)(r − q̂)|, or bounded from above by Bernstein's inequality with the weights of the
 * log. The bound shrinks only in logs so long that it hardly matters; read directly, it cannot see what the log does not hold.
 * In 200 logs of 300 decisions with chances down to 0.5 % and 0.2 % the direct choice of a clip has 0.6 and 0.4 times the squared
 * error of IPS, the bound has all of it. The estimate at the chosen λ is for comparison beside the others: its variance takes
 * no account of the choice, nor does its interval of the bias.
 *
 * Source: Wang, Agarwal & Dudík 2017, 1612.01205, section 4; Su, Dimakopoulou, Krishnamurthy & Dudík 2020, 1907.09623.
 */
import type { Estimate } from '../testing/estimate.ts';
import type { ShrinkageCandidate } from './shrinkageSums.ts';
import type { Shrinkage } from './shrunkWeight.ts';

export interface TuningOptions {
  /** `direct` by default. */
  readonly bias?: 'direct' | 'bound';
  /** Chance that the bound of the bias is exceeded, in (0, 1). */
  readonly delta?: number;
}

export interface TunedEstimate extends Estimate {
  readonly family: Shrinkage;
  readonly lambda: number;
  /** Estimated size of the bias, or its bound, in the unit of the reward. */
  readonly bias: number;
  /** Share of decisions whose weight was changed. */
  readonly changed: number;
}

/** Size of the bias by `options`. */
export function biasOf(
  { count, bias, weightSquare, weightLargest }: ShrinkageCandidate,
  { bias: kind = 'direct', delta = 0.05 }: TuningOptions = {},
): number {
  if (!(delta > 0 && delta < 1)) throw new RangeError(`delta: expected in (0, 1), got ${delta}`);
  if (kind === 'direct') return Math.abs(bias);
  const log = Math.log(2 / delta);
  return (
    Math.abs(bias) +
    Math.sqrt((2 * weightSquare * log) / count) +
    (2 * weightLargest * log) / (3 * count)
  );
}

/**
 * @param candidates from `shrinkageSums`
 * @returns the first of the best; estimate NaN when there are fewer than two decisions
 * @throws RangeError when no candidate is of the family, or delta outside (0, 1)
 */
export function tuneShrinkage(
  candidates: readonly ShrinkageCandidate[],
  family: Shrinkage,
  options: TuningOptions = {},
): TunedEstimate {
  const [first, ...others] = candidates.filter((candidate) => candidate.family === family);
  if (first === undefined)
    throw new RangeError(`family: expected among the candidates, got ${family}`);
  const error = (candidate: ShrinkageCandidate) =>
    candidate.variance / candidate.count + biasOf(candidate, options) ** 2;
  let best = first;
  for (const candidate of others) if (error(candidate) < error(best)) best = candidate;
  const { lambda, count, mean, variance, changed } = best;
  return {
    family,
    lambda,
    bias: biasOf(best, options),
    changed,
    estimate: count > 1 ? mean : NaN,
    variance: variance / count,
    freedom: count - 1,
  };
}
