/** Pearson's χ², and whether it is what chance gives: not too large, and not too small either. */

/** Σ (observed − expected)² / expected. */
export function chiSquare(observed: ArrayLike<number>, expected: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < observed.length; i += 1) {
    sum += (observed[i]! - expected[i]!) ** 2 / expected[i]!;
  }
  return sum;
}

/**
 * The standard normal deviate of a χ² value.
 *
 * Source: Wilson & Hilferty 1931.
 */
export function chiSquareDeviate(value: number, freedom: number): number {
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(value / freedom) - (1 - spread)) / Math.sqrt(spread);
}

/** Deviate of the independence of two classifications, from their table of counts, row-major. */
export function independenceDeviate(counts: readonly number[], rows: number): number {
  const columns = counts.length / rows;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const row = (r: number) =>
    counts.slice(r * columns, (r + 1) * columns).reduce((s, n) => s + n, 0);
  const column = (c: number) =>
    counts.reduce((sum, n, i) => (i % columns === c ? sum + n : sum), 0);
  const rowSums = Array.from({ length: rows }, (_, r) => row(r));
  const columnSums = Array.from({ length: columns }, (_, c) => column(c));
  const expected = counts.map(
    (_, i) => (rowSums[Math.floor(i / columns)]! * columnSums[i % columns]!) / total,
  );
  return chiSquareDeviate(chiSquare(counts, expected), (rows - 1) * (columns - 1));
}
