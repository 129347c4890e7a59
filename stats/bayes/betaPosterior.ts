/** A rate after successes and failures, from a beta prior. Source: Bayes 1763; Gelman et al. 2013, 2.4. */
import { betaDensity, incompleteBeta, incompleteBetaInverse } from '../special/incompleteBeta.ts';
import type { Successes } from '../testing/differenceOfProportions.ts';
import type { Posterior } from './posterior.ts';

export interface BetaPrior {
  /** Prior successes, > 0. */
  readonly successes: number;
  /** Prior failures, > 0. */
  readonly failures: number;
}

/** Every rate as likely as another. */
export const uniformRate: BetaPrior = { successes: 1, failures: 1 };

/**
 * The beta prior with the mean and the weight of what earlier experiments showed.
 *
 * @param mean   in (0, 1)
 * @param weight units that the prior counts for, > 0
 * @throws RangeError when an argument is outside its range
 */
export function betaPrior(mean: number, weight: number): BetaPrior {
  if (!(mean > 0 && mean < 1)) throw new RangeError(`mean: expected in (0, 1), got ${mean}`);
  if (!(weight > 0)) throw new RangeError(`weight: expected above 0, got ${weight}`);
  return { successes: mean * weight, failures: (1 - mean) * weight };
}

/**
 * @throws RangeError when successes are outside [0, count]
 *
 * @example
 * betaPosterior({ successes: 7, count: 10 }).mean; // 8 / 12
 */
export function betaPosterior(
  { successes, count }: Successes,
  prior: BetaPrior = uniformRate,
): Posterior {
  if (!(successes >= 0 && successes <= count)) {
    throw new RangeError(`successes: expected in [0, ${count}], got ${successes}`);
  }
  const a = prior.successes + successes;
  const b = prior.failures + count - successes;
  const total = a + b;
  return {
    mean: a / total,
    deviation: Math.sqrt((a / total) * (b / total)) / Math.sqrt(total + 1),
    density: (x) => (x > 0 && x < 1 ? betaDensity(a, b, x) : 0),
    cdf: (x) => (x <= 0 ? 0 : x >= 1 ? 1 : incompleteBeta(a, b, x)),
    tail: (x) => (x <= 0 ? 1 : x >= 1 ? 0 : incompleteBeta(b, a, 1 - x, x)),
    quantile: (p) => incompleteBetaInverse(a, b, p),
  };
}
