/**
 * Success rate in logit space, drawn to the usual rate while answers are few.
 *
 * Source: additive smoothing, Agresti & Coull 1998; as a feature, Pelánek 2016.
 */
import { usualRate } from './rows.ts';

/**
 * @param successes in [0, count]
 * @param count     answers, ≥ 0
 * @param weight    how many answers the usual rate counts for, > 0
 * @returns ln(odds) of success relative to the usual odds: 0 when nothing is known
 *
 * @example
 * smoothedLogit(0, 0, 4); // 0
 */
export function smoothedLogit(successes: number, count: number, weight: number): number {
  const odds = (successes + usualRate * weight) / (count - successes + (1 - usualRate) * weight);
  return Math.log(odds) + usualLogit;
}

const usualLogit = -Math.log(usualRate / (1 - usualRate));
