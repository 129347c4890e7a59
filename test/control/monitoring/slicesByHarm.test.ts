/** Slices in the order of the harm that they do, the small ones hidden with whatever would give them away. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupMinDefault as groupMin } from '../../../contracts/groupMin.ts';
import { slicesMax } from '../../../contracts/performanceApi.ts';
import { type SliceValue, slicesByHarm } from '../../../control/monitoring/slicesByHarm.ts';

const sliceValue = (value: string, count: number, estimate: number): SliceValue => ({
  ...{ value, count, estimate, lower: estimate - 0.1, upper: Number.POSITIVE_INFINITY },
});

test('harm is the gap in the direction that hurts, by size', () => {
  const values = [
    sliceValue('a', 100, 0.6),
    sliceValue('b', 1_000, 0.55),
    sliceValue('c', 50, 0.3),
  ];
  const ofLoss = slicesByHarm('course', values, 0.5, true);
  expect(ofLoss).toMatchObject({ slice: 'course', whole: 0.5, suppressed: 0, more: 0 });
  expect(ofLoss.values.map(({ value, harm }) => [value, Number(harm.toFixed(9))])).toEqual([
    ['b', 50],
    ['a', 10],
    ['c', 0],
  ]);
  expect(ofLoss.values[0]).toMatchObject({ upper: null, lower: 0.55 - 0.1 });
  const ofShare = slicesByHarm('course', values, 0.5, false).values;
  expect(ofShare.map(({ value, gap }) => [value, Number(gap.toFixed(9))])).toEqual([
    ['c', 0.2],
    ['b', -0.05],
    ['a', -0.1],
  ]);
});

test('what is hidden has the floor’s rows together, or is everything', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 });
  fc.assert(
    fc.property(counts, (sizes) => {
      const values = sizes.map((count, i) => sliceValue(`v${i}`, count, 0.5));
      const { values: shown, suppressed } = slicesByHarm('course', values, 0.5, true);
      expect(shown.length + suppressed).toBe(values.length);
      const names = new Set(shown.map(({ value }) => value));
      const rest = values.filter(({ value }) => !names.has(value));
      const rows = rest.reduce((sum, { count }) => sum + count, 0);
      expect(shown.every(({ count }) => count >= groupMin)).toBe(true);
      expect(rest.length === 0 || rows >= groupMin || shown.length === 0).toBe(true);
      const isNeeded = sizes.some((count) => count < groupMin);
      expect(suppressed > 0).toBe(isNeeded);
    }),
  );
});

test('values of which nothing is known are left out, and there are not more than an answer takes', () => {
  expect(slicesByHarm('course', [sliceValue('a', 20, Number.NaN)], Number.NaN, true)).toMatchObject(
    {
      ...{ whole: null, values: [] },
    },
  );
  const many = Array.from({ length: slicesMax + 7 }, (_, i) => sliceValue(`v${i}`, 20, i));
  const { values, more } = slicesByHarm('course', many, 0, true);
  expect([values.length, more, values[0]!.value]).toEqual([slicesMax, 7, `v${slicesMax + 6}`]);
});
