import { describe, expect, test } from 'vitest';
import { matrixFactorization } from '../../../models/factors/matrixFactorization.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

function open(loss: 'squared' | 'logistic', options = {}) {
  const tables = createStateTables(new InternDictionary());
  const model = matrixFactorization(tables, 'factors', loss, options);
  const code = (name: string) => tables.dictionary.internText(name);
  return { tables, model, code };
}

describe('matrix factorization', () => {
  // Golden: the formulas of the head comment in Python, hashes included.
  test('agrees with its formulas', () => {
    const { model, code } = open('squared', { factors: 2 });
    const steps = [
      ['ada', 'x', 1, 0.004579607450187013],
      ['bob', 'x', -0.5, 0.424633040451961],
      ['ada', 'y', 0.5, 0.2558110700742242],
      ['ada', 'x', 1, 0.4153177518152309],
    ] as const;
    for (const [user, item, outcome, expected] of steps) {
      expect(model.predict(code(user), code(item), 0)).toBeCloseTo(expected, 12);
      model.learn(outcome);
    }
    expect(model.predict(code('bob'), code('y'), 0)).toBeCloseTo(0.05931781113234835, 12);
  });

  // The promise: taste of two dimensions, which no bias can tell, is found from outcomes alone.
  test('finds what biases cannot', () => {
    const random = randomState(2);
    const { model, code } = open('squared');
    const tastes = Array.from({ length: 100 }, () => [normal(random), normal(random)]);
    const items = Array.from({ length: 40 }, () => [normal(random), normal(random)]);
    let loss = 0;
    let usual = 0;
    const rows = 30_000;
    for (let i = 0; i < rows; i += 1) {
      const user = Math.floor(uniform(random) * 100);
      const item = Math.floor(uniform(random) * 40);
      const outcome =
        0.5 * (tastes[user]![0]! * items[item]![0]! + tastes[user]![1]! * items[item]![1]!) +
        0.1 * normal(random);
      const predicted = model.predict(code(`u${user}`), code(`i${item}`), i);
      model.learn(outcome);
      if (i < rows / 2) continue;
      loss += (predicted - outcome) ** 2;
      usual += outcome ** 2;
    }
    expect(loss / usual).toBeLessThan(0.2);
  });

  test('predicts probabilities with the logistic loss, and refuses what is none', () => {
    const { model, code } = open('logistic');
    expect(model.predict(code('ada'), code('x'), 0)).toBeCloseTo(0.5, 1);
    expect(() => model.learn(1.5)).toThrow('outcome: expected in [0, 1], got 1.5');
    for (let i = 0; i < 200; i += 1) {
      model.predict(code('ada'), code('x'), 0);
      model.learn(1);
    }
    const predicted = model.predict(code('ada'), code('x'), 0);
    expect(predicted).toBeGreaterThan(0.9);
    expect(predicted).toBeLessThan(1);
    model.learn(1);
    expect(() => model.learn(1)).toThrow('expected a prediction before it');
  });

  test('makes no row by predicting', () => {
    const { tables, model, code } = open('squared');
    model.predict(code('ada'), code('x'), 0);
    expect(tables.all.map(({ size }) => size)).toEqual([0, 0, 0]);
  });
});
