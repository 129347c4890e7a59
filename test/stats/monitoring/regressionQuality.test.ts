import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Foretold, regressionQuality } from '../../../stats/monitoring/regressionQuality.ts';
import { mergedIn } from './support.ts';

const fold = regressionQuality({ perUnit: 1_000 });

function readOf(rows: readonly Foretold[]) {
  const state = fold.initial();
  for (const row of rows) fold.step(state, row);
  return fold.read(state);
}

const thousandths = (x: number) => Math.round(x * 1_000) / 1_000;

/** As scikit-learn was given them. */
const golden: Foretold[] = Array.from({ length: 300 }, (_, i) => {
  const label = ((i * 37 + 11) % 97) / 7 + 3 * Math.sin(i);
  const prediction = label + thousandths((((i * 53 + 7) % 101) - 40) / 25);
  return { prediction: thousandths(prediction), label: thousandths(label) };
});

const figure = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const rows = fc.array(fc.record({ prediction: figure, label: figure }), { maxLength: 40 });

describe('regression quality', () => {
  // Golden: scikit-learn 1.9.1 (mean_absolute_error, root_mean_squared_error, r2_score), numpy 2.4.6 (quantile, lower).
  test('agrees with scikit-learn', () => {
    const read = readOf(golden);
    expect(read.count).toBe(300);
    expect(read.meanAbsoluteError).toBeCloseTo(1.0516, 12);
    expect(read.rootMeanSquareError).toBeCloseTo(1.2352187390633829, 12);
    expect(read.bias).toBeCloseTo(0.40573333333333333, 12);
    expect(read.explained).toBeCloseTo(0.9255566394848361, 12);
    for (const [share, value] of [
      [0.5, 1],
      [0.9, 2],
      [0.95, 2.2],
      [0.99, 2.36],
    ] as const) {
      expect(Math.abs(read.quantileOf(share) / value - 1)).toBeLessThan(0.0101);
    }
  });

  test('merges bit for bit however rows were split, and no error is below its bias', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.nat(3), { maxLength: 20 }), (all, places) => {
        const whole = fold.initial();
        for (const row of all) fold.step(whole, row);
        expect(mergedIn(fold, all, places)).toEqual(whole);
        if (all.length === 0) return;
        const { meanAbsoluteError, rootMeanSquareError, bias, explained } = fold.read(whole);
        expect(Math.abs(bias)).toBeLessThanOrEqual(meanAbsoluteError * (1 + 1e-12));
        expect(meanAbsoluteError).toBeLessThanOrEqual(rootMeanSquareError * (1 + 1e-12));
        if (!Number.isNaN(explained)) expect(explained).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });

  test('explains nothing by the mean, and loses no digit far from 0', () => {
    const labels = [1e6, 1e6 + 1, 1e6 + 2];
    const { explained } = readOf(labels.map((label) => ({ label, prediction: 1e6 + 1 })));
    expect(explained).toBe(0);
    const constant = readOf([1, 2].map((prediction) => ({ prediction, label: 5 })));
    expect([constant.explained, constant.bias]).toEqual([Number.NaN, -3.5]);
  });

  test('refuses what is beyond the grid, and changes nothing', () => {
    const state = fold.initial();
    const step = (prediction: number, label: number) => () =>
      fold.step(state, { prediction, label });
    expect(step(1e7, 0)).toThrow(RangeError);
    expect(step(0, Number.NaN)).toThrow(RangeError);
    expect(step(4e6, -4e6)).toThrow(RangeError);
    expect(step(Number.POSITIVE_INFINITY, 0)).toThrow(RangeError);
    expect(state).toEqual(fold.initial());
  });

  test('says nothing of nothing', () => {
    const { quantileOf, ...read } = readOf([]);
    expect(Object.values(read)).toEqual([0, NaN, NaN, NaN, NaN]);
    expect(quantileOf(0.5)).toBe(NaN);
  });
});
