import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BinnedPositives,
  binaryPerformance,
  performanceNames,
  performanceSlopes,
} from '../../../stats/monitoring/binaryPerformance.ts';
import {
  type EstimatedPerformanceState,
  estimatedPerformance,
  type WatchedPrediction,
} from '../../../stats/monitoring/estimatedPerformance.ts';
import { addReference, referenceOf } from '../../../stats/monitoring/referenceCounts.ts';
import type { Scored } from '../../../stats/prequential.ts';
import { type RandomState, randomState, uniform } from '../../../stats/random.ts';
import { draw, golden, mergedIn } from './support.ts';

const options = { threshold: 0.5, alpha: 0.05, supportMin: 30 };

function tell(
  state: EstimatedPerformanceState,
  part: WatchedPrediction['part'],
  scored: readonly Scored[],
): EstimatedPerformanceState {
  for (const each of scored) estimatedPerformance.step(state, { part, ...each });
  return state;
}

const many = (random: RandomState, count: number, of: Parameters<typeof draw>[1] = {}) =>
  Array.from({ length: count }, () => draw(random, of));

function readOf(
  reference: readonly Scored[],
  window: readonly Scored[],
  realised: readonly Scored[] = window,
) {
  const state = tell(estimatedPerformance.initial(), 'reference', reference);
  return estimatedPerformance.read(tell(tell(state, 'window', window), 'realised', realised))(
    options,
  );
}

describe('estimated performance', () => {
  // Golden: NannyML 0.13.1, CBPE without calibration, and for the losses, which it has not, scikit-learn 1.9.1: each
  // prediction twice, with label 1 and weight p, and with label 0 and weight 1 − p. Bins are 1/32 of a logit wide.
  test('of calibrated scores are the expected counts, pairs and losses', () => {
    const { estimates, isIsotonic, labelled, unsupported } = readOf([], golden, []);
    expect(isIsotonic).toBe(false);
    expect(estimates.accuracy.estimate).toBeCloseTo(0.7475, 6);
    expect(estimates.precision.estimate).toBeCloseTo(0.7450792499741012, 6);
    expect(estimates.recall.estimate).toBeCloseTo(0.7429626568875575, 6);
    expect(estimates.f1.estimate).toBeCloseTo(0.744019448108206, 6);
    expect(estimates.auc.estimate).toBeCloseTo(0.8300328969865718, 3);
    expect(estimates.logLoss.estimate).toBeCloseTo(0.5047783266341126, 4);
    expect(estimates.brier.estimate).toBeCloseTo(0.16828613077884216, 4);
    expect([labelled, unsupported]).toEqual([0, 1]);
  });

  // Golden: scikit-learn 1.9.1.
  test('the realised figures are those of scikit-learn', () => {
    const { realised } = readOf([], golden);
    expect(realised.accuracy).toBeCloseTo(0.705, 12);
    expect(realised.precision).toBeCloseTo(0.7106598984771574, 12);
    expect(realised.recall).toBeCloseTo(0.6965174129353234, 12);
    expect(realised.f1).toBeCloseTo(0.7035175879396985, 12);
    expect(realised.auc).toBeCloseTo(0.8235330883272081, 3);
    expect(realised.logLoss).toBeCloseTo(0.5119082906362317, 4);
    expect(realised.brier).toBeCloseTo(0.17150978758850477, 4);
  });

  test('the slopes are the derivatives of the figures', () => {
    const cells = fc.array(
      fc.tuple(
        fc.integer({ min: 2, max: 30 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      ),
      { minLength: 3, maxLength: 8 },
    );
    fc.assert(
      fc.property(cells, fc.nat(100), (all, at) => {
        const counts = all.map(([count]) => count);
        const scores = all.map(([, , score]) => score);
        const cut = 1;
        const binned = (shift: number): BinnedPositives => ({
          counts,
          scores,
          positives: all.map(([count, p], i) => count * p + (i === at % all.length ? shift : 0)),
        });
        const slopes = performanceSlopes(binned(0), cut);
        const up = binaryPerformance(binned(1e-5), cut);
        const down = binaryPerformance(binned(-1e-5), cut);
        for (const name of performanceNames) {
          const slope = (up[name] - down[name]) / 2e-5;
          expect(slopes[name][at % all.length]!).toBeCloseTo(slope, 6);
        }
      }),
      { numRuns: 50 },
    );
  });

  // The promise: 95 % of the intervals hold the realised figure, with a large reference and a small one, scores that mean
  // what they say and boastful ones. Without the variance of the map the third case covers 45 % of the accuracies.
  test.each([
    ['honest scores', 4_000, 400, {}],
    ['boastful scores', 4_000, 400, { slope: 0.6, shift: -0.3 }],
    ['boastful scores, a reference smaller than the window', 1_000, 2_000, { slope: 0.6 }],
  ] as const)('intervals of 95 percent hold what is realised: %s', (_, labels, count, of) => {
    const random = randomState(31);
    const windows = 100;
    const covered = Object.fromEntries(performanceNames.map((name) => [name, 0]));
    let alarms = 0;
    for (let window = 0; window < windows; window += 1) {
      const read = readOf(many(random, labels, of), many(random, count, of));
      if (read.consistencyP < 0.05) alarms += 1;
      for (const name of performanceNames) {
        const { lower, upper } = read.estimates[name];
        if (lower <= read.realised[name] && read.realised[name] <= upper) covered[name]! += 1;
      }
    }
    const error = Math.sqrt((0.05 * 0.95) / windows);
    for (const name of performanceNames) {
      const share = covered[name]! / windows;
      expect([name, share, share >= 0.95 - 3 * error]).toEqual([name, share, true]);
    }
    expect(alarms / windows).toBeLessThan(0.05 + 3 * error);
  });

  test('the map is isotonic where scores boast, and the estimate no longer', () => {
    const random = randomState(7);
    const boastful = { slope: 0.5, shift: -0.4 };
    const window = many(random, 20_000, boastful);
    const { isIsotonic, estimates, realised } = readOf(many(random, 20_000, boastful), window);
    const naive = readOf([], window).estimates;
    expect(isIsotonic).toBe(true);
    expect(Math.abs(estimates.accuracy.estimate - realised.accuracy)).toBeLessThan(0.01);
    expect(naive.accuracy.estimate - realised.accuracy).toBeGreaterThan(0.08);
    expect(readOf(many(random, 5_000), window).isIsotonic).toBe(false);
  });

  test('a concept drift is told by the labels, a covariate drift by the scores', () => {
    const random = randomState(8);
    const reference = many(random, 5_000);
    const drifted = readOf(reference, many(random, 1_000, { slope: 0.5 }));
    expect(drifted.consistencyP).toBeLessThan(1e-4);
    expect(drifted.lossZ).toBeGreaterThan(4);
    expect(drifted.unsupported).toBeLessThan(0.03);
    // Scores elsewhere, with the same meaning: the figures are other ones, and they are estimated.
    const moved = readOf(reference, many(random, 1_000, { mean: 1.5 }));
    expect(moved.consistencyP).toBeGreaterThan(0.01);
    expect(moved.estimates.accuracy.lower).toBeLessThanOrEqual(moved.realised.accuracy);
    expect(moved.estimates.accuracy.upper).toBeGreaterThanOrEqual(moved.realised.accuracy);
    const beyond = readOf(reference, many(random, 1_000, { mean: 6, deviation: 0.5 }));
    expect(beyond.unsupported).toBeGreaterThan(0.9);
  });

  test('merges bit for bit, however rows were split, and reads the same', () => {
    const rows = fc.array(
      fc.record({
        part: fc.constantFrom('reference', 'window', 'realised'),
        probability: fc.double({ min: 0, max: 1, noNaN: true }),
        label: fc.constantFrom(0, 1),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(rows, fc.array(fc.nat(3), { maxLength: 20 }), (all, places) => {
        const whole = estimatedPerformance.initial();
        for (const row of all) estimatedPerformance.step(whole, row);
        const merged = mergedIn(estimatedPerformance, all, places);
        expect(merged).toEqual(whole);
        const read = estimatedPerformance.read(merged)(options);
        expect(read).toEqual(estimatedPerformance.read(whole)(options));
        for (const name of performanceNames) {
          const { estimate, lower, upper } = read.estimates[name];
          if (Number.isNaN(estimate)) continue;
          expect(lower <= estimate && estimate <= upper).toBe(true);
          expect(estimate >= 0 && (name === 'logLoss' || estimate <= 1)).toBe(true);
        }
        if (read.count > 0) expect(read.unsupported >= 0 && read.unsupported <= 1).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('a kept reference is as good as the rows', () => {
    const random = randomState(9);
    const reference = many(random, 3_000, { slope: 0.6 });
    const window = many(random, 1_000, { slope: 0.6 });
    const kept = referenceOf(tell(estimatedPerformance.initial(), 'reference', reference));
    const state = estimatedPerformance.initial();
    addReference(state, kept);
    const read = estimatedPerformance.read(tell(state, 'window', window))(options);
    const { estimates } = readOf(reference, window);
    for (const name of performanceNames) {
      expect(read.estimates[name].estimate).toBeCloseTo(estimates[name].estimate, 3);
    }
  });

  test('refuses what is no probability or no label, and changes nothing', () => {
    const state = estimatedPerformance.initial();
    const step = (part: WatchedPrediction['part'], probability: number, label: number) => () =>
      estimatedPerformance.step(state, { part, probability, label });
    expect(step('window', 1.01, 0)).toThrow('probability: expected in [0, 1], got 1.01');
    expect(step('reference', Number.NaN, 0)).toThrow('probability: expected in [0, 1], got NaN');
    expect(step('realised', 0.5, 2)).toThrow('label: expected 0 or 1, got 2');
    expect(step('reference', 0.5, Number.NaN)).toThrow('label: expected 0 or 1, got NaN');
    expect(state).toEqual(estimatedPerformance.initial());
  });

  test('says nothing of nothing', () => {
    const { count, consistencyP, lossZ, unsupported, estimates } = readOf([], []);
    expect([count, consistencyP, lossZ, unsupported]).toEqual([0, NaN, NaN, NaN]);
    expect(estimates.accuracy.estimate).toBe(NaN);
  });

  test('labels that only come for some are compared with their own predictions', () => {
    const random = randomState(10);
    const window = many(random, 4_000);
    const some = window.filter(({ probability }) => uniform(random) < probability);
    const { labelled, consistencyP } = readOf(many(random, 4_000), window, some);
    expect(labelled).toBe(some.length);
    expect(consistencyP).toBeGreaterThan(0.01);
  });
});
