import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { empiricalBernsteinInterval } from '../../../stats/offPolicy/empiricalBernsteinInterval.ts';
import {
  type EvaluatedDecision,
  policyEvaluation,
} from '../../../stats/offPolicy/policyEvaluation.ts';
import { blockwisePredictor } from '../../../stats/offPolicy/rewardModel.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { loggedBandit } from '../../support/loggedBandit.ts';

const options = { policies: 2, alpha: 0.05, weightMax: 4, grid: { perUnit: 2 ** 26 } };
const fold = policyEvaluation(options);
const random = randomState(6);
const decisions: readonly EvaluatedDecision[] = loggedBandit.map(({ target, ...rest }) => ({
  ...rest,
  targets: [target, rest.logged],
  draw: uniform(random),
}));

function foldRows(rows: readonly number[]) {
  const state = fold.initial();
  for (const i of rows) fold.step(state, decisions[i]!);
  return state;
}
const every = decisions.map((_, i) => i);

describe('policyEvaluation', () => {
  // Golden: obp 0.4.1 and numpy 2.4, as in the tests of the parts.
  test('gives every estimator, with its figures', () => {
    const { decisions: count, logged, uniform: other, policies } = fold.read(foldRows(every));
    expect(count).toBe(48);
    const { value, weights, lessLogged, lessUniform } = policies[0]!;
    expect(value.ips.estimate).toBeCloseTo(0.5930989583333334, 8);
    expect(value.snips.standardError).toBeCloseTo(0.062021129681152615, 8);
    expect(value.doublyRobust.estimate).toBeCloseTo(0.5084635416666666, 8);
    expect(value.optimisticDoublyRobust).toMatchObject({ lambda: 16 });
    expect(value.optimisticDoublyRobust.estimate).toBeCloseTo(0.47021175451552194, 7);
    expect(value.bernstein.lower).toBeLessThan(value.ips.lower);
    expect(weights.effectiveSampleSize).toBeCloseTo(31.16297786720322, 6);
    expect(lessLogged.snips.estimate).toBeCloseTo(0.0042613636363636465, 7);
    expect(lessUniform.snips.estimate).toBeCloseTo(0.05842803030303029, 7);
    expect(lessUniform.snips.standardError).toBeCloseTo(0.028798429316263367, 7);
    expect(other.weights.decisions).toBe(48);
    // The second policy is the logging one.
    expect(policies[1]!.value.ips).toEqual(logged);
    expect(policies[1]!.lessLogged.ips).toMatchObject({ estimate: 0, standardError: 0 });
  });

  test('any partition in any order has the same bits', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(47), fc.nat(2)), { maxLength: 60 }), (rows) => {
        const merged = fold.initial();
        for (const part of [1, 0, 2]) {
          const mine = rows.filter(([, at]) => at === part).map(([i]) => i);
          fold.merge(merged, structuredClone(foldRows(mine.reverse())));
        }
        expect(merged).toEqual(foldRows(rows.map(([i]) => i)));
      }),
      { numRuns: 30 },
    );
  });

  // The promise: the log of a uniform policy tells which of two policies is better, at all times.
  test('its sequences hold the truth and soon tell the better policy', () => {
    const draws = randomState(9);
    const judge = policyEvaluation({ policies: 2, alpha: 0.05, weightMax: 1.8 });
    const state = judge.initial();
    const targets = [
      [0.1, 0.9],
      [0.9, 0.1],
    ];
    const logged = [0.5, 0.5];
    for (let n = 0; n < 4_000; n += 1) {
      const action = uniform(draws) < 0.5 ? 0 : 1;
      const reward = uniform(draws) < (action === 1 ? 0.6 : 0.3) ? 1 : 0;
      const predictions = [0.35, 0.55];
      const draw = uniform(draws);
      judge.step(state, { action, reward, logged, targets, predictions, draw });
    }
    const { policies } = judge.read(state);
    [0.57, 0.33].forEach((truth, p) => {
      const { value, lessLogged, lessUniform } = policies[p]!;
      expect(value.sequence.lower).toBeLessThan(truth);
      expect(value.sequence.upper).toBeGreaterThan(truth);
      for (const { lower, upper } of [lessLogged.sequence, lessUniform.sequence]) {
        expect(lower).toBeLessThan(truth - 0.45);
        expect(upper).toBeGreaterThan(truth - 0.45);
      }
    });
    expect(policies[0]!.lessLogged.sequence.lower).toBeGreaterThan(0);
    expect(policies[1]!.lessUniform.sequence.upper).toBeLessThan(0);
  });

  test('refuses what it cannot judge, and leaves the state alone', () => {
    const state = fold.initial();
    const decision = decisions[0]!;
    expect(() => fold.step(state, { ...decision, reward: 2 })).toThrow(
      'reward: expected in [0, 1]',
    );
    const certain = { ...decision, targets: [[1, 0, 0, 0], decision.logged] };
    const rare = { ...certain, action: 0, logged: [0.1, 0.3, 0.3, 0.3] };
    expect(() => fold.step(state, rare)).toThrow('weight: expected at most 4, got 10');
    expect(state).toEqual(fold.initial());
    expect(() => policyEvaluation({ ...options, alpha: 0 })).toThrow('alpha: expected in (0, 1)');
    expect(() => policyEvaluation({ ...options, weightMax: 0.5 })).toThrow('weightMax: expected');
    expect(() => policyEvaluation({ ...options, policies: 0 })).toThrow('policies: expected');
  });
});

describe('blockwisePredictor', () => {
  test('predicts a block before it learns any of it', () => {
    const seen: number[] = [];
    const model = {
      predict: (_: number, into: Float64Array) => into.fill(seen.length),
      learn: (context: number) => {
        seen.push(context);
      },
    };
    const predictor = blockwisePredictor(model, 2, 3);
    const predicted = Array.from({ length: 8 }, (_, i) => predictor.take(i, 0, 1)[1]);
    expect(predicted).toEqual([0, 0, 0, 3, 3, 3, 6, 6]);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
    expect(() => blockwisePredictor(model, 2, 0)).toThrow('blockSize: expected an integer above 0');
  });
});

describe('empiricalBernsteinInterval', () => {
  // Golden: numpy 2.4, theorem 4 of Maurer & Pontil at alpha / 2 a side, range 3.5, on the IPS terms of the golden log.
  test('agrees with the formula', () => {
    const estimate = 0.5930989583333334;
    const variance = 0.09385839618215563 ** 2;
    const { lower, upper } = empiricalBernsteinInterval(
      { estimate, variance, freedom: 47 },
      3.5,
      0.05,
    );
    expect(lower).toBeCloseTo(-0.4461767624298122, 12);
    expect(upper).toBeCloseTo(1.632374679096479, 12);
  });

  test('its example holds, and it refuses what has no range', () => {
    const thousand = { estimate: 0.5, variance: 0.0001, freedom: 999 };
    const { lower, upper } = empiricalBernsteinInterval(thousand, 1, 0.05);
    expect(lower).toBeCloseTo(0.4601609, 7);
    expect(upper).toBeCloseTo(0.5398391, 7);
    expect(() => empiricalBernsteinInterval(thousand, 0, 0.05)).toThrow('range: expected above 0');
    expect(() => empiricalBernsteinInterval(thousand, 1, 0)).toThrow('alpha: expected in (0, 1)');
  });
});
