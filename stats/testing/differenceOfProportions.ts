/**
 * Proportions and their difference: a normal estimate with unpooled variance, and an interval that holds for small counts.
 *
 * Source: Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10.
 */
import type { Interval } from '../interval.ts';
import { normalTwoSided } from '../special/normal.ts';
import { wilson } from '../wilson.ts';
import { difference, type Estimate } from './estimate.ts';

export interface Successes {
  /** Integer in [0, count]. */
  readonly successes: number;
  /** Trials, ≥ 0. */
  readonly count: number;
}

/** The proportion of one arm. Its variance is 0 when all or none succeed: use the score interval there. */
export function proportionEstimate({ successes, count }: Successes): Estimate {
  const rate = successes / count;
  return { estimate: rate, variance: (rate * (1 - rate)) / count, freedom: Infinity };
}

/** Difference of two proportions, for large counts. */
export function differenceOfProportions(treatment: Successes, control: Successes): Estimate {
  return difference(proportionEstimate(treatment), proportionEstimate(control));
}

/**
 * Interval of the difference made of the two Wilson intervals: it stays within [−1, 1] and has width also at 0 and 1.
 *
 * @param alpha error level, in (0, 1)
 * @throws RangeError when successes exceed the count
 */
export function differenceScoreInterval(
  treatment: Successes,
  control: Successes,
  alpha: number,
): Interval {
  const quantile = normalTwoSided(alpha);
  const t = wilson(treatment.successes, treatment.count, quantile);
  const c = wilson(control.successes, control.count, quantile);
  const rate = treatment.count > 0 ? treatment.successes / treatment.count : 0.5;
  const base = control.count > 0 ? control.successes / control.count : 0.5;
  return {
    lower: rate - base - Math.hypot(rate - t.lower, c.upper - base),
    upper: rate - base + Math.hypot(t.upper - rate, base - c.lower),
  };
}
