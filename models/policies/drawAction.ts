/**
 * The action that a uniform number stands for: the inverse of the cumulated probabilities, in the order of the actions.
 *
 * @param probabilities that add up to 1, up to rounding
 * @param uniform       in [0, 1): at random, or a hash of the unit
 * @returns place of an action whose probability is above 0
 * @throws RangeError when the number is outside [0, 1) or no probability is above 0
 *
 * @example
 * drawAction(Float64Array.of(0.2, 0, 0.8), 0.2); // 2
 */
export function drawAction(probabilities: Float64Array, uniform: number): number {
  if (!(uniform >= 0 && uniform < 1)) {
    throw new RangeError(`uniform: expected in [0, 1), got ${uniform}`);
  }
  let cumulated = 0;
  let last = -1;
  for (let i = 0; i < probabilities.length; i += 1) {
    const probability = probabilities[i]!;
    if (!(probability > 0)) continue;
    cumulated += probability;
    last = i;
    if (uniform < cumulated) return i;
  }
  // Rounding has left the last hair of [0, 1) to nobody.
  if (last >= 0) return last;
  throw new RangeError('probabilities: expected one above 0, got none');
}
