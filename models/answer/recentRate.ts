/** Rate of the latest outcomes: each new one moves it by a fixed share. Source: exponential smoothing, Brown 1956. */
import { usualRate } from './rows.ts';

/**
 * @param values  the rows
 * @param at      position of the rate, kept as distance from the usual rate
 * @param outcome 0 or 1
 * @param share   of the way to the outcome, in (0, 1)
 */
export function stepRecentRate(
  values: Float64Array,
  at: number,
  outcome: number,
  share: number,
): void {
  values[at]! += share * (outcome - usualRate - values[at]!);
}

/** Which of `levels` equal parts of [0, 1] the rate lies in, from 0. */
export function rateLevel(distance: number, levels: number): number {
  const level = Math.floor((distance + usualRate) * levels);
  return level < 0 ? 0 : level >= levels ? levels - 1 : level;
}
