import { describe, expect, test } from 'vitest';
import { adam } from '../../../models/batch/adam.ts';
import { descend } from '../../../models/batch/descend.ts';
import { fitEncoding } from '../../../models/batch/encoding.ts';
import { prepareRows } from '../../../models/batch/preparedRows.ts';
import { trainLinear } from '../../../models/batch/trainLinear.ts';
import { trainMachine } from '../../../models/batch/trainMachine.ts';
import { trainNetwork } from '../../../models/batch/trainNetwork.ts';
import { sigmoid } from '../../../models/features.ts';
import { meanLoss, objectives } from '../../../models/training/objective.ts';
import { predictRow, rawScore, type TrainedModel } from '../../../models/training/trainedModel.ts';
import { rowsOf, type TrainingSet } from '../../../models/training/trainingSet.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { rankAuc } from '../../../stats/rankAuc.ts';

/** Sixty rows by formula: two numbers and a code, labels of both kinds, weights 1 to 3. */
function goldenSet(task: TrainingSet['task']): TrainingSet {
  const t = Array.from({ length: 60 }, (_, i) => i);
  const first = (i: number) => (i * 7) % 11;
  const second = (i: number) => ((i * i) % 13) / 4;
  return {
    task,
    features: [
      { name: 'a', kind: 'numeric' },
      { name: 'b', kind: 'numeric' },
      { name: 'c', kind: 'categorical' },
    ],
    values: Float32Array.from(t.flatMap((i) => [first(i), second(i), (i * 5) % 3])),
    labels: Float64Array.from(t, (i) =>
      task === 'binary'
        ? Number((i * i * 7 + i) % 10 < 3 + first(i) / 2)
        : 0.5 * first(i) - second(i) + (i % 5) / 10,
    ),
    weights: Float64Array.from(t, (i) => 1 + (i % 3)),
  };
}

/** Labels that depend on products of pairs alone. */
function pairs(rows: number, seed: number): TrainingSet {
  const random = randomState(seed);
  const values = Float32Array.from({ length: rows * 4 }, () => normal(random));
  const labels = Float64Array.from({ length: rows }, (_, row) => {
    const x = (i: number) => values[row * 4 + i]!;
    return Number(uniform(random) < sigmoid(2 * x(0) * x(1) - 1.5 * x(2) * x(3)));
  });
  const features = [0, 1, 2, 3].map((i) => ({ name: `f${i}`, kind: 'numeric' }) as const);
  return { task: 'binary', features, values, labels };
}

function aucOf(model: TrainedModel, set: TrainingSet): number {
  const score = rawScore(model);
  const width = set.features.length;
  const scores = Float64Array.from(set.labels, (_, row) => score(set.values, row * width));
  return rankAuc(scores, set.labels);
}

describe('trainLinear', () => {
  // Golden: scikit-learn 1.9.1, LogisticRegression(C=1, solver='newton-cholesky', tol=1e-12), on columns standardized alike.
  test('agrees with logistic regression elsewhere', () => {
    const model = trainLinear(goldenSet('binary'), { ridge: 1 });
    const expected = [
      0.710470112174525, -0.08047342384910888, -0.07020024851800472, -0.004101873871851445,
      0.0743021223898559,
    ];
    for (const [i, weight] of expected.entries()) expect(model.weights[i]).toBeCloseTo(weight, 9);
    expect(model.bias).toBeCloseTo(0.2274075142886855, 9);
  });

  // Golden: scikit-learn 1.9.1, Ridge(alpha=1).
  test('agrees with ridge regression elsewhere, in one step', () => {
    const model = trainLinear(goldenSet('regression'), { ridge: 1 });
    const expected = [
      1.586478380353339, -1.0421180289576912, 0.001476151014281506, -0.0008497882235927507,
      -0.0006263627906811434,
    ];
    for (const [i, weight] of expected.entries()) expect(model.weights[i]).toBeCloseTo(weight, 9);
    expect(model.bias).toBeCloseTo(1.204152061214023, 9);
    expect(model.losses.length).toBeLessThanOrEqual(2);
  });

  test('separable classes have finite weights', () => {
    const values = Float32Array.from({ length: 200 }, (_, i) => i);
    const labels = Float64Array.from(values, (x) => (x < 100 ? 0 : 1));
    const features = [{ name: 'x', kind: 'numeric' }] as const;
    const model = trainLinear({ task: 'binary', features, values, labels }, { ridge: 1e-6 });
    expect(model.weights[0]).toBeGreaterThan(10);
    expect(Number.isFinite(model.weights[0])).toBe(true);
    expect(predictRow(model)(Float32Array.of(90), 0)).toBeLessThan(0.01);
  });

  test('values far from zero and tiny ones are alike to it', () => {
    const set = goldenSet('binary');
    const scaled = {
      ...set,
      values: set.values.map((x, i) => (i % 3 === 0 ? 4_096 + x : i % 3 === 1 ? x / 2 ** 20 : x)),
    };
    const one = trainLinear(set);
    const other = trainLinear(scaled);
    for (const [i, weight] of one.weights.entries())
      expect(other.weights[i]).toBeCloseTo(weight, 4);
  });

  test('too many columns are refused', () => {
    const features = Array.from({ length: 600 }, (_, i) => ({
      name: `f${i}`,
      kind: 'numeric' as const,
    }));
    const values = Float32Array.from({ length: 1_200 }, (_, i) => i % 7);
    const labels = Float64Array.of(0, 1);
    expect(() => trainLinear({ task: 'binary', features, values, labels })).toThrow('600 columns');
  });
});

describe('fitEncoding', () => {
  test('leaves out what does not vary, and rare codes', () => {
    const features = [
      { name: 'constant', kind: 'numeric' },
      { name: 'x', kind: 'numeric' },
      { name: 'code', kind: 'categorical' },
    ] as const;
    const values = Float32Array.from(
      Array.from({ length: 30 }, (_, i) => [
        5,
        i % 2 === 0 ? NaN : i,
        i < 12 ? 7 : i < 29 ? 3 : 99,
      ]).flat(),
    );
    const encoding = fitEncoding({
      task: 'binary',
      features,
      values,
      labels: new Float64Array(30),
    });
    expect([...encoding.numeric]).toEqual([1]);
    expect(encoding.centres[0]).toBe(15);
    expect([...encoding.codes]).toEqual([3, 7]);
  });
});

describe('adam', () => {
  // Golden: algorithm 1 by hand; the first step is the rate whatever the gradient, the second for gradients 3 and −1.
  test('agrees with the paper', () => {
    const optimizer = adam(1, 0.1, 0);
    const at = Float64Array.of(1);
    optimizer.step(at, Float64Array.of(3), new Uint8Array(1));
    expect(at[0]).toBeCloseTo(0.9, 8);
    optimizer.step(at, Float64Array.of(-1), new Uint8Array(1));
    const mean = (0.9 * 0.3 - 0.1) / (1 - 0.81);
    const square = (0.999 * 0.009 + 0.001) / (1 - 0.998001);
    expect(at[0]).toBeCloseTo(0.9 - (0.1 * mean) / Math.sqrt(square), 8);
  });
});

describe.each([
  ['trainMachine', trainMachine],
  ['trainNetwork', trainNetwork],
] as const)('%s', (_, train) => {
  const set = pairs(4_000, 1);
  const fresh = pairs(2_000, 2);
  const model = train(set, { rate: 0.01, epochs: 20 });

  test('learns what depends on pairs, which a line cannot', () => {
    expect(aucOf(trainLinear(set), fresh)).toBeLessThan(0.56);
    expect(aucOf(model, fresh)).toBeGreaterThan(0.8);
  });

  test('it is the best of all epochs on the latest rows, not the last', () => {
    const few = rowsOf(set, 0, 400);
    const fitted = train(few, { rate: 0.03, epochs: 200, patience: 5, decay: 0 });
    const best = Math.min(...fitted.losses);
    expect(fitted.losses.length).toBeLessThan(200);
    expect(fitted.losses.at(-1)).toBeGreaterThan(best);
    const score = rawScore(fitted);
    const latest = rowsOf(few, 360, 400);
    const scores = Float64Array.from(latest.labels, (__, row) => score(latest.values, row * 4));
    expect(meanLoss(objectives.binary, scores, latest.labels, undefined)).toBeCloseTo(best, 9);
  });

  test('another seed gives another model', () => {
    const one = train(set, { epochs: 1, seed: 1 });
    expect(train(set, { epochs: 1, seed: 2 }).losses).not.toEqual(one.losses);
  });

  test('numbers are learnt in their own unit', () => {
    const random = randomState(5);
    const labels = Float64Array.from(set.labels, (__, row) => {
      return 1e5 + 1e3 * (set.values[row * 4]! + 0.1 * normal(random));
    });
    const numbers = train({ ...set, task: 'regression', labels }, { rate: 0.01, epochs: 15 });
    const predict = predictRow(numbers);
    let squares = 0;
    for (let row = 0; row < 500; row += 1) {
      squares += (predict(set.values, row * 4) - labels[row]!) ** 2 / 500;
    }
    expect(Math.sqrt(squares)).toBeLessThan(350);
  });
});

test('a loss that is no number any more is told', () => {
  const passes = { forward: () => NaN, backward: () => undefined };
  const start = { parameters: new Float64Array(1), decays: new Uint8Array(1) };
  const rules = { epochs: 2, batch: 10, rate: 1, decay: 0, patience: 1 };
  const rows = prepareRows(pairs(100, 1), 0.1);
  expect(() => descend(rows, passes, start, rules, randomState(1), {})).toThrow(
    expect.objectContaining({
      code: 'TRAINING_IMPOSSIBLE',
      message: 'the loss is NaN: take a lower rate',
    }),
  );
});
