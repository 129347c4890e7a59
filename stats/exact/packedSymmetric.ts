/** A symmetric matrix as its lower triangle, row by row: entry (i, j), j ≤ i, at i (i + 1) / 2 + j. */

/** Entries of the triangle of a size × size matrix. */
export function packedLength(size: number): number {
  return (size * (size + 1)) / 2;
}

/** Place of entry (i, j) in either order. */
export function packedIndex(i: number, j: number): number {
  return i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i;
}

/** v′ M v for a vector v. */
export function quadraticForm(packed: ArrayLike<number>, v: ArrayLike<number>): number {
  let sum = 0;
  let place = 0;
  for (let i = 0; i < v.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      sum += 2 * v[i]! * v[j]! * packed[place]!;
      place += 1;
    }
    sum += v[i]! * v[i]! * packed[place]!;
    place += 1;
  }
  return sum;
}
