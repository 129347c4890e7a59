/**
 * What a quiet campus may show by the stated rate, and what the days that were played say about it.
 *
 * Source: Garwood 1936 (exact limit of a Poisson mean).
 */
import { discoveries } from '../../control/insights/testBook.ts';

/** Days of the memory that the rate is stated for. */
export const memoryDays = 90;

/**
 * False cards that are expected at most of one engine on which nothing is ever found, from its first day on: the sum of all levels
 * that its days may give, none of it faded.
 *
 * @example
 * allowedFalse(1); // 0.005: a tenth of 0.05
 */
export function allowedFalse(days: number): number {
  const state = discoveries.initial();
  let sum = 0;
  for (let day = 0; day < days; day += 1) {
    discoveries.open(state, day);
    sum += state.budget;
    discoveries.spend(state, state.budget, 1);
  }
  return sum;
}

/**
 * Upper limit of 95 % of a Poisson mean of which `count` was seen.
 *
 * @example
 * poissonUpper(0); // ≈ 2.996: −ln 0.05
 */
export function poissonUpper(count: number): number {
  let [low, high] = [count, count + 10 * Math.sqrt(count + 1) + 10];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (atMost(count, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** P(N ≤ count) of a Poisson variable. */
function atMost(count: number, mean: number): number {
  let [term, sum] = [Math.exp(-mean), 0];
  for (let n = 0; n <= count; n += 1) {
    sum += term;
    term *= mean / (n + 1);
  }
  return sum;
}
