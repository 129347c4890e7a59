import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Classified,
  classificationQuality,
  confusionAt,
} from '../../../stats/monitoring/classificationQuality.ts';
import { labelledScores } from '../../../stats/monitoring/labelledScores.ts';
import { randomState } from '../../../stats/random.ts';
import { normalTwoSided } from '../../../stats/special/normal.ts';
import { draw, golden, mergedIn } from './support.ts';

const options = { threshold: 0.5, quantile: normalTwoSided(0.05) };

function readOf(rows: readonly Classified[], threshold = 0.5) {
  const state = classificationQuality.initial();
  for (const row of rows) classificationQuality.step(state, row);
  return classificationQuality.read(state)({ ...options, threshold });
}

const followed = golden.map((row, i) => ({ ...row, previous: golden[i - 1]?.label ?? -1 }));

const rows = fc.array(
  fc.record({
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    label: fc.constantFrom(0, 1),
    previous: fc.constantFrom(-1, 0, 1),
  }),
  { maxLength: 60 },
);

describe('classification quality', () => {
  // Golden: scikit-learn 1.9.1 (confusion_matrix, precision_score, …); temporal kappa by its formula in numpy 2.4.6.
  test('agrees with scikit-learn', () => {
    const read = readOf(followed);
    expect(read.count).toBe(400);
    expect(read.accuracy.estimate).toBe(0.705);
    expect(read.precision.estimate).toBeCloseTo(0.7106598984771574, 14);
    expect(read.recall.estimate).toBeCloseTo(0.6965174129353234, 14);
    expect(read.specificity.estimate).toBeCloseTo(142 / 199, 14);
    expect(read.f1).toBeCloseTo(0.7035175879396985, 14);
    expect(read.balancedAccuracy).toBeCloseTo(0.7050426260656517, 14);
    expect(read.matthews).toBeCloseTo(0.410126267834367, 14);
    expect(read.kappa).toBeCloseTo(0.41004424668149886, 14);
    expect(read.temporalKappa).toBeCloseTo(0.5617977528089887, 14);
    // Golden: scipy 1.17.1, binomtest(282, 400).proportion_ci(method='wilson').
    expect(read.accuracy.lower).toBeCloseTo(0.658528950995276, 12);
    expect(read.accuracy.upper).toBeCloseTo(0.7475710083276624, 12);
  });

  test('one state is read at any threshold', () => {
    const state = labelledScores.initial();
    for (const row of golden) labelledScores.step(state, row);
    for (const threshold of [0.2, 0.5, 0.8]) {
      const found = confusionAt(state, threshold);
      const near = (p: number) => Math.abs(p - threshold) < 0.25 / 32;
      const hits = golden.filter(({ probability: p, label }) => p >= threshold && label === 1);
      const close = golden.filter(({ probability }) => near(probability)).length;
      expect(Math.abs(found.truePositives - hits.length)).toBeLessThanOrEqual(close);
      expect(found.truePositives + found.falseNegatives).toBe(201);
    }
  });

  test('keeps bounds, and merges bit for bit however rows were split', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.nat(3), { maxLength: 20 }), (all, places) => {
        const whole = classificationQuality.initial();
        for (const row of all) classificationQuality.step(whole, row);
        expect(mergedIn(classificationQuality, all, places)).toEqual(whole);
        const read = classificationQuality.read(whole)(options);
        for (const { estimate, lower, upper } of [read.accuracy, read.precision, read.recall]) {
          expect(lower >= 0 && upper <= 1 && lower <= upper).toBe(true);
          if (!Number.isNaN(estimate)) expect(lower <= estimate && estimate <= upper).toBe(true);
        }
        for (const figure of [read.matthews, read.kappa]) {
          if (!Number.isNaN(figure)) expect(Math.abs(figure)).toBeLessThanOrEqual(1 + 1e-12);
        }
        if (!Number.isNaN(read.temporalKappa)) expect(read.temporalKappa).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });

  test('repeating the label before earns no temporal kappa, however often it is right', () => {
    const random = randomState(3);
    let label = 0;
    const lazy = Array.from({ length: 5_000 }, () => {
      const previous = label;
      if (draw(random).probability < 0.2) label = 1 - label;
      return { probability: previous === 1 ? 0.9 : 0.1, label, previous };
    });
    const read = readOf(lazy);
    expect(read.accuracy.estimate).toBeGreaterThan(0.85);
    expect(read.kappa).toBeGreaterThan(0.7);
    expect(read.temporalKappa).toBeCloseTo(0, 12);
  });

  // The promise of the intervals, for a recall with few ones.
  test('95 percent of the intervals of recall hold the true one', () => {
    const random = randomState(4);
    // True recall at ½: by a large sample.
    const truth = readOf(
      Array.from({ length: 200_000 }, () => ({ ...draw(random, { mean: -1 }), previous: -1 })),
    ).recall.estimate;
    let covered = 0;
    const windows = 400;
    for (let window = 0; window < windows; window += 1) {
      const { lower, upper } = readOf(
        Array.from({ length: 150 }, () => ({ ...draw(random, { mean: -1 }), previous: -1 })),
      ).recall;
      if (lower <= truth && truth <= upper) covered += 1;
    }
    expect(Math.abs(covered / windows - 0.95)).toBeLessThan(3 * Math.sqrt(0.0475 / windows));
  });

  test('refuses what is no probability or no label, and changes nothing', () => {
    const state = classificationQuality.initial();
    const step = (probability: number, label: number, previous: number) => () =>
      classificationQuality.step(state, { probability, label, previous });
    expect(step(-0.1, 0, 0)).toThrow('probability: expected in [0, 1], got -0.1');
    expect(step(Number.NaN, 0, 0)).toThrow('probability: expected in [0, 1], got NaN');
    expect(step(0.5, 0.5, 0)).toThrow('label: expected 0 or 1, got 0.5');
    expect(step(0.5, 1, 2)).toThrow('previous: expected 0, 1 or -1, got 2');
    expect(state).toEqual(classificationQuality.initial());
  });
});
