import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal, randomState } from '../../../stats/random.ts';
import { normalTail, normalTwoSided } from '../../../stats/special/normal.ts';
import { crossingProbabilities } from '../../../stats/testing/gaussianRecursion.ts';
import {
  spendingBounds,
  stagewiseResult,
  stagewiseTail,
} from '../../../stats/testing/groupSequential.ts';
import {
  obrienFlemingSpending,
  pocockSpending,
  powerSpending,
} from '../../../stats/testing/spending.ts';
import { expectRelative } from '../../support/relative.ts';

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const equalLooks = (looks: number) => Array.from({ length: looks }, (_, i) => (i + 1) / looks);

/** Level of the two-sided test with bounds c × shape(fraction). */
function crossed(looks: number, shape: (fraction: number) => number, drift: number): number {
  const information = equalLooks(looks);
  const upper = information.map(shape);
  const lower = upper.map((bound) => -bound);
  const crossing = crossingProbabilities(information, lower, upper, drift);
  return sum(crossing.upper) + sum(crossing.lower);
}

describe('gaussianRecursion', () => {
  // Golden: Jennison & Turnbull 2000, tables 2.1 (Pocock constants) and 2.3 (O'Brien–Fleming), level 0.05.
  test.each([
    [2, 2.178, 1.977],
    [3, 2.289, 2.004],
    [5, 2.413, 2.04],
    [10, 2.555, 2.087],
    [20, 2.672, 2.126],
  ])('%i looks at the tabulated constants make errors of 5 %', (looks, pocock, obrien) => {
    // The constants have four digits: half a unit of the last moves the level by 7e-5.
    expect(Math.abs(crossed(looks, () => pocock, 0) - 0.05)).toBeLessThan(1e-4);
    expect(Math.abs(crossed(looks, (t) => obrien / Math.sqrt(t), 0) - 0.05)).toBeLessThan(1e-4);
  });

  // Golden: the same, tables 2.2 and 2.4: inflation of the maximal information for power 0.8, 1.229 and 1.028 at 5 looks.
  test('five looks have the tabulated power', () => {
    const fixed = normalTwoSided(0.05) + normalTwoSided(0.4);
    expect(crossed(5, () => 2.413, fixed * Math.sqrt(1.229))).toBeCloseTo(0.8, 3);
    const obrien = crossed(5, (t) => 2.04 / Math.sqrt(t), fixed * Math.sqrt(1.028));
    expect(obrien).toBeCloseTo(0.8, 3);
  });

  test('one look is the normal tail; a look that cannot be crossed changes nothing', () => {
    const one = crossingProbabilities([4], [-Infinity], [1.5], 0.3);
    expectRelative(one.upper[0]!, normalTail(1.5 - 0.6), 1e-14);
    const wide = [Infinity, 9, Infinity, 1.5];
    const four = crossingProbabilities([0.01, 1, 3.9, 4], [-9, -9, -9, -9], wide, 0.3);
    expectRelative(sum(four.upper), normalTail(1.5 - 0.6), 1e-12);
  });

  test('does not depend on the unit of information', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (scale) => {
        const information = [0.2, 0.5, 0.7, 1];
        const upper = [2.5, 2.3, 2.2, 2.1];
        const lower = [-1, -0.5, 0, 1];
        const base = crossingProbabilities(information, lower, upper, 1.2);
        const scaled = crossingProbabilities(
          information.map((i) => scale * i),
          lower,
          upper,
          1.2 / Math.sqrt(scale),
        );
        base.upper.forEach((p, look) => {
          expectRelative(scaled.upper[look]!, p, 1e-11);
        });
      }),
      { numRuns: 10 },
    );
  });

  // The promise, against brute force: 30 000 walks with drift over six uneven looks.
  test('agrees with simulated walks', () => {
    const information = [0.1, 0.15, 0.4, 0.8, 0.82, 1];
    const upper = [3, 2.2, 2.4, 2, 2.5, 2.1];
    const lower = [-2, -3, -1.5, -1, -2, -1];
    const { upper: up, lower: down } = crossingProbabilities(information, lower, upper, 1);
    const random = randomState(41);
    const walks = 30_000;
    const counts = new Float64Array(12);
    for (let walk = 0; walk < walks; walk += 1) {
      let score = 0;
      let before = 0;
      for (let look = 0; look < 6; look += 1) {
        const step = information[look]! - before;
        before = information[look]!;
        score += step + Math.sqrt(step) * normal(random);
        const z = score / Math.sqrt(before);
        if (z < upper[look]! && z > lower[look]!) continue;
        counts[z > 0 ? look : 6 + look]! += 1;
        break;
      }
    }
    for (let look = 0; look < 6; look += 1) {
      for (const [p, count] of [
        [up[look]!, counts[look]!],
        [down[look]!, counts[6 + look]!],
      ] as const) {
        const error = Math.sqrt((p * (1 - p)) / walks);
        expect(Math.abs(count / walks - p)).toBeLessThan(4.5 * error + 1e-4);
      }
    }
  });

  test('refuses information that does not ascend', () => {
    expect(() => crossingProbabilities([1, 1], [0, 0], [1, 1], 0)).toThrow(
      'information: expected above 1, got 1',
    );
    expect(() => crossingProbabilities([], [], [], 0)).toThrow('expected a look, got none');
  });
});

describe('spending', () => {
  test('goes from nothing to everything', () => {
    for (const spending of [
      obrienFlemingSpending(0.025),
      pocockSpending(0.025),
      powerSpending(0.025, 2),
    ]) {
      expect(spending(0)).toBe(0);
      expectRelative(spending(1), 0.025, 1e-14);
      expect(spending(1.2)).toBe(spending(1));
      for (let t = 0.1; t <= 1; t += 0.1) {
        expect(spending(t)).toBeGreaterThan(spending(t - 0.1));
      }
    }
    expect(powerSpending(0.05, 2)(0.5)).toBeCloseTo(0.0125, 15);
    expect(() => powerSpending(0.05, 0)).toThrow('power: expected above 0, got 0');
    expect(() => pocockSpending(1)).toThrow('alpha: expected in (0, 1), got 1');
  });
});

describe('groupSequential', () => {
  const design = { information: equalLooks(5), informationMax: 1, sides: 2 } as const;

  // Golden: gsDesign (R), gsDesign(k = 5, test.type = 2, alpha = 0.025, sfu = sfLDOF and sfLDPocock), to four digits; the
  // further digits from a trapezoidal recursion of 6 001 points with numpy, which agrees to 1e-6.
  test.each([
    ['O’Brien–Fleming', obrienFlemingSpending, [4.8769, 3.357, 2.6803, 2.2898, 2.031]],
    ['Pocock', pocockSpending, [2.438, 2.4268, 2.4102, 2.3966, 2.386]],
  ] as const)('%s-type bounds', (_, spending, expected) => {
    const bounds = spendingBounds({ ...design, spending: spending(0.025) });
    expected.forEach((bound, look) => {
      expect(bounds[look]).toBeCloseTo(bound, 4);
    });
  });

  test('power-family bounds at uneven looks, one-sided', () => {
    const bounds = spendingBounds({
      information: [0.3, 0.45, 1],
      informationMax: 1,
      spending: powerSpending(0.05, 2),
      sides: 1,
    });
    [2.6120541412292777, 2.420086423399289, 1.6948139003034344].forEach((bound, look) => {
      expect(bounds[look]).toBeCloseTo(bound, 6);
    });
  });

  test('spends exactly what it may, at any looks', () => {
    const looks = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(looks, fc.constantFrom(1 as const, 2 as const), (percents, sides) => {
        const information = percents.sort((a, b) => a - b).map((percent) => percent / 100);
        const spending = powerSpending(0.04, 1.5);
        const bounds = spendingBounds({ information, informationMax: 1, spending, sides });
        const lower = bounds.map((bound) => (sides === 2 ? -bound : -Infinity));
        const { upper } = crossingProbabilities(information, lower, bounds, 0);
        expectRelative(sum(upper), spending(information.at(-1)!), 1e-9);
      }),
      { numRuns: 25 },
    );
  });

  test('waits where nothing may be spent', () => {
    const bounds = spendingBounds({
      information: [0.001, 0.5, 1],
      informationMax: 1,
      spending: (t) => (t < 0.4 ? 0 : 0.025 * t),
      sides: 2,
    });
    expect(bounds[0]).toBe(Infinity);
    expect(bounds[1]).toBeLessThan(3);
    // Spent at t = 0.001: 1e-272.
    const early = spendingBounds({
      ...design,
      information: [0.004, 1],
      spending: obrienFlemingSpending(0.025),
    });
    expect(early[0]).toBeGreaterThan(30);
    expect(early[1]).toBeCloseTo(1.96, 2);
  });

  test('with one look is the fixed test', () => {
    const stopped = { information: [25], bounds: [1.96], sides: 2, statistic: 2.2 } as const;
    const { pValue, estimate, lower, upper } = stagewiseResult(stopped, 0.05);
    expectRelative(pValue, 2 * normalTail(2.2), 1e-12);
    expect(estimate).toBeCloseTo(0.44, 9);
    expect(lower).toBeCloseTo((2.2 - 1.959963984540054) / 5, 9);
    expect(upper).toBeCloseTo((2.2 + 1.959963984540054) / 5, 9);
  });

  test('a result on the last bound has the level as its p-value', () => {
    const bounds = spendingBounds({ ...design, spending: pocockSpending(0.025) });
    const stopped = {
      information: design.information,
      bounds,
      sides: 2,
      statistic: bounds[4]!,
    } as const;
    expectRelative(stagewiseResult(stopped, 0.05).pValue, 0.05, 1e-9);
    const mirrored = stagewiseResult({ ...stopped, statistic: -bounds[4]! }, 0.05);
    expectRelative(mirrored.pValue, 0.05, 1e-9);
  });

  // The promises: under an effect the estimate is above it half of the time and the interval covers it, where the naive
  // estimate is too high; without one, errors at 5 %.
  test('keeps the level, and reports without the bias of stopping', () => {
    const information = [0.3, 0.6, 1].map((fraction) => 10 * fraction);
    const bounds = spendingBounds({
      information,
      informationMax: 10,
      spending: pocockSpending(0.025),
      sides: 2,
    });
    const random = randomState(42);
    const stop = (effect: number) => {
      let score = 0;
      let look = 0;
      for (; ; look += 1) {
        const step = information[look]! - (information[look - 1] ?? 0);
        score += effect * step + Math.sqrt(step) * normal(random);
        const statistic = score / Math.sqrt(information[look]!);
        if (Math.abs(statistic) >= bounds[look]! || look === 2) {
          return {
            information: information.slice(0, look + 1),
            bounds: bounds.slice(0, look + 1),
            sides: 2 as const,
            statistic,
          };
        }
      }
    };
    const walks = 20_000;
    let errors = 0;
    for (let walk = 0; walk < walks; walk += 1) {
      const { statistic, bounds: seen } = stop(0);
      if (Math.abs(statistic) >= seen.at(-1)!) errors += 1;
    }
    expect(Math.abs(errors / walks - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / walks));
    const effect = 0.9;
    const tried = 3_000;
    let above = 0;
    let naiveAbove = 0;
    let covered = 0;
    for (let trial = 0; trial < tried; trial += 1) {
      const stopped = stop(effect);
      const tail = stagewiseTail(stopped, effect);
      if (tail < 0.5) above += 1; // the estimate lies above the effect
      if (tail > 0.025 && tail < 0.975) covered += 1;
      if (stopped.statistic / Math.sqrt(stopped.information.at(-1)!) > effect) naiveAbove += 1;
    }
    const error = Math.sqrt(0.25 / tried);
    expect(Math.abs(above / tried - 0.5)).toBeLessThan(4 * error);
    expect(Math.abs(covered / tried - 0.95)).toBeLessThan(0.016);
    expect(naiveAbove / tried).toBeGreaterThan(0.5 + 4 * error);
  });
});
