import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossMoments } from '../../../stats/exact/crossMoments.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { clusterRatio } from '../../../stats/testing/clusterRatio.ts';
import { difference } from '../../../stats/testing/estimate.ts';
import { fiellerLift } from '../../../stats/testing/fieller.ts';
import { fixedHorizon } from '../../../stats/testing/fixedHorizon.ts';
import { ratioEstimate } from '../../../stats/testing/ratioMetric.ts';
import { relativeLift } from '../../../stats/testing/relativeLift.ts';
import { expectRelative } from '../../support/relative.ts';

const sums = [12, 30, 7, 22, 15, 9, 40, 18];
const counts = [20, 41, 15, 30, 22, 17, 55, 25];

describe('ratioMetric', () => {
  // Golden: statsmodels 0.15.0, OLS of the 225 outcomes on a constant, cov_type='cluster', use_correction=False, its
  // variance × 8 / 7.
  test('has the variance of the cluster-robust mean', () => {
    const { estimate, variance, freedom } = clusterRatio({ sums, counts });
    expectRelative(estimate, 0.68, 1e-13);
    expectRelative(variance, 0.0007713772134038827, 1e-11);
    expect(freedom).toBe(7);
  });

  test('with a denominator of 1 is the mean', () => {
    const fold = crossMoments(2);
    const state = fold.initial();
    for (const y of [3, 5, 4, 9]) fold.step(state, [y, 1]);
    const { estimate, variance } = ratioEstimate(fold.read(state));
    expect(estimate).toBeCloseTo(5.25, 14);
    expectRelative(variance, (2.25 ** 2 + 0.25 ** 2 + 1.25 ** 2 + 3.75 ** 2) / 12, 1e-12);
  });

  test('does not depend on the unit of the numerator', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (scale) => {
        const scaled = clusterRatio({ sums: sums.map((sum) => scale * sum), counts });
        expectRelative(scaled.estimate, 0.68 * scale, 1e-12);
        expectRelative(scaled.variance, 0.0007713772134038827 * scale * scale, 1e-10);
      }),
    );
  });

  test('refuses lists of different length', () => {
    expect(() => clusterRatio({ sums: [1], counts: [] })).toThrow('counts: expected 1, got 0');
  });

  // The promise: 12 classes of unequal size with an effect of their own, six to an arm.
  test('twelve classes: Student’s t keeps the level that the normal breaks', () => {
    const random = randomState(21);
    const trials = 6_000;
    let byT = 0;
    let byNormal = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const arms = [0, 1].map(() => {
        const classSums: number[] = [];
        const sizes: number[] = [];
        for (let cluster = 0; cluster < 6; cluster += 1) {
          const size = 15 + Math.floor(uniform(random) * 16);
          const own = 0.4 * normal(random);
          sizes.push(size);
          classSums.push(size * own + Math.sqrt(size) * normal(random));
        }
        return clusterRatio({ sums: classSums, counts: sizes });
      });
      const estimate = difference(arms[0]!, arms[1]!);
      if (fixedHorizon(estimate, { alpha: 0.05 }).pValue < 0.05) byT += 1;
      const asymptotic = { ...estimate, freedom: Infinity };
      if (fixedHorizon(asymptotic, { alpha: 0.05 }).pValue < 0.05) byNormal += 1;
    }
    expect(byT / trials).toBeGreaterThan(0.035);
    expect(byT / trials).toBeLessThan(0.06);
    expect(byNormal / trials).toBeGreaterThan(0.07);
  });
});

describe('relativeLift', () => {
  const arm = (estimate: number, variance: number) => ({ estimate, variance, freedom: Infinity });

  test('by hand', () => {
    const lift = relativeLift(arm(11, 0.04), arm(10, 0.05));
    expectRelative(lift.estimate, 0.1, 1e-13);
    expectRelative(lift.variance, 0.0004 + 0.0005 * 1.21, 1e-12);
    expect(lift.freedom).toBe(Infinity);
  });

  test('is relative to the size of a negative control', () => {
    expectRelative(relativeLift(arm(-9, 0.04), arm(-10, 0.05)).estimate, 0.1, 1e-13);
  });
});

describe('fieller', () => {
  const arm = (estimate: number, variance = 0.25) => ({ estimate, variance, freedom: Infinity });

  // Golden: the ends of {r : |b − r a| ≤ z √(V_b + r² V_a)} − 1 by scipy 1.17.1 brentq on a fine grid.
  test('says which of the three shapes the set has', () => {
    const bounded = fiellerLift(arm(11), arm(10), 0.05);
    expect(bounded.kind).toBe('bounded');
    expectRelative(bounded.lower, -0.0361110632270103, 1e-11);
    expectRelative(bounded.upper, 0.25744396035544037, 1e-11);
    const outside = fiellerLift(arm(2), arm(0.6), 0.05);
    expect(outside.kind).toBe('outside');
    expectRelative(outside.lower, -6.008456635779163, 1e-11);
    expectRelative(outside.upper, 0.010886526613110181, 1e-11);
    expect(fiellerLift(arm(0.5), arm(0.6), 0.05)).toEqual({
      kind: 'everything',
      lower: -Infinity,
      upper: Infinity,
    });
  });

  test('mirrors with the sign of both arms', () => {
    const negative = fiellerLift(arm(-11), arm(-10), 0.05);
    expectRelative(negative.lower, -0.25744396035544037, 1e-11);
    expectRelative(negative.upper, 0.0361110632270103, 1e-11);
  });

  test('knows a control of exactly 0 as the limit of small ones', () => {
    const few = (estimate: number) => ({ estimate, variance: 0.25, freedom: 10 });
    const zero = fiellerLift(few(5), few(0), 0.05);
    const small = fiellerLift(few(5), few(1e-9), 0.05);
    expect(zero.kind).toBe('outside');
    expectRelative(zero.lower, small.lower, 1e-8);
    expectRelative(zero.upper, small.upper, 1e-8);
    expect(fiellerLift(few(0), few(0), 0.05).kind).toBe('everything');
  });

  test('is the delta method where control is far from 0', () => {
    const set = fiellerLift(arm(105, 0.01), arm(100, 0.01), 0.05);
    const delta = fixedHorizon(relativeLift(arm(105, 0.01), arm(100, 0.01)), { alpha: 0.05 });
    expect(set.lower).toBeCloseTo(delta.lower, 5);
    expect(set.upper).toBeCloseTo(delta.upper, 5);
  });

  // The promise: control two standard errors from 0, where the delta method's interval misses.
  test('covers the lift at 95 % where control is near 0', () => {
    const random = randomState(22);
    const trials = 20_000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const treatment = arm(1.5 + 0.5 * normal(random));
      const control = arm(1 + 0.5 * normal(random));
      const { kind, lower, upper } = fiellerLift(treatment, control, 0.05);
      // The lift is about |control|: where its sign came out wrong, the ratio is mirrored.
      const lift = control.estimate < 0 ? -0.5 : 0.5;
      const inside = lower <= lift && lift <= upper;
      if (kind === 'everything' || (kind === 'bounded') === inside) covered += 1;
    }
    const error = Math.sqrt((0.05 * 0.95) / trials);
    expect(Math.abs(covered / trials - 0.95)).toBeLessThan(4 * error);
  });
});
