/**
 * Positions of a column of integers in ascending order: radix sort by 16-bit digits, so a restore is linear in the keys.
 *
 * Source: Knuth 1973, section 5.2.5.
 */
const radix = 65_536;

/**
 * @param sequences integers in [0, 2^53), in any order
 * @returns positions in `sequences`, smallest value first; equal values stay in order
 */
export function sequenceOrder(sequences: Float64Array): Int32Array {
  const count = sequences.length;
  let minimum = Infinity;
  let maximum = 0;
  for (let i = 0; i < count; i += 1) {
    const sequence = sequences[i]!;
    if (sequence < minimum) minimum = sequence;
    if (sequence > maximum) maximum = sequence;
  }
  let order = new Int32Array(count);
  for (let i = 0; i < count; i += 1) order[i] = i;
  let other = new Int32Array(count);
  const ends = new Int32Array(radix + 1);
  for (let scale = 1; count > 0 && scale <= maximum - minimum; scale *= radix) {
    ends.fill(0);
    for (let i = 0; i < count; i += 1) {
      ends[(Math.floor((sequences[i]! - minimum) / scale) % radix) + 1]! += 1;
    }
    for (let digit = 1; digit <= radix; digit += 1) ends[digit]! += ends[digit - 1]!;
    for (let i = 0; i < count; i += 1) {
      const position = order[i]!;
      const digit = Math.floor((sequences[position]! - minimum) / scale) % radix;
      other[ends[digit]!] = position;
      ends[digit]! += 1;
    }
    [order, other] = [other, order];
  }
  return order;
}
