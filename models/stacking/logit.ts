/** Log-odds of a probability, finite for every one: what combiners take of a model. */

/** As the online learner bounds its own. */
const probabilityMin = 1e-6;

/**
 * @param probability taken as 1e-6 or 1 − 1e-6 where it is closer to 0 or 1
 *
 * @example
 * logit(0.5); // 0
 */
export function logit(probability: number): number {
  const bounded = Math.min(Math.max(probability, probabilityMin), 1 - probabilityMin);
  return Math.log(bounded / (1 - bounded));
}
