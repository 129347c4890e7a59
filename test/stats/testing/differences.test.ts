import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { chiSquareSampleRatio } from '../../../stats/testing/chiSquareSampleRatio.ts';
import { differenceOfMeans } from '../../../stats/testing/differenceOfMeans.ts';
import {
  differenceOfProportions,
  differenceScoreInterval,
} from '../../../stats/testing/differenceOfProportions.ts';
import { difference, satterthwaite } from '../../../stats/testing/estimate.ts';
import { fixedHorizon } from '../../../stats/testing/fixedHorizon.ts';
import { welford } from '../../../stats/welford.ts';
import { expectRelative } from '../../support/relative.ts';

function moments(values: readonly number[]) {
  const state = welford.initial();
  for (const y of values) welford.step(state, y);
  return welford.read(state);
}

describe('differenceOfMeans', () => {
  // Golden: scipy 1.17.1, ttest_ind(…, equal_var=False), its df and confidence_interval().
  test('agrees with scipy’s Welch test', () => {
    const estimate = differenceOfMeans(
      moments([5.1, 4.9, 6.2, 5.8, 6.0]),
      moments([4.1, 5.0, 4.4, 4.8, 3.9, 4.6]),
    );
    const result = fixedHorizon(estimate, { alpha: 0.05 });
    expectRelative(estimate.freedom, 7.225750503222791, 1e-12);
    expectRelative(result.statistic, 3.6943429743063088, 1e-12);
    expectRelative(result.pValue, 0.007289785329994066, 1e-12);
    expectRelative(result.lower, 0.4124940446729174, 1e-12);
    expectRelative(result.upper, 1.85417262199375, 1e-12);
  });

  test('swapping the arms turns the sign and nothing else', () => {
    const arm = fc.record({
      count: fc.integer({ min: 2, max: 1000 }),
      mean: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      variance: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
    });
    fc.assert(
      fc.property(arm, arm, (left, right) => {
        const one = differenceOfMeans(left, right);
        const other = differenceOfMeans(right, left);
        expect(one.estimate + other.estimate).toBe(0);
        expect(one.variance).toBe(other.variance);
        expectRelative(one.freedom, other.freedom, 1e-13);
        const { count: m } = left;
        const { count: n } = right;
        expect(one.freedom).toBeGreaterThan(Math.min(m, n) - 1 - 1e-6);
        expect(one.freedom).toBeLessThan(m + n - 2 + 1e-6);
      }),
    );
  });

  // The promise: 8 units against 14 with a ninth of the variance, 5 % false positives.
  test('keeps its level for small unequal arms', () => {
    const random = randomState(11);
    const trials = 20_000;
    let rejected = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const small = welford.initial();
      const large = welford.initial();
      for (let i = 0; i < 8; i += 1) welford.step(small, 3 * normal(random));
      for (let i = 0; i < 14; i += 1) welford.step(large, normal(random));
      const estimate = differenceOfMeans(welford.read(small), welford.read(large));
      if (fixedHorizon(estimate, { alpha: 0.05 }).pValue < 0.05) rejected += 1;
    }
    const error = Math.sqrt((0.05 * 0.95) / trials);
    expect(Math.abs(rejected / trials - 0.05)).toBeLessThan(4 * error);
  });

  test('without a second unit says NaN and an interval that excludes nothing', () => {
    const estimate = differenceOfMeans(moments([1]), moments([1, 2]));
    expect(fixedHorizon(estimate, { alpha: 0.05 })).toMatchObject({
      pValue: NaN,
      lower: -Infinity,
      upper: Infinity,
    });
  });
});

describe('fixedHorizon', () => {
  const estimate = { estimate: 0.5, variance: 0.04, freedom: Infinity };

  test('the interval is what the test does not reject', () => {
    for (const alternative of ['two-sided', 'greater', 'less'] as const) {
      const { lower, upper } = fixedHorizon(estimate, { alpha: 0.1, alternative });
      for (const end of [lower, upper]) {
        if (!Number.isFinite(end)) continue;
        const at = fixedHorizon(estimate, { alpha: 0.1, alternative, null: end });
        expectRelative(at.pValue, 0.1, 1e-12);
      }
    }
  });

  test('one-sided p-values complement each other', () => {
    const greater = fixedHorizon(estimate, { alpha: 0.1, alternative: 'greater' });
    const less = fixedHorizon(estimate, { alpha: 0.1, alternative: 'less' });
    expect(greater.pValue).toBeCloseTo(0.006209665325776132, 15);
    expect(greater.pValue + less.pValue).toBeCloseTo(1, 14);
    expect([greater.upper, less.lower]).toEqual([Infinity, -Infinity]);
  });

  test('takes no spread for no evidence only where the estimate is the null', () => {
    const sure = { estimate: 0, variance: 0, freedom: 5 };
    expect(fixedHorizon(sure, { alpha: 0.05 }).pValue).toBe(1);
    expect(fixedHorizon({ ...sure, estimate: 1 }, { alpha: 0.05 }).pValue).toBe(0);
    expect(() => fixedHorizon(sure, { alpha: 1 })).toThrow('alpha: expected in (0, 1), got 1');
  });
});

describe('satterthwaite', () => {
  test('a variance that is nothing does not count', () => {
    expect(satterthwaite(1, 7, 0, 3)).toBe(7);
    expect(satterthwaite(2, Infinity, 3, Infinity)).toBe(Infinity);
    expect(satterthwaite(1e-200, 4, 1e-200, 4)).toBeCloseTo(8, 12);
    expect(satterthwaite(0, 4, 0, 4)).toBe(Infinity);
  });
});

describe('differenceOfProportions', () => {
  // Golden: statsmodels 0.15.0, confint_proportions_2indep(…, compare='diff', method='newcomb').
  test.each([
    [56, 70, 48, 80, 0.05243147240236498, 0.33387265403690614],
    [0, 10, 0, 20, -0.1611251580528194, 0.27753279986288926],
    [120, 1000, 100, 1000, -0.007492167515211062, 0.047550667456339055],
  ])('the score interval of %i/%i against %i/%i', (a, m, b, n, lower, upper) => {
    const interval = differenceScoreInterval(
      { successes: a, count: m },
      { successes: b, count: n },
      0.05,
    );
    expectRelative(interval.lower, lower, 1e-12);
    expectRelative(interval.upper, upper, 1e-12);
  });

  test('is the difference of means of zeros and ones, but for n − 1', () => {
    const ones = (k: number, n: number) => moments(Array.from({ length: n }, (_, i) => +(i < k)));
    const means = differenceOfMeans(ones(30, 100), ones(25, 100));
    const proportions = differenceOfProportions(
      { successes: 30, count: 100 },
      { successes: 25, count: 100 },
    );
    expect(proportions.estimate).toBeCloseTo(means.estimate, 14);
    expectRelative((proportions.variance * 100) / 99, means.variance, 1e-12);
  });

  // The promise at 30 units and rates near 0, where the normal interval covers 80 % and less.
  test('the score interval covers the difference of small rates', () => {
    const random = randomState(12);
    const trials = 10_000;
    let covered = 0;
    const draw = (rate: number) => {
      let successes = 0;
      for (let i = 0; i < 30; i += 1) if (uniform(random) < rate) successes += 1;
      return { successes, count: 30 };
    };
    for (let trial = 0; trial < trials; trial += 1) {
      const { lower, upper } = differenceScoreInterval(draw(0.08), draw(0.03), 0.05);
      if (lower <= 0.05 && 0.05 <= upper) covered += 1;
    }
    expect(covered / trials).toBeGreaterThan(0.94);
    expect(covered / trials).toBeLessThan(0.995);
  });

  test('has room on both sides without trials', () => {
    const none = { successes: 0, count: 0 };
    const { lower, upper } = differenceScoreInterval(none, none, 0.05);
    expect(lower).toBeLessThan(-0.7);
    expect(upper).toBeGreaterThan(0.7);
  });
});

describe('difference', () => {
  test('adds variances', () => {
    const arm = { estimate: 2, variance: 3, freedom: 8 };
    expect(difference(arm, arm)).toEqual({ estimate: 0, variance: 6, freedom: 16 });
  });
});

describe('chiSquareSampleRatio', () => {
  // Golden: scipy 1.17.1, chisquare(counts, expected).
  test.each([
    [[5120, 4880], [0.5, 0.5], 5.76, 0.01639507184919225],
    [[1000, 520, 480], [2, 1, 1], 1.6, 0.4493289641172217],
  ])('of %j with shares %j', (counts, shares, statistic, pValue) => {
    const result = chiSquareSampleRatio(counts, shares);
    expectRelative(result.statistic, statistic, 1e-13);
    expectRelative(result.pValue, pValue, 1e-12);
  });

  test('keeps its level', () => {
    const random = randomState(13);
    const trials = 3_000;
    let alarms = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const counts = [0, 0, 0];
      for (let i = 0; i < 400; i += 1) {
        const u = uniform(random);
        counts[u < 0.2 ? 0 : u < 0.5 ? 1 : 2]! += 1;
      }
      if (chiSquareSampleRatio(counts, [0.2, 0.3, 0.5]).pValue < 0.05) alarms += 1;
    }
    const error = Math.sqrt((0.05 * 0.95) / trials);
    expect(Math.abs(alarms / trials - 0.05)).toBeLessThan(4 * error);
  });

  test('refuses shares that do not fit', () => {
    expect(chiSquareSampleRatio([0, 0], [1, 1]).pValue).toBeNaN();
    expect(() => chiSquareSampleRatio([1], [1, 1])).toThrow('shares: expected 1, got 2');
    expect(() => chiSquareSampleRatio([1, 1], [1, 0])).toThrow('share: expected above 0, got 0');
  });
});
