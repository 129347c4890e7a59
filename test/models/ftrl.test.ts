import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFeatures, sigmoid } from '../../models/features.ts';
import { type FtrlParameters, ftrl, ftrlWidth } from '../../models/ftrl.ts';
import { parametersOf } from '../../models/spec.ts';
import { createVectorTable } from '../../operators/state/vectorTable.ts';
import { normal, randomState, uniform } from '../../stats/random.ts';

/** Golden: a transcription of the paper's algorithm 1 into Python, α .1, β 1, λ₁ .5, λ₂ .25, on the same 60 rows. */
const golden = {
  probabilities: [0.5433342325696369, 0.5926658499061781],
  weights: [
    -0.04850147855836486, 0.033577240884591, 0.18941581184147435, -0.028294893390566202,
    0.11842192124706163, 0.07676282536117673, 0.05561335896956541, 0, 0,
  ],
};

describe('ftrl', () => {
  test('agrees with algorithm 1', () => {
    const model = ftrl.create({ alpha: 0.1, beta: 1, sparsity: 0.5, shrinkage: 0.25 });
    const table = createVectorTable('weights', 9 * ftrlWidth);
    const features = createFeatures(3);
    const probabilities: number[] = [];
    for (let t = 0; t < 60; t += 1) {
      features.indices.set([t % 3, 3 + (t % 2), 5 + ((t * t) % 4)]);
      features.values.set([1, 0.5 + (t % 5) / 4, 1]);
      const label = (t * 7) % 10 < 4 + (t % 3) * 2 ? 1 : 0;
      const probability = sigmoid(model.score(table, features));
      probabilities.push(probability);
      model.learn(table, features, probability - label);
    }
    expect(probabilities[29]).toBeCloseTo(golden.probabilities[0]!, 12);
    expect(probabilities[59]).toBeCloseTo(golden.probabilities[1]!, 12);
    for (const [index, weight] of golden.weights.entries()) {
      const one = createFeatures(1);
      one.indices[0] = index;
      expect(model.score(table, one)).toBeCloseTo(weight, 12);
    }
  });

  test('the first step from zero is the learning rate over the root of the gradient', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 10, noNaN: true }), (gradient) => {
        const model = ftrl.create({ alpha: 0.5, beta: 0, sparsity: 0, shrinkage: 0 });
        const table = createVectorTable('weights', 2);
        const features = createFeatures(1);
        model.score(table, features);
        model.learn(table, features, gradient);
        expect(model.score(table, features)).toBeCloseTo(-0.5, 9);
      }),
    );
  });

  test('an absent feature changes nothing, not even the page', () => {
    const model = ftrl.create(parametersOf<FtrlParameters>(ftrl.parameters));
    const table = createVectorTable('weights', 4);
    const features = createFeatures(2);
    features.indices.set([0, 1]);
    features.values.set([0, 0]);
    model.score(table, features);
    model.learn(table, features, 0.5);
    expect([...table.values]).toEqual([0, 0, 0, 0]);
    expect(table.size).toBe(0);
  });

  // The promise: it finds the weights that drew the labels, and the useless ones vanish under L1.
  test('recovers the weights of a logistic model, and drops noise under L1', () => {
    const truth = [1, -2, 0.5, 0, 0, 0];
    const random = randomState(9);
    const plain = ftrl.create({ alpha: 0.1, beta: 1, sparsity: 0, shrinkage: 0 });
    const sparse = ftrl.create({ alpha: 0.1, beta: 1, sparsity: 300, shrinkage: 0 });
    const tables = [createVectorTable('plain', 12), createVectorTable('sparse', 12)] as const;
    const features = createFeatures(6);
    features.indices.set([0, 1, 2, 3, 4, 5]);
    for (let row = 0; row < 40_000; row += 1) {
      let score = 0;
      for (let i = 0; i < 6; i += 1) {
        features.values[i] = normal(random);
        score += truth[i]! * features.values[i]!;
      }
      const label = uniform(random) < sigmoid(score) ? 1 : 0;
      for (const [which, model] of [plain, sparse].entries()) {
        const table = tables[which]!;
        model.learn(table, features, sigmoid(model.score(table, features)) - label);
      }
    }
    plain.score(tables[0], features);
    for (const [i, weight] of truth.entries()) {
      expect(Math.abs(features.weights[i]! - weight)).toBeLessThan(0.1);
    }
    sparse.score(tables[1], features);
    expect([...features.weights.subarray(3)].filter((weight) => weight !== 0)).toEqual([]);
    expect(features.weights[1]).toBeLessThan(-1);
  });
});
