import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { abroca, abrocaP } from '../../../stats/monitoring/abroca.ts';
import {
  compareGroups,
  compareRates,
  fairnessCurve,
  groupRates,
} from '../../../stats/monitoring/fairnessCurve.ts';
import { labelledScores } from '../../../stats/monitoring/labelledScores.ts';
import type { Scored } from '../../../stats/prequential.ts';
import { randomState } from '../../../stats/random.ts';
import { wilson } from '../../../stats/wilson.ts';
import { draw, golden, mergedIn } from './support.ts';

const options = { floor: 10, alpha: 0.05 };

function counted(rows: readonly Scored[]) {
  const state = labelledScores.initial();
  for (const row of rows) labelledScores.step(state, row);
  return state;
}

const baseline = counted(golden.filter((_, i) => i % 3 === 0));
const compared = counted(golden.filter((_, i) => i % 3 !== 0));

const rows = fc.array(
  fc.record({
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    label: fc.constantFrom(0, 1),
  }),
  { maxLength: 50 },
);

describe('abroca', () => {
  // Golden: scikit-learn 1.9.1, roc_curve, and numpy 2.4.6, mean of the distance at 4,000,000 places.
  test('is the area between the curves of scikit-learn', () => {
    expect(abroca(baseline, compared)).toBeCloseTo(0.07570568262, 6);
  });

  test('is symmetric, at least the difference of the areas, and 0 of a group with itself', () => {
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        const [a, b] = [counted(first), counted(second)];
        const area = abroca(a, b);
        expect(abroca(b, a)).toEqual(area);
        if (Number.isNaN(area)) return;
        const { baselineAuc, comparedAuc } = compareGroups(a, b, 0.5, { floor: 1, alpha: 0.1 });
        expect(area).toBeGreaterThanOrEqual(Math.abs(baselineAuc - comparedAuc) - 1e-9);
        expect(area).toBeLessThanOrEqual(1);
        expect(abroca(a, a)).toBe(0);
      }),
    );
  });

  test('is not known of a group without ones or without zeros', () => {
    const ones = counted([{ probability: 0.3, label: 1 }]);
    expect(abroca(ones, baseline)).toBe(NaN);
    expect(abroca(counted([]), counted([]))).toBe(NaN);
    expect(abrocaP(ones, baseline)).toBe(NaN);
  });

  test('crossing curves with equal areas differ', () => {
    // Ranks 1 > 0 > 0 > 1 against 0 > 1 > 1 > 0: both areas are ½.
    const at = (labels: readonly number[]) =>
      counted(labels.map((label, i) => ({ label, probability: 0.8 - 0.2 * i })));
    expect(abroca(at([1, 0, 0, 1]), at([0, 1, 1, 0]))).toBe(0.5);
  });

  test('is told from chance: 5 percent alarms without a difference, and one when scores are noise for a group', () => {
    const random = randomState(14);
    const sample = (count: number, slope = 1) =>
      counted(Array.from({ length: count }, () => draw(random, { slope })));
    let alarms = 0;
    const trials = 40;
    for (let trial = 0; trial < trials; trial += 1) {
      if (abrocaP(sample(200), sample(80)) <= 0.05) alarms += 1;
    }
    expect(alarms / trials).toBeLessThan(0.05 + 3 * Math.sqrt(0.0475 / trials));
    expect(abrocaP(sample(1_000), sample(400, 0.2))).toBe(0.005);
  });
});

describe('fairness', () => {
  // Golden: numpy 2.4.6, rates of both groups at ½.
  test('rates of both groups are the plain ones', () => {
    const read = compareGroups(baseline, compared, 0.5, options);
    expect([read.baselineCount, read.comparedCount]).toEqual([134, 266]);
    const { selection, falseNegative, falsePositive } = read.rates;
    expect(selection.baseline).toBeCloseTo(0.48507462686567165, 14);
    expect(selection.compared).toBeCloseTo(0.49624060150375937, 14);
    expect(falseNegative.baseline).toBeCloseTo(0.23880597014925373, 14);
    expect(falseNegative.compared).toBeCloseTo(0.3358208955223881, 14);
    expect(falsePositive.difference.estimate).toBeCloseTo(0.32575757575 - 0.20895522388, 9);
    expect(falsePositive.ratio.estimate).toBeCloseTo(0.32575757575 / 0.20895522388, 8);
    expect(read.baselineAuc - read.comparedAuc).toBeCloseTo(0.06545292533263125, 12);
  });

  test('the curve is monotone in the threshold, and its intervals are those of Wilson', () => {
    const thresholds = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
    const [first] = fairnessCurve(new Map([['a', baseline]]), thresholds, options);
    expect(first!.points).toHaveLength(19);
    const half = first!.points[9]!;
    expect(half.threshold).toBeCloseTo(0.5, 12);
    expect(half.falseNegative).toEqual({ estimate: 16 / 67, ...wilson(16, 67) });
    for (let i = 1; i < 19; i += 1) {
      const [before, point] = [first!.points[i - 1]!, first!.points[i]!];
      expect(point.threshold).toBeLessThanOrEqual(thresholds[i]! + 1e-12);
      expect(point.threshold).toBeGreaterThan(thresholds[i]! - 0.01);
      expect(point.selection.estimate).toBeLessThanOrEqual(before.selection.estimate);
      expect(point.falsePositive.estimate).toBeLessThanOrEqual(before.falsePositive.estimate);
      expect(point.falseNegative.estimate).toBeGreaterThanOrEqual(before.falseNegative.estimate);
    }
    const rowsOfPoints = first!.calibration.reduce((sum, { count }) => sum + count, 0);
    expect(rowsOfPoints).toBe(134);
  });

  test('says nothing of a group, or of a rate, below the floor', () => {
    const few = counted(golden.slice(0, 9));
    const [curve] = fairnessCurve(new Map([['few', few]]), [0.5], options);
    expect(curve).toEqual({
      name: 'few',
      isSuppressed: true,
      count: NaN,
      points: [],
      calibration: [],
    });
    const read = compareGroups(baseline, few, 0.5, options);
    expect(read.comparedCount).toBe(NaN);
    expect(read.comparedCalibrationError).toBe(NaN);
    expect(read.abroca).toBe(NaN);
    for (const rate of groupRates) {
      expect(read.rates[rate].compared).toBe(NaN);
      expect(read.rates[rate].difference).toEqual({
        estimate: NaN,
        lower: -Infinity,
        upper: Infinity,
      });
    }
    // Rows enough, ones too few: only what is of the ones is hidden.
    const zeros = golden.filter(({ label }) => label === 0).slice(0, 40);
    const ones = golden.filter(({ label }) => label === 1).slice(0, 9);
    const { rates } = compareGroups(baseline, counted([...zeros, ...ones]), 0.5, options);
    expect(rates.falseNegative.compared).toBe(NaN);
    expect(rates.falsePositive.compared).toBeGreaterThanOrEqual(0);
  });

  // The promise: groups of 120 whose scores mean the same have the same rates.
  test('95 percent of the differences of the false-negative rates hold 0 between alike groups', () => {
    const random = randomState(15);
    const sample = () => counted(Array.from({ length: 120 }, () => draw(random)));
    const trials = 600;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const rates = compareRates(sample(), sample(), 0.5, options);
      const { lower, upper } = rates.falseNegative.difference;
      if (lower <= 0 && 0 <= upper) covered += 1;
    }
    expect(Math.abs(covered / trials - 0.95)).toBeLessThan(3 * Math.sqrt(0.0475 / trials));
  });

  test('counts merge bit for bit however rows were split', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.nat(3), { maxLength: 20 }), (all, places) => {
        expect(mergedIn(labelledScores, all, places)).toEqual(counted(all));
      }),
      { numRuns: 40 },
    );
  });

  test('refuses what is no probability or no label, and changes nothing', () => {
    const state = labelledScores.initial();
    for (const [probability, label, message] of [
      [1.5, 1, 'probability: expected in [0, 1], got 1.5'],
      [Number.NaN, 1, 'probability: expected in [0, 1], got NaN'],
      [0.5, -1, 'label: expected 0 or 1, got -1'],
    ] as const) {
      expect(() => labelledScores.step(state, { probability, label })).toThrow(message);
    }
    expect(state).toEqual(labelledScores.initial());
  });
});
