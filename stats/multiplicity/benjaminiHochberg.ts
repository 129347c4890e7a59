/**
 * The Benjamini–Hochberg adjustment of p-values: of the rejections, at most alpha are false on average.
 *
 * Holds for independent p-values and those that depend positively; for any dependence, and for p-values that are watched, see
 * `eBenjaminiHochberg`.
 *
 * Source: Benjamini & Hochberg 1995, "Controlling the false discovery rate".
 */
import { ascending, checkProbabilities } from './ascending.ts';

/**
 * @param pValues each in [0, 1]
 * @returns adjusted p-values in the same order: those of at most alpha are rejected
 * @throws RangeError when a p-value is outside [0, 1]
 *
 * @example
 * benjaminiHochberg([0.01, 0.04, 0.03]); // 0.03, 0.04, 0.04
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  checkProbabilities(pValues);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let smallest = 1;
  ascending(pValues)
    .map((index, rank) => [index, rank + 1] as const)
    .reverse()
    .forEach(([index, rank]) => {
      smallest = Math.min(smallest, (pValues.length / rank) * pValues[index]!);
      adjusted[index] = smallest;
    });
  return adjusted;
}
