import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sigmoid } from '../../../models/features.ts';
import { diagonalLogistic } from '../../../models/linear/diagonalLogistic.ts';
import {
  type GaussianPosterior,
  meanOf,
  varianceOf,
} from '../../../models/linear/gaussianPosterior.ts';
import { expectedLabel, modeScore } from '../../../models/linear/logisticStep.ts';
import { onlineLogistic } from '../../../models/linear/onlineLogistic.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { featuresAt } from './observations.ts';

const probe = Float64Array.of(1, 0.5, -0.25);
const truth = [-0.5, 1, -1, 0.5];

function labelAt(t: number): number {
  return (t * 7) % 10 < 5 ? 1 : 0;
}

/** Labels drawn from the truth, as many as wanted. */
function drawLabelled(count: number, seed: number): { x: Float64Array; label: number }[] {
  const random = randomState(seed);
  return Array.from({ length: count }, () => {
    const x = Float64Array.from(truth, (_, i) => (i === 0 ? 1 : normal(random)));
    const score = truth.reduce((sum, weight, i) => sum + weight * x[i]!, 0);
    return { x, label: uniform(random) < sigmoid(score) ? 1 : 0 };
  });
}

/** Distance of two means in standard deviations of the first, root mean square over the directions. */
function distance({ factor, weights }: GaussianPosterior, other: ArrayLike<number>): number {
  let sum = 0;
  const size = weights.length;
  for (let j = 0; j < size; j += 1) {
    let component = 0;
    for (let i = j; i < size; i += 1) {
      component += factor[(i * (i + 1)) / 2 + j]! * (weights[i]! - other[i]!);
    }
    sum += component * component;
  }
  return Math.sqrt(sum / size);
}

describe('modeScore', () => {
  test('follows the label, less than half-way', () => {
    expect(modeScore(0, 1, 1)).toBeCloseTo(0.4011, 4);
    expect(modeScore(0, 1, 0)).toBeCloseTo(-0.4011, 4);
  });

  test('is the root of its equation, and lies between the mean and where the label pulls', () => {
    const input = [
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: 0, max: 1e4, noNaN: true }),
      fc.integer({ min: 0, max: 1 }),
    ] as const;
    fc.assert(
      fc.property(...input, (mean, pull, label) => {
        const score = modeScore(mean, pull, label);
        const excess = score - mean - pull * (label - sigmoid(score));
        expect(Math.abs(excess)).toBeLessThan(1e-10 * (1 + pull + Math.abs(mean)));
        expect(label === 1 ? score >= mean : score <= mean).toBe(true);
      }),
    );
  });
});

describe('onlineLogistic', () => {
  // Golden: Python transcription, the mode by scipy brentq, the covariance by numpy inv; λ = 0.5.
  test('agrees with the filter in Python', () => {
    const model = onlineLogistic(3, { ridge: 0.5, halfLifeMs: Infinity });
    const row = new Float64Array(model.width);
    for (let t = 0; t < 20; t += 1) model.learn(row, 0, featuresAt(t, 3), labelAt(t), 1, t);
    const posterior = model.posterior(row, 0, 20);
    const expected = [0.006570068566853618, 0.10017807607658341, -0.3038406300056925];
    for (const [i, weight] of expected.entries()) {
      expect(posterior.weights[i]).toBeCloseTo(weight, 11);
    }
    expect(varianceOf(posterior, probe)).toBeCloseTo(0.3186183000048361, 11);
    // What is kept beside the sums says the same.
    expect(model.mean(row, 0, probe)).toBeCloseTo(meanOf(posterior, probe), 11);
    expect(model.variance(row, 0, probe)).toBeCloseTo(varianceOf(posterior, probe), 11);
  });

  test('faded to nothing it is the prior again', () => {
    const model = onlineLogistic(3, { ridge: 2, halfLifeMs: 1_000 });
    const row = new Float64Array(model.width);
    for (let t = 0; t < 300; t += 1) model.learn(row, 0, featuresAt(t, 3), labelAt(t), 1, 400 * t);
    const posterior = model.posterior(row, 0, 400 * 300 + 100_000);
    expect(meanOf(posterior, probe)).toBeCloseTo(0, 12);
    expect(varianceOf(posterior, probe)).toBeCloseTo((1 + 0.25 + 0.0625) / 2, 12);
  });

  test('refuses a label that is none, and changes nothing', () => {
    const model = onlineLogistic(1, { ridge: 1, halfLifeMs: Infinity });
    const row = new Float64Array(model.width);
    const learn = (x: number, label: number) => () =>
      model.learn(row, 0, Float64Array.of(x), label, 1, 0);
    expect(learn(1, 2)).toThrow('reward: expected in [0, 1], got 2');
    expect(learn(NaN, 1)).toThrow('x[0]: expected finite, got NaN');
    learn(1, 1)();
    expect(row.every(Number.isFinite)).toBe(true);
  });

  // What a merge costs, as its head says: means over 8 repetitions.
  test.each([
    [400, 2, 0.2],
    [4_000, 2, 0.2],
    [4_000, 8, 0.6],
  ])(
    'of %i observations in %i parts, the merged mode is within %f deviations',
    (count, parts, limit) => {
      const model = onlineLogistic(truth.length, { ridge: 1, halfLifeMs: Infinity });
      let sum = 0;
      const repetitions = 8;
      for (let seed = 0; seed < repetitions; seed += 1) {
        const one = new Float64Array(model.width);
        const rows = Array.from({ length: parts }, () => new Float64Array(model.width));
        for (const [n, { x, label }] of drawLabelled(count, seed).entries()) {
          model.learn(one, 0, x, label, 1, 0);
          model.learn(rows[n % parts]!, 0, x, label, 1, 0);
        }
        for (const row of rows.slice(1)) model.merge(rows[0]!, 0, row, 0);
        sum += distance(model.posterior(one, 0, 0), model.posterior(rows[0]!, 0, 0).weights);
      }
      expect(sum / repetitions).toBeLessThan(limit);
      expect(sum / repetitions).toBeGreaterThan(limit / 10); // and it is an approximation
    },
  );

  // The promise: the belief covers the truth as often as it says.
  test('the mode lies about one deviation from the truth', () => {
    const model = onlineLogistic(truth.length, { ridge: 1, halfLifeMs: Infinity });
    let squares = 0;
    const repetitions = 60;
    for (let seed = 100; seed < 100 + repetitions; seed += 1) {
      const row = new Float64Array(model.width);
      for (const { x, label } of drawLabelled(1_000, seed)) model.learn(row, 0, x, label, 1, 0);
      squares += distance(model.posterior(row, 0, 0), truth) ** 2;
    }
    // χ² of 240 degrees over 240: 1 ± 0.09.
    expect(squares / repetitions).toBeGreaterThan(0.7);
    expect(squares / repetitions).toBeLessThan(1.4);
  });
});

describe('diagonalLogistic', () => {
  // Golden: the same transcription, algorithm 3 with batches of one.
  test('agrees with algorithm 3 in Python', () => {
    const model = diagonalLogistic(3, { ridge: 0.5, halfLifeMs: Infinity });
    const row = new Float64Array(model.width);
    for (let t = 0; t < 20; t += 1) model.learn(row, 0, featuresAt(t, 3), labelAt(t), 1, t);
    const { weights, covariance } = model.posterior(row, 0, 20);
    const means = [0.019390718883153732, 0.06755146816434018, -0.32716052986652];
    const precisions = [5.292673075729393, 2.803176803734823, 2.7485099699263773];
    for (let i = 0; i < 3; i += 1) {
      expect(weights[i]).toBeCloseTo(means[i]!, 12);
      expect(1 / covariance[i]!).toBeCloseTo(precisions[i]!, 11);
    }
  });

  test('merging adds precisions and averages means by them', () => {
    const model = diagonalLogistic(3, { ridge: 1e-9, halfLifeMs: 1_000 });
    const learn = (from: number) => {
      const row = new Float64Array(model.width);
      for (let t = from; t < from + 40; t += 1) {
        model.learn(row, 0, featuresAt(t, 3), labelAt(t), 1, 1_000 * t);
      }
      return row;
    };
    const early = learn(0);
    const late = learn(30);
    const time = 80_000;
    const parts = [early, late].map((row) => model.posterior(row, 0, time));
    model.merge(early, 0, late, 0);
    const merged = model.posterior(early, 0, time);
    for (let i = 0; i < 3; i += 1) {
      const precisions = parts.map(({ covariance }) => 1 / covariance[i]! - 1e-9);
      const total = precisions[0]! + precisions[1]! + 1e-9;
      expect(1 / merged.covariance[i]!).toBeCloseTo(total, 8);
      const mean =
        (parts[0]!.weights[i]! / parts[0]!.covariance[i]! +
          parts[1]!.weights[i]! / parts[1]!.covariance[i]!) /
        total;
      expect(merged.weights[i]).toBeCloseTo(mean, 8);
    }
  });

  test('learns what the whole covariance learns, less sharply', () => {
    const options = { ridge: 1, halfLifeMs: Infinity };
    const diagonal = diagonalLogistic(truth.length, options);
    const row = new Float64Array(diagonal.width);
    for (const { x, label } of drawLabelled(5_000, 1)) diagonal.learn(row, 0, x, label, 1, 0);
    const { weights } = diagonal.posterior(row, 0, 0);
    for (const [i, weight] of truth.entries()) {
      expect(Math.abs(weights[i]! - weight)).toBeLessThan(0.15);
    }
    expect(() => diagonal.learn(row, 0, Float64Array.of(1, NaN, 0, 0), 1, 1, 0)).toThrow(
      'x: expected finite features',
    );
  });
});

describe.each([
  ['onlineLogistic', onlineLogistic],
  ['diagonalLogistic', diagonalLogistic],
] as const)('%s', (_, create) => {
  test('an observation that is a million half-lives late changes nothing but the count', () => {
    const model = create(2, { ridge: 1, halfLifeMs: 1_000 });
    const row = new Float64Array(model.width);
    const x = Float64Array.of(1, -2);
    const now = 2e12;
    model.learn(row, 0, x, 1, 1, now);
    const before = model.posterior(row, 0, now);
    model.learn(row, 0, Float64Array.of(3, 1), 0, 1, now - 1e9);
    const after = model.posterior(row, 0, now);
    expect(row[0]).toBe(2);
    for (let i = 0; i < 2; i += 1) expect(after.weights[i]).toBeCloseTo(before.weights[i]!, 12);
    expect(row.every(Number.isFinite)).toBe(true);
  });
});

describe('expectedLabel', () => {
  // Golden: scipy quad of σ(s) against the normal density.
  test.each([
    [0, 1, 0.5],
    [1, 1, 0.6967346701436938],
    [2, 4, 0.7752002453966634],
    [-3, 9, 0.19438573608839077],
  ])('of N(%f, %f) is near the integral', (mean, variance, integral) => {
    expect(Math.abs(expectedLabel(mean, variance) - integral)).toBeLessThan(0.004);
  });
});
