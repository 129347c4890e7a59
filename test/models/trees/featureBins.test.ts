import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TrainingSet } from '../../../models/training/trainingSet.ts';
import { binRows } from '../../../models/trees/binRows.ts';
import { featureBins } from '../../../models/trees/featureBins.ts';
import { nextBelow } from '../../../models/trees/roundDown.ts';

const setOf = (values: readonly number[], kind: 'numeric' | 'categorical'): TrainingSet => ({
  task: 'binary',
  features: [{ name: 'x', kind }],
  values: Float32Array.from(values),
  labels: new Float64Array(values.length),
});

const value = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -20, max: 20 }),
  fc.constant(NaN),
);

test('a value lies in the first bin whose bound it does not exceed, a missing one apart', () => {
  const input = [
    fc.array(value, { minLength: 1, maxLength: 400 }),
    fc.integer({ min: 4, max: 255 }),
  ] as const;
  fc.assert(
    fc.property(...input, (values, binsMax) => {
      const set = setOf(values, 'numeric');
      const [feature] = featureBins(set, binsMax);
      const { bounds, count, missing } = feature!;
      const { bytes, stride } = binRows(set, [feature!]);
      expect(count).toBeLessThanOrEqual(binsMax);
      for (let i = 1; i < bounds.length; i += 1) expect(bounds[i]).toBeGreaterThan(bounds[i - 1]!);
      for (const [row, x] of set.values.entries()) {
        const expected = bounds.findIndex((bound) => x <= bound);
        const bin = Number.isNaN(x) ? missing : expected < 0 ? bounds.length : expected;
        expect(bytes[row * stride]).toBe(bin);
      }
    }),
  );
});

test('few values have a bin each, with bounds half-way', () => {
  const [feature] = featureBins(setOf([3, 1, 2, 2, 7, 1], 'numeric'), 255);
  expect([...feature!.bounds]).toEqual([1.5, 2.5, 5]);
});

test('neighbours in float32 are told apart', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, min: -(2 ** 100), max: 2 ** 100 }), (high) => {
      const low = nextBelow(high);
      const [feature] = featureBins(setOf([low, high], 'numeric'), 255);
      expect([...feature!.bounds]).toEqual([low]);
    }),
  );
});

test('many values fill their bins about evenly; one that is frequent has its own', () => {
  const values = Array.from({ length: 10_000 }, (_, i) => (i % 2 === 0 ? 0 : Math.sin(i)));
  const set = setOf(values, 'numeric');
  const [feature] = featureBins(set, 64);
  const { bytes, stride } = binRows(set, [feature!]);
  const counts = new Float64Array(feature!.count);
  for (let row = 0; row < values.length; row += 1) counts[bytes[row * stride]!]! += 1;
  const sorted = [...counts].sort((a, b) => b - a);
  expect(sorted[0]).toBeGreaterThanOrEqual(5_000);
  expect(feature!.count).toBe(64);
  expect(sorted[1]).toBeLessThan(3 * (5_000 / 63));
});

test('frequent codes have bins, all others share one', () => {
  const values = Array.from({ length: 1_000 }, (_, i) => (i < 500 ? i % 3 : i));
  const set = setOf(values, 'categorical');
  const [feature] = featureBins(set, 10);
  const { bytes, stride } = binRows(set, [feature!]);
  expect([...feature!.codes.subarray(0, 3)]).toEqual([0, 1, 2]);
  expect(feature!.count).toBe(10);
  expect(bytes[999 * stride]).toBe(0);
  expect(bytes[1 * stride]).toBe(2);
});
