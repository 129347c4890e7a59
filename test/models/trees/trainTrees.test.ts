import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../contracts/canonicalJson.ts';
import { cancelFlag } from '../../../models/training/control.ts';
import { predictRow, rawScore } from '../../../models/training/trainedModel.ts';
import type { Task, TrainingSet } from '../../../models/training/trainingSet.ts';
import { trainTrees } from '../../../models/trees/trainTrees.ts';
import { rankAuc } from '../../../stats/rankAuc.ts';
import { drawSet, truthOf } from '../../support/trainingRows.ts';

const few = { learningRate: 0.1, rounds: 20, validationShare: 0 };

function aucOf(trained: ReturnType<typeof trainTrees>, set: TrainingSet): number {
  const predict = predictRow(trained);
  const width = set.features.length;
  const scores = Float64Array.from(set.labels, (_, row) => predict(set.values, row * width));
  return rankAuc(scores, set.labels);
}

function hashOf({ trees }: ReturnType<typeof trainTrees>): string {
  const plain = Object.fromEntries(
    Object.entries(trees).map(([key, value]) => [
      key,
      typeof value === 'number' ? value : Array.from(value as Float32Array, String),
    ]),
  );
  return createHash('sha256').update(canonicalJson(plain)).digest('hex');
}

/** Three hundred rows by formula, with labels of both kinds and weights 1 to 3. */
function goldenSet(task: Task, isMissing: boolean, isWeighted: boolean): TrainingSet {
  const rows = 300;
  const values = new Float32Array(rows * 3);
  const labels = new Float64Array(rows);
  for (let t = 0; t < rows; t += 1) {
    const a = isMissing && (t * 3) % 10 === 0 ? NaN : (t * 7) % 11;
    const b = isMissing && (t * 11) % 7 === 0 ? NaN : ((t * t) % 13) / 4;
    const c = ((t * 5 + Math.floor(t / 7)) % 17) / 8;
    values.set([a, b, c], 3 * t);
    const [x, y] = [Number.isNaN(a) ? 9 : a, Number.isNaN(b) ? 2 : b];
    labels[t] =
      task === 'binary'
        ? Number((t * t * 7 + t * 3 + Math.floor(t / 5)) % 10 < 3 + x / 2 - y)
        : 0.5 * x - y * c + (t % 5) / 10;
  }
  const features = ['a', 'b', 'c'].map((name) => ({ name, kind: 'numeric' }) as const);
  const weights = isWeighted ? Float64Array.from(labels, (_, t) => 1 + (t % 3)) : undefined;
  return { task, features, values, labels, ...(weights === undefined ? {} : { weights }) };
}

describe('trainTrees', () => {
  // Golden: LightGBM 4.7.0 with the same parameters, raw scores of six rows and of all. Its gradients are float32, ours are packed.
  test.each([
    [
      'binary',
      false,
      true,
      [-0.421974868, 0.636510222, -0.871723412, 0.300009658, 0.636510222, 0.719279972],
      -128.559375646,
    ],
    [
      'regression',
      false,
      false,
      [0.47064153, 2.442082658, 0.911183145, 3.19431142, 2.442082658, 1.120493768],
      364.288134907,
    ],
    [
      'binary',
      true,
      false,
      [0.324172929, 0.631641818, -0.761521162, 0.744402906, 0.744402906, 0.392244104],
      -92.218420944,
    ],
    [
      'regression',
      true,
      true,
      [3.244772477, 2.397741853, 0.79240971, 3.244772477, 3.027620782, 1.191057908],
      414.898350113,
    ],
  ] as const)(
    'grows the trees of LightGBM: %s, missing %s, weighted %s',
    (task, isMissing, isWeighted, expected, sum) => {
      const set = goldenSet(task, isMissing, isWeighted);
      const options = { rounds: 5, leaves: 8, learningRate: 0.2, childRows: 5, validationShare: 0 };
      const score = rawScore(trainTrees(set, options));
      const scores = Array.from(set.labels, (_, row) => score(set.values, row * 3));
      for (const [i, row] of [0, 1, 2, 50, 100, 299].entries()) {
        expect(Math.abs(scores[row]! - expected[i]!)).toBeLessThan(1e-5);
      }
      expect(scores.reduce((total, each) => total + each, 0)).toBeCloseTo(sum, 2);
    },
  );

  test('one tree of two leaves is the best cut of all, with the values of Newton', () => {
    // By hand: p = 1/2, so g = ∓1/2 and h = 1/4; the cut is between 2 and 3; λ = 1.
    const values = Float32Array.of(1, 2, 3, 4);
    const set: TrainingSet = {
      task: 'binary',
      features: [{ name: 'x', kind: 'numeric' }],
      values,
      labels: Float64Array.of(0, 0, 1, 1),
    };
    const options = { rounds: 1, leaves: 2, childRows: 1, validationShare: 0, learningRate: 1 };
    const { trees } = trainTrees(set, options);
    expect(trees.thresholds).toEqual(Float32Array.of(2.5));
    const value = 1 / (0.5 + 1);
    expect(trees.leaves).toEqual(Float32Array.of(-value, value));
    expect(trees.start).toBe(0);
  });

  test('finds the truth: far better than chance, near what the truth itself reaches', () => {
    const set = drawSet({ rows: 5_000, missing: 0.05, categorical: [12] });
    const fresh = drawSet({ rows: 3_000, missing: 0.05, categorical: [12], seed: 2 });
    const width = set.features.length;
    const best = rankAuc(
      Float64Array.from(fresh.labels, (_, row) => {
        const at = row * width;
        const truth = truthOf(fresh.values, at, 5, width);
        return Number.isNaN(truth) ? 0 : truth;
      }),
      fresh.labels,
    );
    const auc = aucOf(trainTrees(set, { learningRate: 0.1, rounds: 50 }), fresh);
    expect(auc).toBeGreaterThan(0.7);
    expect(auc).toBeGreaterThan(best - 0.04);
  });

  test('learns numbers', () => {
    const set = drawSet({ rows: 3_000, task: 'regression' });
    const fresh = drawSet({ rows: 1_000, task: 'regression', seed: 2 });
    const trained = trainTrees(set, { learningRate: 0.1, rounds: 80 });
    const score = rawScore(trained);
    let squares = 0;
    for (let row = 0; row < 1_000; row += 1) {
      squares += (score(fresh.values, row * 5) - fresh.labels[row]!) ** 2 / 1_000;
    }
    // The noise alone is 0.09; without any model it would be about 1.8.
    expect(squares).toBeLessThan(0.25);
  });

  test('half the rows and half the features for each tree do nearly as well', () => {
    const set = drawSet({ rows: 2_000 });
    const fresh = drawSet({ rows: 2_000, seed: 2 });
    const all = aucOf(trainTrees(set, few), fresh);
    const half = aucOf(trainTrees(set, { ...few, rowShare: 0.5, featureShare: 0.6 }), fresh);
    expect(half).toBeGreaterThan(all - 0.03);
    // Rows that a tree has not seen are moved by it all the same: else the first tree is grown again and again.
    const spread = (rounds: number) => {
      const { trees } = trainTrees(set, { ...few, rowShare: 0.5, rounds });
      const score = rawScore({ kind: 'trees', task: 'binary', trees });
      return Math.max(...Array.from(set.labels, (_, row) => Math.abs(score(set.values, row * 5))));
    };
    expect(spread(100)).toBeLessThan(5 * spread(10));
  });

  test('the same rows and seed give the same bytes, another seed others', () => {
    const set = drawSet({ rows: 2_000, missing: 0.1, categorical: [40] });
    const options = { ...few, rowShare: 0.7, featureShare: 0.7 };
    const first = hashOf(trainTrees(set, options));
    expect(hashOf(trainTrees(set, options))).toBe(first);
    expect(hashOf(trainTrees(set, { ...options, seed: 2 }))).not.toBe(first);
  });

  test('a row of weight two counts as two rows', () => {
    const set = drawSet({ rows: 500 });
    const doubled: TrainingSet = {
      ...set,
      values: Float32Array.from([...set.values, ...set.values]),
      labels: Float64Array.from([...set.labels, ...set.labels]),
    };
    const weights = new Float64Array(500).fill(2);
    // The least rows of a leaf are told from its second derivative: twice as many there.
    const a = trainTrees({ ...set, weights }, { ...few, rounds: 5, childRows: 10 });
    const b = trainTrees(doubled, { ...few, rounds: 5, childRows: 20 });
    expect(a.trees.thresholds).toEqual(b.trees.thresholds);
    for (const [i, leaf] of a.trees.leaves.entries())
      expect(leaf).toBeCloseTo(b.trees.leaves[i]!, 5);
  });

  test('rows of weight zero are as if they were not there', () => {
    const set = drawSet({ rows: 600 });
    const weights = new Float64Array(600).fill(1, 0, 400);
    const a = trainTrees({ ...set, weights }, { ...few, rounds: 5, bins: 255 });
    const labels = set.labels.slice();
    labels.fill(1, 400);
    const b = trainTrees({ ...set, labels, weights }, { ...few, rounds: 5, bins: 255 });
    expect(hashOf(a)).toBe(hashOf(b));
  });

  test('what is missing goes where it belongs', () => {
    // Missing rows are like the high ones, so they must not go with the low ones.
    const rows = 400;
    const values = Float32Array.from({ length: rows }, (_, i) => (i % 4 === 0 ? NaN : i % 4));
    const labels = Float64Array.from({ length: rows }, (_, i) =>
      i % 4 === 0 || i % 4 === 3 ? 1 : 0,
    );
    const features = [{ name: 'x', kind: 'numeric' }] as const;
    const trained = trainTrees({ task: 'binary', features, values, labels }, few);
    const predict = predictRow(trained);
    const at = (x: number) => predict(Float32Array.of(x), 0);
    expect(at(NaN)).toBeGreaterThan(0.9);
    expect(at(3)).toBeGreaterThan(0.9);
    expect(at(1)).toBeLessThan(0.1);
    expect(at(2)).toBeLessThan(0.1);
  });

  test('codes are sets, not numbers; a code never seen is as a rare one', () => {
    const rows = 3_000;
    const values = Float32Array.from({ length: rows }, (_, i) => (i * 7) % 30);
    const labels = Float64Array.from(values, (code) => (code % 3 === 0 ? 1 : 0));
    const features = [{ name: 'x', kind: 'categorical' }] as const;
    const set = { task: 'binary', features, values, labels } as const;
    const trained = trainTrees(set, { rounds: 20, leaves: 2, validationShare: 0 });
    expect(aucOf(trained, set)).toBe(1);
    const predict = predictRow(trained);
    expect(predict(Float32Array.of(31), 0)).toBe(predict(Float32Array.of(NaN), 0));
  });

  test('a monotone feature never lowers the prediction', () => {
    const set = drawSet({ rows: 2_000, missing: 0.02 });
    const features = set.features.map((feature, i) =>
      i === 0 ? ({ ...feature, monotone: 1 } as const) : feature,
    );
    const rises = (trained: ReturnType<typeof trainTrees>) => {
      const score = rawScore(trained);
      let falls = 0;
      for (let row = 0; row < 100; row += 1) {
        const x = set.values.slice(row * 5, row * 5 + 5);
        let before = -Infinity;
        for (let value = -3; value <= 3; value += 0.1) {
          x[0] = value;
          const now = score(x, 0);
          if (now < before) falls += 1;
          before = now;
        }
      }
      return falls;
    };
    expect(rises(trainTrees(set, few))).toBeGreaterThan(0);
    expect(rises(trainTrees({ ...set, features }, few))).toBe(0);
    const falling = features.map((feature, i) =>
      i === 0 ? ({ ...feature, monotone: -1 } as const) : feature,
    );
    const score = rawScore(trainTrees({ ...set, features: falling }, few));
    expect(score(Float32Array.of(2, 0, 0, 0, 0), 0)).toBeLessThanOrEqual(
      score(Float32Array.of(-2, 0, 0, 0, 0), 0),
    );
  });

  test('it stops when the latest rows get no better, and keeps the best', () => {
    const set = drawSet({ rows: 1_500 });
    const options = { rounds: 2_000, learningRate: 0.3, patience: 10 };
    const { losses, trees } = trainTrees(set, options);
    expect(losses.length).toBeLessThan(2_000);
    const best = losses.indexOf(Math.min(...losses));
    expect(trees.roots.length).toBe(best + 1);
    expect(losses.length).toBe(best + 11);
    // What is left is whole: the same as a training that ends there.
    expect(hashOf(trainTrees(set, { ...options, rounds: best + 1 }))).toBe(
      hashOf({ ...trainTrees(set, options) }),
    );
  });

  test('limits hold: leaves, depth, rows of a leaf', () => {
    const set = drawSet({ rows: 2_000, task: 'regression' });
    const { trees } = trainTrees(set, { ...few, leaves: 50, depth: 3 });
    expect(trees.leaves.length).toBeLessThanOrEqual(8 * trees.roots.length);
    const counts = new Map<number, number>();
    const wide = trainTrees(set, { ...few, rounds: 1, leaves: 100, childRows: 50 }).trees;
    for (let row = 0; row < 2_000; row += 1) {
      let node = 0;
      while (node >= 0) {
        const x = set.values[row * 5 + wide.features[node]!]!;
        node = x <= wide.thresholds[node]! ? wide.yes[node]! : wide.no[node]!;
      }
      counts.set(node, (counts.get(node) ?? 0) + 1);
    }
    expect(counts.size).toBe(wide.leaves.length);
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(50);
  });

  test('importance is where the truth is, and adds up to one', () => {
    const { importance } = trainTrees(drawSet({ rows: 4_000 }), few);
    expect(importance.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(importance[4]).toBeLessThan(Math.min(...importance.subarray(0, 4)));
  });

  test('tells how far it is, and stops when told to', () => {
    const flag = cancelFlag();
    const rounds: number[] = [];
    const train = () =>
      trainTrees(
        drawSet({ rows: 500 }),
        { rounds: 50 },
        {
          onProgress: ({ round }) => {
            rounds.push(round);
            if (round === 3) cancelFlag(flag.buffer).cancel();
          },
          isCancelled: flag.isCancelled,
        },
      );
    expect(train).toThrow(expect.objectContaining({ code: 'TRAINING_CANCELLED' }));
    expect(rounds).toEqual([1, 2, 3]);
  });

  test('unknown or senseless parameters are refused', () => {
    const set = drawSet({ rows: 100 });
    expect(() => trainTrees(set, { bins: 300 })).toThrow('bins: expected an integer in [4, 255]');
    expect(() => trainTrees(set, { leaves: 1 })).toThrow(RangeError);
  });
});
