/**
 * Cholesky factors of packed symmetric matrices (`packedSymmetric`), in place and without allocation.
 *
 * The matrix lies in a larger array from `at` on, so that it may be part of a state's row.
 * Source: Golub & Van Loan 2013, §4.2.
 */

/** A pivot that rounding has made smaller than this share of its diagonal is raised to it. */
const pivotFloor = 1e-15;

/** Adds a value to every entry of the diagonal. */
export function addDiagonal(packed: Float64Array, at: number, size: number, value: number): void {
  let place = at;
  for (let i = 0; i < size; i += 1) {
    packed[place]! += value;
    place += i + 2;
  }
}

/**
 * Replaces A by L with L Lᵀ = A. Costs size³ / 6 multiplications.
 *
 * @param packed finite, positive definite up to rounding
 */
export function factorize(packed: Float64Array, at: number, size: number): void {
  let row = at;
  for (let i = 0; i < size; i += 1) {
    let column = at;
    for (let j = 0; j < i; j += 1) {
      let sum = packed[row + j]!;
      for (let k = 0; k < j; k += 1) sum -= packed[row + k]! * packed[column + k]!;
      packed[row + j] = sum / packed[column + j]!;
      column += j + 1;
    }
    const diagonal = packed[row + i]!;
    let pivot = diagonal;
    for (let k = 0; k < i; k += 1) pivot -= packed[row + k]! * packed[row + k]!;
    packed[row + i] = Math.sqrt(Math.max(pivot, pivotFloor * diagonal, Number.MIN_VALUE));
    row += i + 1;
  }
}

/** Replaces L by A⁻¹ = L⁻ᵀ L⁻¹. */
export function invertFactor(packed: Float64Array, at: number, size: number): void {
  // First L⁻¹, row by row: a row needs only the rows above it.
  let row = at;
  for (let i = 0; i < size; i += 1) {
    const pivot = 1 / packed[row + i]!;
    for (let j = 0; j < i; j += 1) {
      let sum = 0;
      let below = at + (j * (j + 1)) / 2;
      for (let k = j; k < i; k += 1) {
        sum += packed[row + k]! * packed[below + j]!;
        below += k + 1;
      }
      packed[row + j] = -pivot * sum;
    }
    packed[row + i] = pivot;
    row += i + 1;
  }
  // Then (i, j) of the product needs rows i and below, of which row i is the only one under change.
  row = at;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = 0;
      let below = row;
      for (let k = i; k < size; k += 1) {
        sum += packed[below + i]! * packed[below + j]!;
        below += k + 1;
      }
      packed[row + j] = sum;
    }
    row += i + 1;
  }
}

/** Replaces x by L⁻¹ x. */
export function solveLower(packed: ArrayLike<number>, at: number, x: Float64Array): void {
  let place = at;
  for (let i = 0; i < x.length; i += 1) {
    let sum = x[i]!;
    for (let k = 0; k < i; k += 1) {
      sum -= packed[place]! * x[k]!;
      place += 1;
    }
    x[i] = sum / packed[place]!;
    place += 1;
  }
}

/** Replaces x by L⁻ᵀ x. */
export function solveUpper(packed: ArrayLike<number>, at: number, x: Float64Array): void {
  for (let i = x.length - 1; i >= 0; i -= 1) {
    const row = at + (i * (i + 1)) / 2;
    const value = x[i]! / packed[row + i]!;
    x[i] = value;
    for (let k = 0; k < i; k += 1) x[k]! -= packed[row + k]! * value;
  }
}
