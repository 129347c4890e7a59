/**
 * The non-decreasing sequence that is nearest to given values in weighted squares: pool adjacent violators.
 *
 * Source: Ayer, Brunk, Ewing, Reid & Silverman 1955; Barlow, Bartholomew, Bremner & Brunk 1972.
 */

/**
 * A place without weight takes the mean of its neighbours' fits, beyond the first and the last that of the nearest.
 *
 * @param sums    weighted sum of the values at each place, such as ones among labels
 * @param weights at each place, ≥ 0, such as labels
 * @returns the fit at each place; NaN throughout when no place has weight
 * @throws RangeError when the lengths differ
 *
 * @example
 * isotonic([1, 0, 3], [2, 2, 4]); // [0.25, 0.25, 0.75]
 */
export function isotonic(sums: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  const { length } = weights;
  if (sums.length !== length) {
    throw new RangeError(`sums: expected ${length}, got ${sums.length}`);
  }
  /** Blocks of one value each: last place, sum and weight. */
  const ends: number[] = [];
  const blockSums: number[] = [];
  const blockWeights: number[] = [];
  for (let place = 0; place < length; place += 1) {
    if (!(weights[place]! > 0)) continue;
    let sum = sums[place]!;
    let weight = weights[place]!;
    // Cross-multiplied: equal rates of integers are pooled, not split by a rounding.
    while (ends.length > 0 && blockSums.at(-1)! * weight >= sum * blockWeights.at(-1)!) {
      sum += blockSums.pop()!;
      weight += blockWeights.pop()!;
      ends.pop();
    }
    ends.push(place);
    blockSums.push(sum);
    blockWeights.push(weight);
  }
  const fitted = new Float64Array(length).fill(NaN);
  const rate = (block: number) => blockSums[block]! / blockWeights[block]!;
  let block = 0;
  for (let place = 0, seen = false; place < length && ends.length > 0; place += 1) {
    const hasWeight = weights[place]! > 0;
    const isBetween = !hasWeight && seen && place > ends[block]! && block + 1 < ends.length;
    if (hasWeight && place > ends[block]!) block += 1;
    fitted[place] = isBetween ? (rate(block) + rate(block + 1)) / 2 : rate(block);
    seen ||= hasWeight;
  }
  return fitted;
}
