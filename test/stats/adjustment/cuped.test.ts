import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustedMean, fitAdjustment, withIndicator } from '../../../stats/adjustment/cuped.ts';
import { adjustedRatio, fitRatioAdjustment } from '../../../stats/adjustment/cupedRatio.ts';
import { crossMoments } from '../../../stats/exact/crossMoments.ts';
import { exactCrossMoments } from '../../../stats/exact/exactCrossMoments.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { difference } from '../../../stats/testing/estimate.ts';
import { fixedHorizon } from '../../../stats/testing/fixedHorizon.ts';
import { ratioEstimate } from '../../../stats/testing/ratioMetric.ts';
import { expectRelative } from '../../support/relative.ts';

// 24 units, every third treated; drawn once with numpy, default_rng(5).
const first = [
  3.4, 2.35, 4.5, 5.84, 7.27, 5.22, 3.89, 3.43, 6.5, 8.27, 5.55, 2.53, 3.08, 8.2, 5.41, 1.54, 4.83,
  2.67, 3.74, 4.02, 3.57, 6.11, 4.87, 3.82,
];
const second = [1, 2, 0, 3, 1, 0, 2, 3, 3, 3, 1, 0, 3, 2, 3, 0, 0, 2, 1, 1, 3, 0, 2, 1];
const outcome = [
  2.53, 0.52, 4.82, 3.46, 7.49, 5.89, 1.51, 2.52, 3.6, 6.55, 4.98, 1.04, 2.13, 6.3, 4.79, 1.45, 5.6,
  1.04, 3.56, 2.88, 3.8, 6.86, 6.33, 4.2,
];
const numerator = [14, 9, 12, 6, 11, 4, 8, 10, 8, 3, 5, 9, 10, 11, 11, 7, 6, 11, 3, 6, 4, 5, 3, 12];
const denominator = [
  28, 22, 21, 16, 29, 10, 13, 21, 21, 7, 9, 22, 26, 20, 28, 14, 13, 24, 6, 9, 9, 14, 8, 24,
];
const numeratorBefore = [
  12, 11, 3, 3, 9, 6, 8, 3, 4, 12, 13, 11, 8, 4, 6, 9, 14, 5, 9, 10, 8, 7, 9, 4,
];
const denominatorBefore = [
  25, 25, 5, 8, 22, 15, 13, 6, 9, 26, 25, 25, 19, 8, 13, 18, 29, 11, 18, 17, 17, 18, 22, 7,
];

const isTreated = (unit: number): boolean => unit % 3 === 0;

/** Moments of the treated or of the others. */
function arm(treated: boolean, columns: readonly (readonly number[])[]) {
  const fold = crossMoments(columns.length);
  const state = fold.initial();
  for (let unit = 0; unit < 24; unit += 1) {
    if (isTreated(unit) === treated)
      fold.step(
        state,
        columns.map((column) => column[unit]!),
      );
  }
  return fold.read(state);
}

describe('cuped', () => {
  const arms = [true, false].map((treated) => arm(treated, [outcome, first, second]));

  // Golden: statsmodels 0.15.0, OLS of the outcome on a constant, the arm and both covariates: its coefficients are the
  // adjusted difference and the slopes; variances of the residuals by numpy.
  test('is the analysis of covariance', () => {
    const adjustment = fitAdjustment(arms);
    expectRelative(adjustment.slopes[0]!, 1.0120126585377334, 1e-12);
    expectRelative(adjustment.slopes[1]!, -0.5166606210916923, 1e-12);
    const treated = adjustedMean(arms[0]!, adjustment);
    const control = adjustedMean(arms[1]!, adjustment);
    expectRelative(treated.estimate, 3.6758066340748567, 1e-12);
    expectRelative(control.estimate, 4.027721682962571, 1e-12);
    expectRelative(treated.variance, 0.0635212707911906, 1e-11);
    const effect = difference(treated, control);
    expectRelative(effect.estimate, -0.3519150488877124, 1e-11);
    expectRelative(effect.variance, 0.14084698333942658, 1e-11);
    expect([treated.freedom, control.freedom]).toEqual([5, 13]);
  });

  test('reads the same from exact moments', () => {
    const fold = exactCrossMoments([{ perUnit: 100 }, { perUnit: 100 }, { perUnit: 1 }]);
    const states = [fold.initial(), fold.initial()];
    outcome.forEach((y, unit) => {
      fold.step(states[isTreated(unit) ? 0 : 1]!, [y, first[unit]!, second[unit]!]);
    });
    const exact = states.map((state) => fold.read(state));
    const slopes = fitAdjustment(exact).slopes;
    expectRelative(slopes[0]!, 1.0120126585377334, 1e-12);
    expectRelative(slopes[1]!, -0.5166606210916923, 1e-12);
  });

  test('a covariate said twice, or never varying, changes nothing', () => {
    const constant = outcome.map(() => 7);
    const both = [true, false].map((treated) =>
      arm(treated, [outcome, first, second, first, constant]),
    );
    const adjustment = fitAdjustment(both);
    const plain = fitAdjustment(arms);
    for (let i = 0; i < 2; i += 1) {
      const twice = adjustedMean(both[i]!, adjustment);
      const once = adjustedMean(arms[i]!, plain);
      expectRelative(twice.estimate, once.estimate, 1e-11);
      expectRelative(twice.variance, once.variance, 1e-10);
    }
    expect(adjustment.slopes[3]).toBe(0);
    expect(adjustment.explained).toBeCloseTo(plain.explained, 10);
  });

  test('a covariate that others determine up to rounding changes nothing', () => {
    const plain = fitAdjustment(arms);
    const part = fc.double({ min: 0.1, max: 3, noNaN: true });
    fc.assert(
      fc.property(part, part, (a, b) => {
        const mixed = first.map((x, unit) => a * x + b * second[unit]!);
        const both = [true, false].map((treated) => arm(treated, [outcome, first, second, mixed]));
        const adjustment = fitAdjustment(both);
        expect(Math.max(...adjustment.slopes.map(Math.abs))).toBeLessThan(10);
        const { estimate } = adjustedMean(both[0]!, adjustment);
        expectRelative(estimate, adjustedMean(arms[0]!, plain).estimate, 1e-10);
      }),
    );
  });

  test('follows the units of outcome and covariates', () => {
    const scale = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(scale, scale, fc.double({ min: 0, max: 2, noNaN: true }), (y, x, ridge) => {
        const scaled = [true, false].map((treated) =>
          arm(treated, [outcome.map((v) => v * y), first.map((v) => v * x), second]),
        );
        const { slopes } = fitAdjustment(arms, { ridge });
        const other = fitAdjustment(scaled, { ridge });
        expectRelative(other.slopes[0]!, (slopes[0]! * y) / x, 1e-9);
        expectRelative(other.slopes[1]!, slopes[1]! * y, 1e-9);
      }),
    );
  });

  test('ridge pulls the slopes towards 0', () => {
    const size = (ridge: number) => Math.abs(fitAdjustment(arms, { ridge }).slopes[0]!);
    expect(size(0.5)).toBeLessThan(size(0));
    expect(size(1e9)).toBeLessThan(1e-6);
    expect(() => fitAdjustment(arms, { ridge: -1 })).toThrow('ridge: expected at least 0, got -1');
    expect(() => fitAdjustment([])).toThrow('covariates: expected at least 1, got -1');
  });

  // The promise: errors at 5 %, variance down to what the covariates leave, with a third of them missing.
  test('keeps the level, tells its own variance, and gains', () => {
    const random = randomState(71);
    const fold = crossMoments(4);
    const figures = new Float64Array(4);
    const trials = 3_000;
    let errors = 0;
    let plainErrors = 0;
    let squares = 0;
    let told = 0;
    let plain = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const states = [fold.initial(), fold.initial()];
      for (let unit = 0; unit < 200; unit += 1) {
        const skill = normal(random);
        figures[0] = 3 * skill + normal(random);
        withIndicator(figures, 1, uniform(random) < 1 / 3 ? NaN : 10 + skill);
        figures[3] = skill + 2 * normal(random);
        fold.step(states[uniform(random) < 0.3 ? 0 : 1]!, figures);
      }
      const moments = states.map((state) => fold.read(state));
      const adjustment = fitAdjustment(moments);
      const effect = difference(
        adjustedMean(moments[0]!, adjustment),
        adjustedMean(moments[1]!, adjustment),
      );
      if (fixedHorizon(effect, { alpha: 0.05 }).pValue < 0.05) errors += 1;
      squares += effect.estimate ** 2;
      told += effect.variance;
      const own = moments.map(({ count, means, products }) => ({
        estimate: means[0]!,
        variance: products[0]! / (count * (count - 1)),
        freedom: count - 1,
      }));
      const unadjusted = difference(own[0]!, own[1]!);
      plain += unadjusted.variance;
      if (fixedHorizon(unadjusted, { alpha: 0.05 }).pValue < 0.05) plainErrors += 1;
    }
    expect(Math.abs(errors / trials - 0.05)).toBeLessThan(4 * Math.sqrt(0.0475 / trials));
    expect(Math.abs(plainErrors / trials - 0.05)).toBeLessThan(4 * Math.sqrt(0.0475 / trials));
    expect(Math.abs(told / squares - 1)).toBeLessThan(0.11);
    expect(told / plain).toBeLessThan(0.5);
  });
});

describe('cupedRatio', () => {
  const columns = [numerator, denominator, numeratorBefore, denominatorBefore];
  const arms = [true, false].map((treated) => arm(treated, columns));

  // Golden: numpy 2.4, the linearized ratios (N − R D) / D̄ of each unit, their covariances and the slope from them.
  test('is the adjustment of linearized ratios', () => {
    const adjustment = fitRatioAdjustment(arms);
    expectRelative(adjustment.slope, 1.2725364310797134, 1e-11);
    expectRelative(adjustment.centre, 0.4688279301745636, 1e-13);
    const treated = adjustedRatio(arms[0]!, adjustment);
    expectRelative(treated.estimate, 0.45143781867083804, 1e-11);
    expectRelative(treated.variance, 0.00014975644754311525, 1e-10);
    const control = adjustedRatio(arms[1]!, adjustment);
    expectRelative(control.estimate, 0.45527158277931606, 1e-11);
    expectRelative(control.variance, 0.00017251060102273924, 1e-10);
    expectRelative(ratioEstimate(arms[0]!).variance, 0.0009828842936048946, 1e-11);
  });

  test('without anything before is the ratio itself', () => {
    const zeros = outcome.map(() => 0);
    const bare = [true, false].map((treated) =>
      arm(treated, [numerator, denominator, zeros, zeros]),
    );
    const adjustment = fitRatioAdjustment(bare);
    expect(adjustment).toEqual({ slope: 0, centre: 0 });
    const { estimate, variance } = adjustedRatio(bare[0]!, adjustment);
    expectRelative(estimate, ratioEstimate(bare[0]!).estimate, 1e-14);
    expectRelative(variance, ratioEstimate(bare[0]!).variance, 1e-11);
  });
});
