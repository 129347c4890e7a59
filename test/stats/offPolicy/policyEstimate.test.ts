import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weigh } from '../../../stats/offPolicy/loggedDecision.ts';
import {
  type Estimator,
  estimators,
  policyDifference,
  policyEstimate,
} from '../../../stats/offPolicy/policyEstimate.ts';
import { policyMoments } from '../../../stats/offPolicy/policyMoments.ts';
import { weightReport } from '../../../stats/offPolicy/weightReport.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { fixedHorizon } from '../../../stats/testing/fixedHorizon.ts';
import { loggedBandit } from '../../support/loggedBandit.ts';

const uniformTarget = [0.25, 0.25, 0.25, 0.25];
const two = policyMoments(2);

/** The target, then the uniform policy. */
function foldBandit() {
  const state = two.initial();
  for (const decision of loggedBandit) {
    two.step(state, [weigh(decision), weigh({ ...decision, target: uniformTarget })]);
  }
  return two.read(state);
}

describe('policyEstimate', () => {
  // Golden: values from obp 0.4.1 (InverseProbabilityWeighting, SelfNormalized…, DirectMethod, DoublyRobust,
  // SelfNormalizedDoublyRobust); standard errors from numpy 2.4, of the terms or of their linearization, with ddof=1.
  test.each<[Estimator, number, number]>([
    ['ips', 0.5930989583333334, 0.09385839618215563],
    ['snips', 0.43134469696969696, 0.062021129681152615],
    ['directMethod', 0.2265625, 0.011048543456039806],
    ['doublyRobust', 0.5084635416666666, 0.09659379757134716],
    ['selfNormalizedDoublyRobust', 0.4315814393939394, 0.07229409008860666],
  ])('%s agrees with the reference implementation', (estimator, value, standardError) => {
    const { estimate, variance, freedom } = policyEstimate(foldBandit().moments, estimator);
    expect(estimate).toBeCloseTo(value, 14);
    expect(Math.sqrt(variance)).toBeCloseTo(standardError, 14);
    expect(freedom).toBe(47);
  });

  // Golden: scipy 1.17, stats.t.ppf on the numbers above.
  test('has the interval of Student', () => {
    const { lower, upper } = fixedHorizon(policyEstimate(foldBandit().moments, 'ips'), {
      alpha: 0.05,
    });
    expect(lower).toBeCloseTo(0.40428022, 8);
    expect(upper).toBeCloseTo(0.7819177, 7);
  });

  // Golden: numpy 2.4, from the difference of the linearized terms of each decision.
  test.each<[string, Estimator, Estimator | undefined, number, number]>([
    ['uniform policy', 'snips', undefined, 0.05842803030303029, 0.028798429316263367],
    ['uniform policy', 'doublyRobust', undefined, 0.09700520833333331, 0.03692324346682965],
    ['logging policy', 'snips', 'logged', 0.0042613636363636465, 0.035202825317715014],
  ])('the difference from the %s by %s is paired', (_, estimator, against, value, error) => {
    const difference = policyDifference(foldBandit().moments, estimator, 0, 1, against);
    expect(difference.estimate).toBeCloseTo(value, 14);
    expect(Math.sqrt(difference.variance)).toBeCloseTo(error, 13);
  });

  // Golden: numpy 2.4.
  test('tells how far the weights reach', () => {
    const report = weightReport(foldBandit());
    expect(report).toMatchObject({ decisions: 48, largest: 3.5, mean: 1.375, unsupported: 0 });
    expect(report.effectiveSampleSize).toBeCloseTo(31.16297786720322, 12);
  });

  test('of the logging policy itself everything is the mean reward', () => {
    const rewards = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 2,
      maxLength: 30,
    });
    const one = policyMoments();
    fc.assert(
      fc.property(rewards, fc.double({ min: 0, max: 1, noNaN: true }), (values, predicted) => {
        const state = one.initial();
        for (const [i, reward] of values.entries()) {
          const chances = [0.3, 0.7];
          const predictions = [predicted, predicted];
          const action = i % 2;
          const target = chances;
          one.step(state, [weigh({ action, reward, logged: chances, target, predictions })]);
        }
        const { moments, ...rest } = one.read(state);
        const mean = values.reduce((sum, y) => sum + y, 0) / values.length;
        for (const estimator of estimators) {
          if (estimator === 'directMethod') continue;
          const { estimate, variance } = policyEstimate(moments, estimator);
          expect(estimate).toBeCloseTo(mean, 5);
          expect(variance).toBeCloseTo(policyEstimate(moments, 'logged').variance, 5);
        }
        expect(policyDifference(moments, 'ips', 0, 0, 'logged').variance).toBeCloseTo(0, 9);
        const report = weightReport({ moments, ...rest });
        expect(report.effectiveSampleSize).toBeCloseTo(values.length, 9);
        expect(report.deviation).toBe(0);
      }),
    );
  });

  test('any partition in any order has the same bits', () => {
    const order = fc.array(fc.tuple(fc.nat(47), fc.nat(3)), { maxLength: 80 });
    fc.assert(
      fc.property(order, (rows) => {
        const take = (chosen: readonly [number, number][]) => {
          const state = two.initial();
          for (const [i] of chosen) {
            const decision = { ...loggedBandit[i]!, target: [0.1, 0.2, 0.3, 0.4] };
            two.step(state, [weigh(decision), weigh(loggedBandit[i]!)]);
          }
          return state;
        };
        const merged = two.initial();
        for (const part of [2, 0, 3, 1]) {
          two.merge(merged, take(rows.filter(([, at]) => at === part).reverse()));
        }
        expect(merged).toEqual(take(rows));
      }),
    );
  });

  // The promise: a logging policy that learns, 300 logs of 400 decisions; a target that prefers what is worse.
  test('is unbiased under a logging policy that learns, and covers', () => {
    const random = randomState(11);
    const one = policyMoments();
    const truth = 0.8 * 0.3 + 0.2 * 0.6;
    const runs = 300;
    const sums = { ips: 0, doublyRobust: 0 };
    const covered = { ips: 0, doublyRobust: 0 };
    for (let run = 0; run < runs; run += 1) {
      const state = one.initial();
      const wins = [0, 0];
      const tries = [0, 0];
      for (let n = 0; n < 400; n += 1) {
        const rates = wins.map((won, b) => (won + 0.5) / (tries[b]! + 1));
        const better = rates[1]! > rates[0]! ? 1 : 0;
        const logged = better === 1 ? [0.2, 0.8] : [0.8, 0.2];
        const action = uniform(random) < logged[1]! ? 1 : 0;
        const reward = uniform(random) < (action === 1 ? 0.6 : 0.3) ? 1 : 0;
        const target = [0.8, 0.2];
        one.step(state, [weigh({ action, reward, logged, target, predictions: rates })]);
        wins[action]! += reward;
        tries[action]! += 1;
      }
      for (const estimator of ['ips', 'doublyRobust'] as const) {
        const found = policyEstimate(one.read(state).moments, estimator);
        const { lower, upper } = fixedHorizon(found, { alpha: 0.1 });
        sums[estimator] += found.estimate;
        if (lower <= truth && truth <= upper) covered[estimator] += 1;
      }
    }
    for (const estimator of ['ips', 'doublyRobust'] as const) {
      expect(Math.abs(sums[estimator] / runs - truth)).toBeLessThan(0.012); // 4 standard errors of ips
      expect(covered[estimator] / runs).toBeGreaterThan(0.9 - 4 * Math.sqrt(0.09 / runs));
      expect(covered[estimator] / runs).toBeLessThan(0.99);
    }
  });

  test('counts what the log cannot tell', () => {
    const one = policyMoments();
    const state = one.initial();
    one.step(state, [weigh({ action: 0, reward: 1, logged: [1, 0], target: [0.5, 0.5] })]);
    one.step(state, [weigh({ action: 0, reward: 1, logged: [0.5, 0.5], target: [0.5, 0.5] })]);
    const { unsupported, mean } = weightReport(one.read(state));
    expect(unsupported).toBe(0.25);
    expect(mean).toBe(0.75);
  });

  test('refuses what it cannot weigh, and leaves the state alone', () => {
    const one = policyMoments();
    const state = one.initial();
    const decision = { action: 1, reward: 1, logged: [1, 0], target: [0, 1] };
    expect(() => weigh(decision)).toThrow('logged[1]: expected in (0, 1], got 0');
    expect(() => weigh({ ...decision, action: 2 })).toThrow('logged[2]: expected in (0, 1]');
    const rare = weigh({ ...decision, logged: [1 - 1e-6, 1e-6] });
    expect(() => one.step(state, [rare])).toThrow('outcome: expected at most 16384 in size');
    expect(state).toEqual(one.initial());
    expect(() => policyMoments(0)).toThrow('policies: expected an integer above 0, got 0');
    const empty = policyEstimate(one.read(state).moments, 'snips');
    expect(empty).toMatchObject({ estimate: NaN, variance: NaN });
  });

  test('its example holds', () => {
    const predictions = [0.2, 0.4];
    const target = [0.5, 0.5];
    const found = weigh({ action: 1, reward: 1, logged: [0.75, 0.25], target, predictions });
    expect(found).toMatchObject({ weight: 2, reward: 1, prediction: 0.4, unsupported: 0 });
    expect(found.expectation).toBeCloseTo(0.3, 12);
  });
});
