import { describe, expect, test } from 'vitest';
import { sigmoid } from '../../../models/features.ts';
import { clusteredCalibration } from '../../../stats/cluster/clusteredCalibration.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

interface Made {
  predicted: Float64Array;
  labels: Float64Array;
  clusters: Int32Array;
}

/** Users differ from what is known of them by `spread` logits; on average over users predictions are right where `slope` is 1. */
function rowsOf(seed: number, users: number, perUser: number, slope: number, spread = 0): Made {
  const random = randomState(seed);
  const rows = users * perUser;
  const made = {
    predicted: new Float64Array(rows),
    labels: new Float64Array(rows),
    clusters: new Int32Array(rows),
  };
  for (let user = 0, row = 0; user < users; user += 1) {
    const own = spread * (uniform(random) < 0.5 ? -1 : 1);
    for (let i = 0; i < perUser; i += 1, row += 1) {
      const logit = normal(random);
      // Half the users are above and half below: the mean of the two is what is true of all.
      const mean = (sigmoid(logit + spread) + sigmoid(logit - spread)) / 2;
      made.predicted[row] = sigmoid(slope * Math.log(mean / (1 - mean)));
      made.labels[row] = uniform(random) < sigmoid(logit + own) ? 1 : 0;
      made.clusters[row] = user;
    }
  }
  return made;
}

describe('clusteredCalibration', () => {
  // By hand: a third of the weight is off by 0.1, the others by 0.4.
  test('adds up how far groups are off, by weight; groups that share a score are one', () => {
    const found = clusteredCalibration(
      {
        predicted: Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.8, 0.8, 0.8, 0.8, 0.8),
        labels: [1, 0, 0, 0, 0, 1, 1, 0, 0, 0],
        clusters: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        weights: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2],
      },
      { alpha: 0.05, groups: 3 },
    );
    // 1/3 × |0.2 − 0.1| + 2/3 × |0.4 − 0.8|
    expect(found.estimate).toBeCloseTo(0.3, 12);
    expect(found.points.map(({ count }) => count)).toEqual([5, 5]);
    expect(found.points[1]!.observed.estimate).toBeCloseTo(0.4, 12);
    expect(found.clusters).toBe(10);
  });

  test('the same rows give the same figures, in any order', () => {
    const rows = rowsOf(5, 50, 10, 2);
    const once = clusteredCalibration(rows, { alpha: 0.05 });
    expect(clusteredCalibration(rows, { alpha: 0.05 })).toEqual(once);
    const turned = clusteredCalibration(
      {
        predicted: rows.predicted.toReversed(),
        labels: rows.labels.toReversed(),
        clusters: rows.clusters.toReversed(),
      },
      { alpha: 0.05 },
    );
    expect(turned.estimate).toBeCloseTo(once.estimate, 12);
  });

  test('of no rows nothing is known, nor of one user, nor of a group of one', () => {
    const empty = { predicted: new Float64Array(0), labels: [], clusters: [] };
    expect(clusteredCalibration(empty, { alpha: 0.05 })).toMatchObject({ lower: 0, upper: 1 });
    const one = { ...rowsOf(1, 1, 50, 1) };
    expect(clusteredCalibration(one, { alpha: 0.05 })).toMatchObject({ lower: 0, upper: 1 });
    // One user has all the high predictions, all of them wrong.
    const lone = clusteredCalibration(
      {
        predicted: Float64Array.of(0.5, 0.5, 0.5, 0.5, 0.99, 0.99, 0.99, 0.99),
        labels: [1, 0, 1, 0, 0, 0, 0, 0],
        clusters: [1, 2, 3, 4, 9, 9, 9, 9],
      },
      { alpha: 0.05, groups: 2 },
    );
    expect(lone.estimate).toBeCloseTo(0.495, 12);
    expect(lone.lower).toBe(0);
    expect(lone.upper).toBeGreaterThanOrEqual(0.5);
  });
});

// The promise: the lower bound is above the true error, here 0, in at most alpha of the samples; 200 of 60 users each.
test.each([
  ['independent rows', 0],
  ['users who differ', 1.5],
])(
  '%s: a calibrated model is rarely said to be off, though the error found never is 0',
  (_, spread) => {
    let said = 0;
    let error = 0;
    let noise = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const found = clusteredCalibration(rowsOf(seed, 60, 8, 1, spread), {
        alpha: 0.1,
        groups: 10,
      });
      if (found.lower > 0) said += 1;
      error += found.estimate / 200;
      noise += found.noise / 200;
    }
    expect(said / 200).toBeLessThan(0.1 + 4 * Math.sqrt((0.1 * 0.9) / 200));
    expect(said).toBeGreaterThan(0); // and it is not vacuous
    expect(error).toBeGreaterThan(0.03);
    expect(Math.abs(noise / error - 1)).toBeLessThan(0.1);
  },
);

test('a model whose scores are three times too large is told from few rows', () => {
  let said = 0;
  for (let seed = 1; seed <= 50; seed += 1) {
    const found = clusteredCalibration(rowsOf(seed, 100, 10, 3), { alpha: 0.05, groups: 10 });
    if (found.lower > 0.05) said += 1;
  }
  expect(said).toBeGreaterThan(45);
});
