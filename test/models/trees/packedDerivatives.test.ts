import { expect, test } from 'vitest';
import { binRows } from '../../../models/trees/binRows.ts';
import { featureBins } from '../../../models/trees/featureBins.ts';
import { fillHistogram, subtractHistogram } from '../../../models/trees/histogram.ts';
import { fillPackedHistogram, packDerivatives } from '../../../models/trees/packedDerivatives.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { drawSet } from '../../support/trainingRows.ts';

const rows = 20_000;
const set = drawSet({ rows, numeric: 4, categorical: [5], missing: 0.1 });
const bins = featureBins(set, 255);
const binned = binRows(set, bins);
const random = randomState(9);
const derivatives = Float64Array.from({ length: 2 * rows }, (_, i) =>
  i % 2 === 0 ? normal(random) : 0.05 + 0.2 * uniform(random),
);
const all = Int32Array.from({ length: rows }, (_, row) => row);
const size = binned.stride * 512;

function exact(from: number, to: number): Float64Array {
  const histogram = new Float64Array(size);
  fillHistogram(histogram, binned, derivatives, all, from, to);
  return histogram;
}

test('a histogram is what a plain count is', () => {
  const histogram = exact(100, 5_000);
  for (const [place, { count }] of bins.entries()) {
    const plain = new Float64Array(512);
    for (let row = 100; row < 5_000; row += 1) {
      const bin = binned.bytes[row * binned.stride + place]!;
      expect(bin).toBeLessThan(count);
      plain[2 * bin]! += derivatives[2 * row]!;
      plain[2 * bin + 1]! += derivatives[2 * row + 1]!;
    }
    expect(histogram.slice(place * 512, place * 512 + 512)).toEqual(plain);
  }
});

test('the node less one child is the other child', () => {
  const node = exact(0, rows);
  subtractHistogram(node, exact(0, 7_000));
  const rest = exact(7_000, rows);
  for (let i = 0; i < size; i += 1) expect(node[i]).toBeCloseTo(rest[i]!, 9);
});

test('packed sums are right in the mean, and off by less than chance allows', () => {
  const histogram = exact(0, rows);
  const packedHistogram = new Float64Array(size);
  const sums = new Float64Array(size / 2);
  const mean = new Float64Array(size);
  const draws = 40;
  let gradientUnit = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const packed = packDerivatives(derivatives, draw * 77_777, new Float64Array(rows))!;
    ({ gradientUnit } = packed);
    fillPackedHistogram(packedHistogram, sums, binned, packed, all, 0, rows);
    for (let i = 0; i < size; i += 1) mean[i]! += packedHistogram[i]! / draws;
  }
  // Of a feature's 20,000 rows the most lie in the bin for missing values, some 2,000.
  const single = (gradientUnit / 2) * Math.sqrt(rows);
  for (let i = 0; i < size; i += 1) {
    expect(Math.abs(packedHistogram[i]! - histogram[i]!)).toBeLessThan(4 * single);
    expect(Math.abs(mean[i]! - histogram[i]!)).toBeLessThan((6 * single) / Math.sqrt(draws));
  }
});

test('sums of the extremes do not run into each other', () => {
  const extremes = Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? -3 : 0.25));
  const packed = packDerivatives(extremes, 5, new Float64Array(rows))!;
  const histogram = new Float64Array(size);
  fillPackedHistogram(histogram, new Float64Array(size / 2), binned, packed, all, 0, rows);
  let gradient = 0;
  let curvature = 0;
  for (let i = 0; i < 512; i += 2) {
    gradient += histogram[i]!;
    curvature += histogram[i + 1]!;
  }
  expect(gradient).toBeCloseTo(-3 * rows, 6);
  expect(curvature).toBeCloseTo(0.25 * rows, 6);
});

test('nothing is packed where rounding would tell', () => {
  const pack = (change: (values: Float64Array) => void) => {
    const copy = derivatives.slice();
    change(copy);
    return packDerivatives(copy, 1, new Float64Array(rows));
  };
  expect(pack(() => undefined)).toBeDefined();
  // One outlier, one heavy row, no gradient at all.
  expect(pack((values) => values.fill(1e6, 0, 1))).toBeUndefined();
  expect(pack((values) => values.fill(1e4, 1, 2))).toBeUndefined();
  expect(pack((values) => values.fill(0))).toBeUndefined();
});
