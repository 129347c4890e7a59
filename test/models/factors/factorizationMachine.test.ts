import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factorizationMachine } from '../../../models/factors/factorizationMachine.ts';
import { startValue } from '../../../models/factors/startValue.ts';
import { createFeatures } from '../../../models/features.ts';
import { createVectorTable } from '../../../operators/state/vectorTable.ts';
import { randomState, uniform } from '../../../stats/random.ts';

const factors = 3;
const spread = 0.2;
const model = factorizationMachine({ factors, spread, shrinkage: 0 });

function tableOf(size: number, seed: number) {
  const table = createVectorTable('machine', size * model.width);
  const random = randomState(seed);
  for (let i = 0; i < table.values.length; i += 1) {
    // Biases and factors; accumulators stay 0.
    const part = i % model.width;
    if (part === 0 || part > 2) table.values[i] = uniform(random) - 0.5;
  }
  return table;
}

/** Equation 1 of the paper, pair by pair. */
function plainScore(values: Float64Array, indices: readonly number[], x: readonly number[]) {
  const factor = (i: number, f: number) =>
    values[indices[i]! * model.width + 3 + f]! + spread * startValue(indices[i]!, f);
  let score = 0;
  for (let i = 0; i < indices.length; i += 1) {
    score += values[indices[i]! * model.width]! * x[i]!;
    for (let j = i + 1; j < indices.length; j += 1) {
      for (let f = 0; f < factors; f += 1) score += factor(i, f) * factor(j, f) * x[i]! * x[j]!;
    }
  }
  return score;
}

const rows = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: -3, max: 3 })), {
  minLength: 1,
  maxLength: 6,
});

describe('a factorization machine', () => {
  test('scores as equation 1 of the paper does, pair by pair', () => {
    fc.assert(
      fc.property(rows, fc.nat(1_000), (row, seed) => {
        const table = tableOf(10, seed);
        const features = createFeatures(row.length);
        features.indices.set(row.map(([index]) => index));
        features.values.set(row.map(([, x]) => x));
        const [indices, x] = [row.map(([index]) => index), row.map(([, each]) => each)];
        expect(model.score(table, features)).toBeCloseTo(plainScore(table.values, indices, x), 10);
      }),
    );
  });

  test('steps along the gradient of the score', () => {
    const table = tableOf(4, 1);
    const features = createFeatures(3);
    features.indices.set([0, 1, 2]);
    features.values.set([1, -2, 0.5]);
    const before = table.values.slice();
    const score = model.score(table, features);
    const slopes = Float64Array.from(before, (_, i) => {
      const nudged = { ...table, values: before.slice() };
      nudged.values[i]! += 1e-6;
      return (plainScore(nudged.values, [0, 1, 2], [1, -2, 0.5]) - score) / 1e-6;
    });
    model.learn(table, features, 1e-3);
    for (let feature = 0; feature < 3; feature += 1) {
      for (let f = 0; f < factors; f += 1) {
        const at = feature * model.width + 3 + f;
        const moved = table.values[at]! - before[at]!;
        // Against the slope, at the rate 0.1 / √(0.01 + next to nothing).
        expect(moved).toBeCloseTo(-1e-3 * slopes[at]!, 5);
      }
    }
    expect(table.values.subarray(3 * model.width)).toEqual(before.subarray(3 * model.width));
  });

  // The promise: which user goes with which kind is learnt, and helps with items that are new.
  test('learns what goes together, and carries it over to new items', () => {
    const random = randomState(3);
    const learner = factorizationMachine();
    const table = createVectorTable('machine', 4_096 * learner.width);
    const features = createFeatures(3);
    let loss = 0;
    for (let i = 0; i < 20_000; i += 1) {
      const user = Math.floor(uniform(random) * 50);
      const kind = Math.floor(uniform(random) * 4);
      // Each item is seen a few times only.
      features.indices.set([user, 50 + kind, 100 + Math.floor(i / 8)]);
      const outcome = user % 4 === kind ? 1 : -1 / 3;
      const error = learner.score(table, features) - outcome;
      if (i >= 10_000) loss += error * error;
      learner.learn(table, features, error);
    }
    // The variance of outcomes is a third.
    expect(loss / 10_000).toBeLessThan(0.05);
  });
});
