/**
 * Gradient and second derivative of a row as two whole numbers in one float64, so that a histogram takes one addition where it took two.
 *
 * Both are rounded to a unit, up or down by a fixed pseudo-random draw, right in the mean. The second lies 2²⁶ above the first: sums
 * of up to so many units are exact, whatever their order. Where the unit would be coarse against what the rows say (outliers, very
 * unlike weights, many millions of rows), nothing is packed.
 *
 * Source: Shi et al. 2022, "Quantized training of gradient boosting decision trees".
 */
import type { BinnedRows } from './binRows.ts';
import { histogramStride } from './histogram.ts';

/** By how much the second derivative is shifted. */
const shift = 2 ** 26;
/** Sums stay below, so that the first never reaches into the second, with its sign. */
const sumMax = 2 ** 25 - 1;
/** Finest unit: no row needs more. */
const unitsMax = 2 ** 15;
/** Share of the rows' own variance that rounding may add. */
const noiseMax = 1e-3;

export interface PackedDerivatives {
  /** Of each row. */
  readonly values: Float64Array;
  readonly gradientUnit: number;
  readonly curvatureUnit: number;
}

/**
 * @param derivatives gradient and second derivative side by side
 * @param draw        another integer for every tree
 * @param values      filled and returned
 * @returns undefined when rounding would tell
 */
export function packDerivatives(
  derivatives: Float64Array,
  draw: number,
  values: Float64Array,
): PackedDerivatives | undefined {
  const rows = values.length;
  let gradientMax = 0;
  let curvatureMax = 0;
  let gradientSquares = 0;
  let curvatureSquares = 0;
  for (let row = 0; row < rows; row += 1) {
    const g = Math.abs(derivatives[2 * row]!);
    const h = derivatives[2 * row + 1]!;
    if (g > gradientMax) gradientMax = g;
    if (h > curvatureMax) curvatureMax = h;
    gradientSquares += g * g;
    curvatureSquares += h * h;
  }
  const units = Math.min(unitsMax, Math.floor(sumMax / rows) - 1);
  const gradientUnit = gradientMax / units;
  const curvatureUnit = curvatureMax / units;
  // The variance of a rounding by chance is at most a quarter of the unit squared.
  const isCoarse = (unit: number, squares: number) =>
    !(unit > 0) || (rows * unit * unit) / 4 > noiseMax * squares;
  if (units < 1 || isCoarse(gradientUnit, gradientSquares)) return undefined;
  if (isCoarse(curvatureUnit, curvatureSquares)) return undefined;
  const perGradient = 1 / gradientUnit;
  const perCurvature = 1 / curvatureUnit;
  for (let row = 0; row < rows; row += 1) {
    // Multiples of the golden ratio: evenly spread, and unlike any order of the rows.
    const first = (Math.imul(row + draw, 0x9e37_79b1) >>> 0) / 2 ** 32;
    const second = (Math.imul(row ^ draw, 0x85eb_ca6b) >>> 0) / 2 ** 32;
    const g = Math.floor(derivatives[2 * row]! * perGradient + first);
    const h = Math.floor(derivatives[2 * row + 1]! * perCurvature + second);
    values[row] = h * shift + g;
  }
  return { values, gradientUnit, curvatureUnit };
}

/**
 * As `fillHistogram`, from packed derivatives.
 *
 * @param sums scratch of 256 numbers a feature
 */
export function fillPackedHistogram(
  histogram: Float64Array,
  sums: Float64Array,
  binned: BinnedRows,
  { values, gradientUnit, curvatureUnit }: PackedDerivatives,
  rows: Int32Array,
  start: number,
  end: number,
): void {
  sums.fill(0);
  const { words } = binned;
  const stride = binned.stride >>> 2;
  const size = stride * 1_024;
  for (let i = start; i < end; i += 1) {
    const row = rows[i]!;
    const value = values[row]!;
    let at = row * stride;
    for (let base = 0; base < size; base += 1_024) {
      const word = words[at]!;
      at += 1;
      sums[base + (word & 255)]! += value;
      sums[base + 256 + ((word >>> 8) & 255)]! += value;
      sums[base + 512 + ((word >>> 16) & 255)]! += value;
      sums[base + 768 + (word >>> 24)]! += value;
    }
  }
  const count = (binned.stride * histogramStride) / 2;
  for (let i = 0; i < count; i += 1) {
    const sum = sums[i]!;
    const curvature = Math.floor(sum / shift + 0.5);
    histogram[2 * i] = (sum - curvature * shift) * gradientUnit;
    histogram[2 * i + 1] = curvature * curvatureUnit;
  }
}
