import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDesign, experiments } from '../../../benchmarks/planner.ts';
import { asymptoticBoundary } from '../../../stats/planning/boundary.ts';
import { lookAt } from '../../../stats/planning/lookAt.ts';
import { minimumDetectableEffect } from '../../../stats/planning/minimumDetectableEffect.ts';
import { planCurve } from '../../../stats/planning/planCurve.ts';
import type { PlannedDesign } from '../../../stats/planning/plannedDesign.ts';
import { effectLimit, plannedArms } from '../../../stats/planning/plannedMetric.ts';
import {
  daysToPower,
  expectedDays,
  powerByDay,
  unitsToPower,
} from '../../../stats/planning/readCurve.ts';
import { accruedBy, dayWith } from '../../../stats/planning/trafficPlan.ts';
import { obrienFlemingSpending } from '../../../stats/testing/spending.ts';

const sequence = { kind: 'sequence', boundary: asymptoticBoundary(0.05, 5000) } as const;
const rate: PlannedDesign = {
  metric: { kind: 'binary', rate: 0.1 },
  effect: { kind: 'relative', size: 0.2 },
  test: sequence,
  traffic: [{ days: 1, unitsPerDay: 1000, treatmentShare: 0.5 }],
  daysMax: 30,
};

describe('planCurve', () => {
  // Golden: the textbook's n for 80 % power at two rates, (z + z)² (p q + p q) / δ² = 3,841 an arm.
  test('a fixed test of two rates needs the textbook’s units', () => {
    const curve = planCurve({ ...rate, test: { kind: 'fixed', alpha: 0.05 } });
    expect(Math.abs(unitsToPower(curve, 0.8) / (2 * 3841) - 1)).toBeLessThan(0.01);
    expect(daysToPower(curve, 0.8)).toBe(8);
    expect(daysToPower(curve, 0.999)).toBe(25); // (1.96 + 3.09)² in the place of (1.96 + 0.84)²
  });

  // Golden: a separate simulation of the asymptotic sequence tuned at 5,000, watched after every unit, where a fixed test
  // needs 20,000: median n / 20,000 at 1, 1.5, 2 and 3 times the effect, 400 to 4,000 runs each.
  test.each([
    [1, 0.95],
    [1.5, 0.41],
    [2, 0.23],
    [3, 0.11],
  ])('the median of a sequence at %d × the fixed test’s effect', (times, measured) => {
    const curve = planCurve({
      ...rate,
      metric: { kind: 'continuous', mean: 0, deviation: 1 },
      effect: { kind: 'absolute', size: (times * 2 * 2.801585) / Math.sqrt(20_000) },
      watched: 'continuously',
      daysMax: 40,
    });
    expect(Math.abs(unitsToPower(curve, 0.5) / 20_000 - measured)).toBeLessThan(0.03);
  });

  // Golden: Jennison & Turnbull 2000, table 2.4: O'Brien–Fleming at five looks inflates the sample by 1.028; the spending
  // function of that type by nearly as much.
  test('five looks by O’Brien–Fleming cost three per cent', () => {
    const gaussian: PlannedDesign = {
      ...rate,
      metric: { kind: 'continuous', mean: 0, deviation: 1 },
      effect: { kind: 'absolute', size: (2 * 2.801585) / Math.sqrt(20_000) },
      traffic: [{ days: 1, unitsPerDay: 2000 * 1.027, treatmentShare: 0.5 }],
      test: {
        kind: 'groupSequential',
        days: [2, 4, 6, 8, 10],
        spending: obrienFlemingSpending(0.025),
      },
    };
    expect(planCurve(gaussian)).toHaveLength(5);
    expect(Math.abs(powerByDay(planCurve(gaussian), 10) - 0.8)).toBeLessThan(0.002);
    expect(powerByDay(planCurve({ ...gaussian, daysMax: 7 }), 30)).toBeLessThan(0.5);
  });

  // The promise, in small: 4,000 simulated runs have the planned power within 2 points (a standard deviation is 0.6 to 0.8).
  test.each([
    'fixed, rate, lift',
    'fixed, uneven classes',
    'asymptotic, rate, always watched',
    'asymptotic, ramp',
    'engine’s clusters, 5 a day',
    'engine’s bets, rate .30 to .38 at 20/80, no baseline',
  ])('%s: simulated experiments have the planned power', (name) => {
    const experiment = experiments.find((each) => each.name === name)!;
    expect(checkDesign(experiment, [0.8], 4_000, 9).error).toBeLessThan(2);
  });

  test('more effect, traffic or time is more power', () => {
    const size = fc.double({ min: 0.05, max: 0.6, noNaN: true });
    const units = fc.integer({ min: 300, max: 3000 });
    fc.assert(
      fc.property(size, units, fc.constantFrom('fixed', 'sequence'), (effect, perDay, kind) => {
        const power = (times: number, more: number, day: number) => {
          const curve = planCurve({
            ...rate,
            effect: { kind: 'relative', size: effect * times },
            traffic: [{ days: 1, unitsPerDay: perDay * more, treatmentShare: 0.5 }],
            test: kind === 'fixed' ? { kind, alpha: 0.05 } : sequence,
            daysMax: 12,
          });
          return powerByDay(curve, day);
        };
        const base = power(1, 1, 8);
        expect(power(1.1, 1, 8)).toBeGreaterThanOrEqual(base);
        expect(power(1, 1.1, 8)).toBeGreaterThanOrEqual(base - 1e-9);
        expect(power(1, 1, 12)).toBeGreaterThanOrEqual(base);
      }),
      { numRuns: 15 },
    );
  });

  test('outcomes that come later move the curve by as many days', () => {
    const now = planCurve(rate);
    const later = planCurve({ ...rate, outcomeDays: 4 });
    expect(powerByDay(later, 18)).toBeCloseTo(powerByDay(now, 14), 12);
    expect(later[0]!.day).toBe(now[0]!.day + 4);
  });

  // Golden: E(1/n + 1/m) over the binomial sizes of the arms, both at least 2, by mpmath 1.4.1.
  test.each([
    [32, 0.5, 0.129333823],
    [120, 0.2, 0.053612206],
  ])(
    '%i units by a coin of %d have the expected precision',
    (unitsPerDay, treatmentShare, mean) => {
      const metric = { kind: 'continuous', mean: 0, deviation: 1 } as const;
      const effect = { kind: 'absolute', size: 1 } as const;
      const traffic = [{ days: 1, unitsPerDay, treatmentShare }];
      const look = lookAt({ ...rate, metric, effect, traffic }, 1)!;
      expect(Math.abs(1 / (look.information * mean) - 1)).toBeLessThan(0.005);
    },
  );

  test('clusters cost their design effect', () => {
    const fixed = { ...rate, test: { kind: 'fixed', alpha: 0.05 } as const, daysMax: 90 };
    const classes = { correlation: 0.05, clusterSize: 20, sizeVariation: 0 };
    const alone = unitsToPower(planCurve(fixed), 0.8);
    const together = unitsToPower(planCurve({ ...fixed, clusters: classes }), 0.8);
    expect(Math.abs(together / alone / 1.95 - 1)).toBeLessThan(0.01);
  });

  test('says nothing before the first look, and refuses what is out of range', () => {
    expect(planCurve({ ...rate, armUnitsFirst: 1e9 })).toEqual([]);
    expect(() => planCurve({ ...rate, daysMax: 0 })).toThrow('daysMax: expected at least 1, got 0');
    expect(() => planCurve({ ...rate, traffic: [] })).toThrow('traffic: expected a stage');
    const days = { kind: 'groupSequential', days: [0.001], spending: obrienFlemingSpending(0.025) };
    expect(() => planCurve({ ...rate, test: days as PlannedDesign['test'] })).toThrow(
      'days: expected two units in each arm, got a look on day 0.001',
    );
  });
});

describe('minimumDetectableEffect', () => {
  test('is the effect whose power was asked for, in either direction', () => {
    for (const size of [0.01, 5, -0.3]) {
      const effect = { kind: 'relative', size } as const;
      const found = minimumDetectableEffect({ ...rate, effect }, 14, 0.8);
      expect(Math.sign(found)).toBe(Math.sign(size));
      const curve = planCurve({ ...rate, effect: { kind: 'relative', size: found } });
      expect(powerByDay(curve, 14)).toBeCloseTo(0.8, 3);
    }
  });

  test('is NaN where no possible effect is found', () => {
    const few = [{ days: 1, unitsPerDay: 20, treatmentShare: 0.5 }];
    const effect = { kind: 'relative', size: -0.2 } as const;
    expect(minimumDetectableEffect({ ...rate, effect, traffic: few }, 14, 0.8)).toBeNaN();
    expect(() => minimumDetectableEffect(rate, 14, 1)).toThrow('power: expected in (0, 1), got 1');
  });
});

describe('readCurve', () => {
  const curve = [
    { day: 2, units: 200, power: 0.1 },
    { day: 2.5, units: 250, power: 0.4 },
    { day: 4, units: 400, power: 0.9 },
  ];

  test('by hand', () => {
    expect(daysToPower(curve, 0.3)).toBe(3);
    expect(daysToPower(curve, 0.95)).toBe(Infinity);
    expect(unitsToPower(curve, 0.65)).toBeCloseTo(325, 10);
    expect(unitsToPower(curve, 0.05)).toBe(200);
    expect(unitsToPower(curve, 0.95)).toBe(Infinity);
    expect([1, 2, 3, 9].map((day) => powerByDay(curve, day))).toEqual([0, 0.1, 0.4, 0.9]);
    expect(expectedDays(curve, 5)).toBeCloseTo(2 + 0.9 * 0.5 + 0.6 * 1.5 + 0.1 * 1, 12);
    expect(expectedDays([], 5)).toBe(5);
  });
});

describe('trafficPlan', () => {
  const ramp = [
    { days: 1, unitsPerDay: 100, treatmentShare: 0.1 },
    { days: 7, unitsPerDay: 1000, treatmentShare: 0.5 },
  ];

  test('by hand', () => {
    expect(accruedBy(ramp, 3)).toEqual({ treatment: 1010, control: 1090, within: 9 + 500 });
    expect(accruedBy(ramp, -1)).toEqual({ treatment: 0, control: 0, within: 0 });
    expect(accruedBy(ramp, 20).treatment).toBe(10 + 9500); // the last stage goes on
  });

  test('days and units undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 40, noNaN: true }), (day) => {
        const { treatment, control } = accruedBy(ramp, day);
        expect(dayWith(ramp, treatment + control)).toBeCloseTo(day, 9);
      }),
    );
  });

  test('refuses what is no traffic', () => {
    for (const [broken, message] of [
      [{ days: 0 }, 'days: expected above 0, got 0'],
      [{ unitsPerDay: 0 }, 'unitsPerDay: expected above 0, got 0'],
      [{ treatmentShare: 1 }, 'treatmentShare: expected in (0, 1), got 1'],
    ] as const) {
      expect(() => planCurve({ ...rate, traffic: [{ ...ramp[0]!, ...broken }] })).toThrow(message);
    }
  });
});

describe('plannedMetric', () => {
  test('spreads as its kind does', () => {
    const arms = plannedArms({ kind: 'binary', rate: 0.1 }, { kind: 'relative', size: 0.2 });
    expect(arms.treatment).toBeCloseTo(0.12, 15);
    expect(arms.treatmentVariance).toBeCloseTo(0.1056, 15);
    const counted = plannedArms(
      { kind: 'count', mean: 3, dispersion: 2 },
      { kind: 'absolute', size: -1 },
    );
    expect([counted.controlVariance, counted.treatmentVariance]).toEqual([6, 4]);
    const below = plannedArms(
      { kind: 'continuous', mean: -10, deviation: 3 },
      { kind: 'relative', size: 0.1 },
    );
    expect(below.treatment).toBe(-9);
  });

  test('knows how large an effect can be', () => {
    expect(effectLimit({ kind: 'binary', rate: 0.2 }, { kind: 'relative', size: 1 })).toBe(4);
    expect(effectLimit({ kind: 'binary', rate: 0.2 }, { kind: 'relative', size: -1 })).toBe(1);
    const count = { kind: 'count', mean: 3, dispersion: 1 } as const;
    expect(effectLimit(count, { kind: 'absolute', size: -1 })).toBe(3);
    expect(effectLimit(count, { kind: 'absolute', size: 1 })).toBe(Infinity);
    expect(() =>
      plannedArms({ kind: 'binary', rate: 0.9 }, { kind: 'relative', size: 0.2 }),
    ).toThrow('rates: expected in (0, 1)');
    expect(() => plannedArms(count, { kind: 'absolute', size: 0 })).toThrow(
      'effect: expected a number other than 0, got 0',
    );
  });
});
