/** Where a value stands among ascending ones. */

/**
 * How many values are smaller: the first place of one that is at least `x`. O(log n)
 *
 * @param ascending without NaN
 */
export function lowerBound(ascending: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
