/**
 * Holm's adjustment of p-values: the probability of any false rejection at all stays below alpha, however they depend.
 *
 * Source: Holm 1979, "A simple sequentially rejective multiple test procedure".
 */
import { ascending, checkProbabilities } from './ascending.ts';

/**
 * @param pValues each in [0, 1]
 * @returns adjusted p-values in the same order: those of at most alpha are rejected
 * @throws RangeError when a p-value is outside [0, 1]
 *
 * @example
 * holm([0.01, 0.04, 0.03]); // 0.03, 0.06, 0.06
 */
export function holm(pValues: readonly number[]): number[] {
  checkProbabilities(pValues);
  const adjusted = new Array<number>(pValues.length).fill(0);
  let largest = 0;
  ascending(pValues).forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = largest;
  });
  return adjusted;
}
