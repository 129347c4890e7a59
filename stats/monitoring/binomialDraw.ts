/** A binomial number drawn: exact for small counts, by the normal distribution for large ones. */
import { normal, type RandomState, uniform } from '../random.ts';

/** From which on the normal distribution is near enough to deal labels out. */
const normalVariance = 6;

/**
 * @param trials integer ≥ 0
 * @param share  probability of a success, in [0, 1]
 * @returns an integer in [0, trials]
 */
export function binomialDraw(random: RandomState, trials: number, share: number): number {
  const variance = trials * share * (1 - share);
  if (variance > normalVariance) {
    const drawn = Math.round(trials * share + Math.sqrt(variance) * normal(random));
    return Math.min(trials, Math.max(0, drawn));
  }
  if (share >= 1) return trials;
  let successes = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    if (uniform(random) < share) successes += 1;
  }
  return successes;
}
