/** The middle of ascending values; of an even number, the mean of the two in the middle; NaN of none. */
export function medianOfSorted(ascending: ArrayLike<number>): number {
  const { length } = ascending;
  return (ascending[(length - 1) >> 1]! + ascending[length >> 1]!) / 2;
}
