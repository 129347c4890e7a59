/**
 * Sums of gradients and second derivatives by feature and bin: two numbers side by side, 256 bins a feature.
 *
 * The histogram of a node less that of one child is that of the other, so only the smaller child is ever counted.
 *
 * Source: Ke et al. 2017, "LightGBM", §2.1.
 */
import type { BinnedRows } from './binRows.ts';

/** Numbers a feature takes. */
export const histogramStride = 512;

/**
 * Replaces a histogram by that of some rows. Four features are read at a time, as the bytes of one word (little-endian).
 *
 * @param derivatives of all rows, gradient and second derivative side by side
 * @param rows        numbers of rows, of which those from `start` to before `end` count
 */
export function fillHistogram(
  histogram: Float64Array,
  binned: BinnedRows,
  derivatives: Float64Array,
  rows: Int32Array,
  start: number,
  end: number,
): void {
  histogram.fill(0);
  const { words } = binned;
  const stride = binned.stride >>> 2;
  const size = stride * 4 * histogramStride;
  for (let i = start; i < end; i += 1) {
    const row = rows[i]!;
    const gradient = derivatives[2 * row]!;
    const curvature = derivatives[2 * row + 1]!;
    let at = row * stride;
    for (let base = 0; base < size; base += 4 * histogramStride) {
      const word = words[at]!;
      at += 1;
      const first = base + ((word & 255) << 1);
      const second = base + histogramStride + ((word >>> 7) & 510);
      const third = base + 2 * histogramStride + ((word >>> 15) & 510);
      const fourth = base + 3 * histogramStride + ((word >>> 23) & 510);
      histogram[first]! += gradient;
      histogram[first + 1]! += curvature;
      histogram[second]! += gradient;
      histogram[second + 1]! += curvature;
      histogram[third]! += gradient;
      histogram[third + 1]! += curvature;
      histogram[fourth]! += gradient;
      histogram[fourth + 1]! += curvature;
    }
  }
}

/** Replaces the histogram of a node by that of one child, given that of the other. */
export function subtractHistogram(histogram: Float64Array, other: Float64Array): void {
  for (let i = 0; i < histogram.length; i += 1) histogram[i]! -= other[i]!;
}
