/** Order of numbers and check of p-values, for procedures that go through them by size. */

/** Indices of the values from the smallest to the largest; equal ones keep their order. */
export function ascending(values: readonly number[]): number[] {
  return values.map((_, index) => index).sort((a, b) => values[a]! - values[b]! || a - b);
}

/** @throws RangeError when a p-value is outside [0, 1] */
export function checkProbabilities(pValues: readonly number[]): void {
  for (const p of pValues) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`pValues: expected in [0, 1], got ${p}`);
  }
}
