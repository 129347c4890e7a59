/** Sums that come out the same in any order: what is added is rounded to a multiple of 2⁻²⁴, so that additions are exact below 2²⁹. */
const grid = 2 ** 24;

/** The nearest point of the grid; a value of at most 1 moves by 3e-8 at most. */
export function onGrid(x: number): number {
  return Math.round(x * grid) / grid;
}
