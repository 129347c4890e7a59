/**
 * Products with a packed symmetric matrix that lies in a larger array from `at` on: here scoring and learning spend their
 * time.
 */

/** Replaces `into` by M x and returns xᵀ M x. */
export function multiply(
  packed: Float64Array,
  at: number,
  x: Float64Array,
  into: Float64Array,
): number {
  const size = x.length;
  let place = at;
  let form = 0;
  for (let i = 0; i < size; i += 1) {
    const xi = x[i]!;
    let sum = 0;
    for (let j = 0; j < i; j += 1) {
      const entry = packed[place]!;
      sum += entry * x[j]!;
      into[j]! += entry * xi;
      place += 1;
    }
    const diagonal = packed[place]! * xi;
    place += 1;
    into[i] = sum + diagonal;
    form += xi * (2 * sum + diagonal);
  }
  return form;
}

/** xᵀ M x. Rows of features that are absent cost nothing. */
export function formOf(packed: Float64Array, at: number, x: Float64Array): number {
  const size = x.length;
  let row = at;
  let form = 0;
  for (let i = 0; i < size; i += 1) {
    const xi = x[i]!;
    if (xi !== 0) {
      // Two sums, so that one addition need not wait for the other.
      let even = 0;
      let odd = 0;
      const pairs = i & ~1;
      for (let j = 0; j < pairs; j += 2) {
        even += packed[row + j]! * x[j]!;
        odd += packed[row + j + 1]! * x[j + 1]!;
      }
      if (pairs < i) even += packed[row + pairs]! * x[pairs]!;
      form += xi * (2 * (even + odd) + packed[row + i]! * xi);
    }
    row += i + 1;
  }
  return form;
}

/** Adds factor × x xᵀ to M. */
export function addOuter(packed: Float64Array, at: number, x: Float64Array, factor: number): void {
  const size = x.length;
  let place = at;
  for (let i = 0; i < size; i += 1) {
    const scaled = factor * x[i]!;
    if (scaled === 0) {
      place += i + 1;
      continue;
    }
    for (let j = 0; j <= i; j += 1) {
      packed[place]! += scaled * x[j]!;
      place += 1;
    }
  }
}

/** Σ values[at + i] x[i]. */
export function dot(values: Float64Array, at: number, x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) sum += values[at + i]! * x[i]!;
  return sum;
}
