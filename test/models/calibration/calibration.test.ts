import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Calibration, calibrate } from '../../../models/calibration/calibration.ts';
import { fitBeta } from '../../../models/calibration/fitBeta.ts';
import { fitIsotonic, slopeMax } from '../../../models/calibration/fitIsotonic.ts';
import { fitPlatt } from '../../../models/calibration/fitPlatt.ts';
import type { HeldOut } from '../../../models/calibration/heldOut.ts';
import { calibrators } from '../../../models/calibration/registry.ts';
import { sigmoid } from '../../../models/features.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

/** Two hundred scores by formula, with labels that follow 1.5 s − 0.5. */
const t = Array.from({ length: 200 }, (_, i) => i);
const scores = Float64Array.from(t, (i) => Math.sin(i * 1.7) * 3);
const golden: HeldOut = {
  scores,
  labels: Float64Array.from(t, (i) =>
    Number((i * i * 13 + 7 * i) % 100 < 100 * sigmoid(1.5 * scores[i]! - 0.5)),
  ),
};

/** Labels that fall and rise again: ln p alone would have a negative weight. */
const bent: HeldOut = {
  scores,
  labels: Float64Array.from(t, (i) => {
    const p = sigmoid(scores[i]!);
    const rate = 0.45 + (p > 0.8 ? 0.5 : 0) - (p > 0.15 && p < 0.6 ? 0.25 : 0);
    return Number((i * 29 + 11) % 100 < 100 * Math.min(1, Math.max(0, rate)));
  }),
};

/** Scores whose true probability is what `truth` makes of them. */
function drawn(count: number, seed: number, truth: (score: number) => number): HeldOut {
  const random = randomState(seed);
  const drawnScores = Float64Array.from({ length: count }, () => 1.5 * normal(random));
  const labels = drawnScores.map((score) => Number(uniform(random) < truth(score)));
  return { scores: drawnScores, labels };
}

function meanOff(calibration: Calibration, truth: (score: number) => number): number {
  let sum = 0;
  for (let i = 0; i < 200; i += 1) {
    const score = -3 + (6 * i) / 199;
    sum += Math.abs(calibrate(calibration, score) - truth(score)) / 200;
  }
  return sum;
}

describe('fitPlatt', () => {
  // Golden: scikit-learn 1.9.1, calibration._SigmoidCalibration, which stops at a gradient of 1e-5 or so.
  test('agrees with the reference', () => {
    const { slope, offset } = fitPlatt(golden);
    expect(slope).toBeCloseTo(1.2116144674393374, 4);
    expect(offset).toBeCloseTo(-0.2896251010030542, 4);
  });

  test('separable labels have a finite slope', () => {
    const labels = scores.map((score) => (score > 0 ? 1 : 0));
    const { slope } = fitPlatt({ scores, labels });
    expect(slope).toBeGreaterThan(2);
    expect(slope).toBeLessThan(1e3);
  });
});

describe('fitBeta', () => {
  // Golden: statsmodels 0.15.0, GLM(Binomial) on ln p and −ln(1 − p); betacal 1.1.0 agrees in four digits.
  test('agrees with the reference', () => {
    const { a, b, c } = fitBeta(golden);
    expect(a).toBeCloseTo(0.012380047092762858, 6);
    expect(b).toBeCloseTo(2.7856907083146054, 6);
    expect(c).toBeCloseTo(-2.835961391056495, 6);
  });

  // Golden: the same; both together would give ln p the weight −1.2556, so it is left out.
  test('leaves out what would fall', () => {
    const { a, b, c } = fitBeta(bent);
    expect(a).toBe(0);
    expect(b).toBeCloseTo(1.3269250030143294, 6);
    expect(c).toBeCloseTo(-0.9620858051883351, 6);
  });

  test('scores that tell nothing become the rate', () => {
    const labels = scores.map((score, i) => (i % 4 === 0 ? 1 : score > 2.5 ? 0 : 0));
    const flipped = fitBeta({ scores: scores.map((score) => -score), labels: golden.labels });
    expect(flipped).toMatchObject({ a: 0, b: 0 });
    const rate = golden.labels.reduce((sum, label) => sum + label, 0) / 200;
    expect(calibrate(flipped, 1)).toBeCloseTo(rate, 9);
    expect(fitBeta({ scores, labels }).a).toBeGreaterThanOrEqual(0);
  });
});

describe('fitIsotonic', () => {
  test('two levels become a line between their means', () => {
    const held = {
      scores: Float64Array.from({ length: 80 }, (_, i) => (i < 40 ? -1 : 1)),
      labels: Float64Array.from({ length: 80 }, (_, i) => Number(i % 4 === 0 || i >= 60)),
    };
    const calibration = fitIsotonic(held);
    expect([...calibration.to]).toEqual([0.25, 0.625]);
    expect([...calibration.from]).toEqual([sigmoid(-1), sigmoid(1)].map(Math.fround));
    expect(calibrate(calibration, 0)).toBeCloseTo(0.4375, 6);
    expect(calibrate(calibration, -5)).toBe(0.25);
    expect(calibrate(calibration, 5)).toBe(0.625);
  });

  test('a step between near scores becomes one level', () => {
    const near = Float64Array.from({ length: 400 }, (_, i) => 0.5 + (i < 200 ? 0 : 0.01));
    const labels = near.map((score, i) => Number(score > 0.5 ? i % 4 !== 0 : i % 4 === 0));
    const { from, to } = fitIsotonic({ scores: near, labels });
    expect([...from]).toEqual([0, 1]);
    expect([...to]).toEqual([0.5, 0.5]);
  });

  test('rises, stays within the labels, and is never too steep', () => {
    const label = fc.integer({ min: 0, max: 1 });
    const row = fc.tuple(fc.double({ min: -20, max: 20, noNaN: true }), label);
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 300 }), (rows) => {
        const labels = Float64Array.from(rows, ([, y]) => y);
        if (!labels.includes(0) || !labels.includes(1)) return;
        const { from, to } = fitIsotonic({ scores: Float64Array.from(rows, ([s]) => s), labels });
        expect(from.length).toBeGreaterThanOrEqual(2);
        for (let i = 1; i < from.length; i += 1) {
          expect(from[i]).toBeGreaterThan(from[i - 1]!);
          expect(to[i]).toBeGreaterThanOrEqual(to[i - 1]!);
          const slope = (to[i]! - to[i - 1]!) / (from[i]! - from[i - 1]!);
          expect(slope).toBeLessThanOrEqual(slopeMax * 1.01);
        }
        expect(Math.min(...to)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...to)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe.each(Object.entries(calibrators))('%s', (name, { fit }) => {
  test('leaves scores that are right nearly as they are', () => {
    expect(meanOff(fit(drawn(20_000, 1, sigmoid)), sigmoid)).toBeLessThan(0.02);
  });

  test('mends scores that are too sure', () => {
    const truth = (score: number) => sigmoid(0.4 * score + 0.3);
    const before = meanOff({ kind: 'platt', slope: 1, offset: 0 }, truth);
    expect(before).toBeGreaterThan(0.15);
    expect(meanOff(fit(drawn(20_000, 2, truth)), truth)).toBeLessThan(0.03);
  });

  test('mends what bends at one end, if it can', () => {
    const truth = (score: number) => sigmoid(score) ** 3;
    const off = meanOff(fit(drawn(20_000, 3, truth)), truth);
    expect(off).toBeLessThan(name === 'platt' ? 0.1 : 0.02);
  });

  test('a row of weight two counts as two rows', () => {
    const twice = <T>(list: ArrayLike<T>) => [...Array.from(list), ...Array.from(list)];
    const { labels } = golden;
    const a = fit({ scores, labels, weights: new Float64Array(200).fill(2) });
    const b = fit({
      scores: Float64Array.from(twice(scores)),
      labels: Float64Array.from(twice(labels)),
    });
    for (const score of [-2, 0, 2]) {
      expect(calibrate(a, score)).toBeCloseTo(calibrate(b, score), name === 'isotonic' ? 1 : 6);
    }
  });

  test.each([
    ['one class', { scores, labels: new Float64Array(200) }, 'rows of both classes are needed'],
    ['no rows', { scores: new Float64Array(0), labels: new Float64Array(0) }, 'both classes'],
    ['other lengths', { scores, labels: new Float64Array(3) }, 'expected 3 scores, got 200'],
    ['a score that is none', { scores: scores.map(() => NaN), labels: golden.labels }, 'got NaN'],
    ['labels between', { scores, labels: golden.labels.map(() => 0.5) }, 'expected 0 or 1'],
  ])('refuses %s', (_, held, message) => {
    expect(() => fit(held)).toThrow(
      expect.objectContaining({
        code: 'TRAINING_IMPOSSIBLE',
        message: expect.stringContaining(message),
      }),
    );
  });
});
