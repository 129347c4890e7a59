import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal, randomState } from '../../../stats/random.ts';
import {
  type DayValue,
  dayEffect,
  effectInterval,
  movesBeyond,
  risesBeyond,
} from '../../../stats/testing/dayEffect.ts';

/** Weekdays as groups; the days from `from` on are asked about. */
function daysOf(values: readonly number[], at: readonly number[], from: number): DayValue[] {
  return values.map((value, i) => ({
    ...{ day: at[i]!, value, variance: 0, group: at[i]! % 7 },
    regressor: at[i]! >= from ? 1 : 0,
  }));
}

/** Of four weeks; the days 23 is missing. */
const at = [...Array.from({ length: 23 }, (_, i) => i), 24, 25];
const plain = [
  ...[0.5, 0.53, 0.49, 0.54, 0.51, 0.6, 0.62, 0.52, 0.5, 0.53, 0.49, 0.55, 0.58, 0.63, 0.51],
  ...[0.54, 0.5, 0.53, 0.5, 0.61, 0.6, 0.53, 0.5, 0.58, 0.6],
];
const drifting = [
  ...[0.5, 0.51, 0.5, 0.53, 0.52, 0.62, 0.63, 0.54, 0.52, 0.53, 0.5, 0.52, 0.59, 0.6, 0.49],
  ...[0.51, 0.49, 0.52, 0.51, 0.61, 0.62, 0.54, 0.52, 0.6, 0.61],
];

describe('dayEffect', () => {
  // Golden: statsmodels 0.14, OLS on seven weekday columns and the indicator; scipy.stats.t.sf.
  test('is the t-test of least squares where days do not follow each other', () => {
    const effect = dayEffect(daysOf(plain, at, 24));
    expect(effect.correlation).toBe(0);
    expect(effect.estimate).toBeCloseTo(0.07, 12);
    expect(effect.error).toBeCloseTo(0.015996323106926, 12);
    expect(effect.freedom).toBeCloseTo(17, 10);
    expect(risesBeyond(effect, 0.02)).toBeCloseTo(0.00307779240013, 12);
  });

  // Golden: numpy, by matrices (pseudo-inverse, traces of M R), the correlation by scipy's brentq.
  test('widens its error where they do', () => {
    const effect = dayEffect(daysOf(drifting, at, 24));
    expect(effect.correlation).toBeCloseTo(0.35517594, 5);
    expect(effect.estimate).toBeCloseTo(0.0883333333, 9);
    expect(effect.error).toBeCloseTo(0.015709382755, 8);
    expect(effect.freedom).toBeCloseTo(13.4005492, 3);
    expect(risesBeyond(effect, 0.02)).toBeCloseTo(0.00036750124983, 8);
  });

  test('never has a smaller error than chance within days makes', () => {
    const days = daysOf(plain, at, 24).map((each) => ({ ...each, value: 0.5, variance: 0.01 }));
    const effect = dayEffect(days);
    expect(effect.estimate).toBeCloseTo(0, 12);
    expect(effect.error).toBeGreaterThan(0.07);
    expect(risesBeyond(effect, 0)).toBeCloseTo(0.5, 5);
  });

  test('a regressor of 1 without groups asks for the mean', () => {
    const days = [1, 2, 6].map((value, day) => ({
      day: 5 * day,
      value,
      variance: 0,
      group: null,
      regressor: 1,
    }));
    const { estimate, error, freedom } = dayEffect(days);
    expect(estimate).toBeCloseTo(3, 12);
    expect(error).toBeCloseTo(Math.sqrt(7 / 3), 10);
    expect(freedom).toBeCloseTo(2, 10);
  });

  test('says nothing where no group has both kinds of days, or no day is left', () => {
    const one = (day: number, regressor: number, group: number) => ({
      day,
      value: day,
      variance: 0,
      group,
      regressor,
    });
    for (const days of [[], [one(0, 0, 0), one(1, 1, 1)], [one(0, 0, 0), one(1, 1, 0)]]) {
      expect(dayEffect(days).error).toBeNaN();
      expect([risesBeyond(dayEffect(days), 0), movesBeyond(dayEffect(days), 0)]).toEqual([1, 1]);
    }
  });

  test('does not depend on the levels of weekdays, and scales with the figure', () => {
    const noise = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: 25,
      maxLength: 25,
    });
    fc.assert(
      fc.property(noise, fc.double({ min: 0.5, max: 20, noNaN: true }), (values, scale) => {
        const one = dayEffect(daysOf(values, at, 20));
        fc.pre(one.error > 1e-6);
        const other = dayEffect(
          daysOf(values, at, 20).map((each) => ({
            ...each,
            value: scale * each.value + 5 * each.group!,
          })),
        );
        expect(other.estimate).toBeCloseTo(scale * one.estimate, 8);
        expect(other.error / scale).toBeCloseTo(one.error, 3);
        const { lower, upper } = effectInterval(one, 0.05);
        expect(movesBeyond(one, 0) <= 0.05).toBe(lower >= 0 || upper <= 0);
      }),
      { numRuns: 60 },
    );
  });
});

/** Shares of p-values up to .1 and .01. */
function shares(pValues: readonly number[]) {
  return [0.1, 0.01].map((level) => pValues.filter((p) => p <= level).length / pValues.length);
}

function simulated(seed: number, rho: number, change: number, runs: number): number[] {
  const random = randomState(seed);
  return Array.from({ length: runs }, () => {
    let error = normal(random);
    const values = Array.from({ length: 24 }, (_, day) => {
      error = rho * error + Math.sqrt(1 - rho * rho) * normal(random);
      return error + (day % 7 > 4 ? 2 : 0) + (day >= 20 ? change : 0);
    });
    return risesBeyond(
      dayEffect(
        daysOf(
          values,
          values.map((_, day) => day),
          20,
        ),
      ),
      0,
    );
  });
}

// The promise: days with effects of their own, weekends on another level, and days that follow each other.
test.each([
  [0, 0.12, 0.02],
  [0.3, 0.13, 0.025],
  [0.5, 0.14, 0.035],
])('without a change few p-values are small, at a correlation of %s of days', (rho, most, rare) => {
  const [tenth, hundredth] = shares(simulated(7, rho, 0, 500));
  expect(tenth).toBeLessThan(most);
  expect(tenth).toBeGreaterThan(0.05);
  expect(hundredth).toBeLessThan(rare);
});

test('with a change of three deviations of days most are, at a level of 1 in 100', () => {
  expect(shares(simulated(8, 0.3, 3, 150))[1]).toBeGreaterThan(0.75);
});
