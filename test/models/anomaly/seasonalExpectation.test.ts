import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type SeasonalExpectationParameters,
  seasonalExpectation,
} from '../../../models/anomaly/seasonalExpectation.ts';
import { parametersOf } from '../../../models/spec.ts';
import { normal, randomState } from '../../../stats/random.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** A Monday, 00:00 UTC. */
const monday = Date.UTC(2026, 0, 5);
const create = (given: Partial<SeasonalExpectationParameters> = {}, holidays?: Set<string>) => {
  const spec = seasonalExpectation(holidays);
  return spec.create(parametersOf<SeasonalExpectationParameters>(spec.parameters, given));
};
/** Busy at day, quiet at night and on Sundays. */
const usual = (timeMs: number): number => {
  const hours = new Date(timeMs).getUTCHours();
  return new Date(timeMs).getUTCDay() === 0 ? 20 : hours >= 8 && hours < 18 ? 100 : 10;
};

describe('seasonal expectation', () => {
  // By hand: one value an hour, no clipping in the first thirty.
  test('shrinks an hour of the week to the hour of the day, and that to all', () => {
    const model = create({ shrinkage: 2 });
    const state = model.initial();
    expect(model.expect(state, monday)).toEqual({ expected: NaN, scale: NaN });
    model.step(state, monday, 6);
    model.step(state, monday + day, 12);
    model.step(state, monday + 12 * hour, 3);
    // Two hours are complete, means 9; midnight had both: (2 × 9 + 2 × 9) / 4; Monday's one: (1 × 6 + 2 × 9) / 3.
    expect(model.expect(state, monday + 7 * day).expected).toBeCloseTo(8, 12);
    expect(model.expect(state, monday + 8 * day).expected).toBeCloseTo(10, 12);
    expect(model.expect(state, monday + 5 * hour).expected).toBeCloseTo(9, 12);
    // Expected were 6 at first and then (1 × 6 + 2 × 6) / 3, before noon 9: deviations of 6 and 6.
    expect(model.expect(state, monday).scale).toBeCloseTo(6 * Math.sqrt(Math.PI / 2), 12);
  });

  test('learns the week, and a calendar’s holidays apart', () => {
    const random = randomState(1);
    const holidays = new Set(['2026-02-25', '2026-03-04']);
    const model = create({}, holidays);
    const state = model.initial();
    const isHoliday = (timeMs: number) => holidays.has(new Date(timeMs).toISOString().slice(0, 10));
    for (let at = monday; at < monday + 63 * day; at += hour / 4) {
      model.step(state, at, (isHoliday(at) ? 30 : usual(at)) + normal(random));
    }
    const next = monday + 63 * day;
    for (let at = next; at < next + 7 * day; at += hour) {
      const { expected, scale } = model.expect(state, at);
      expect(Math.abs(expected - usual(at))).toBeLessThan(25);
      expect(scale).toBeLessThan(10);
    }
    // Two holidays were seen: two hours behind the expectation, and half a one's worth of the hour of any day.
    const noon = Date.UTC(2026, 2, 4, 12);
    const onHoliday = model.expect(state, noon).expected;
    const onWednesday = model.expect(state, noon + 14 * day).expected;
    expect(onWednesday - onHoliday).toBeGreaterThan(25);
  });

  test('local time moves the profile', () => {
    const utc = create();
    const local = create({ offsetMs: 2 * hour });
    const states = [utc.initial(), local.initial()] as const;
    for (let at = monday; at < monday + 21 * day; at += hour) {
      utc.step(states[0], at + 2 * hour, usual(at));
      local.step(states[1], at, usual(at));
    }
    expect(local.expect(states[1], monday + 30 * hour)).toEqual(
      utc.expect(states[0], monday + 32 * hour),
    );
  });

  test('an incident of a day hardly moves the expectation', () => {
    const random = randomState(2);
    const model = create();
    const state = model.initial();
    let at = monday;
    for (; at < monday + 28 * day; at += hour) model.step(state, at, usual(at) + normal(random));
    const before = model.expect(state, at + 12 * hour).expected;
    for (const end = at + day; at < end; at += hour) model.step(state, at, 5_000);
    const after = model.expect(state, at - 12 * hour).expected;
    expect(Math.abs(after - before)).toBeLessThan(15);
  });

  test('a constant has no deviations; what begins to vary is learnt', () => {
    const model = create();
    const state = model.initial();
    for (let i = 0; i < 200; i += 1) model.step(state, monday + i * hour, 4);
    expect(model.expect(state, monday)).toEqual({ expected: 4, scale: 0 });
    model.step(state, monday + 200 * hour, 9);
    expect(model.expect(state, monday).scale).toBeGreaterThan(0);
  });

  test('time may start anywhere, jump back and far ahead', () => {
    const time = fc.oneof(
      fc.constantFrom(0, -1, 8.64e15, -8.64e15, 1e18),
      fc.integer({ min: monday, max: monday + 30 * day }),
    );
    const row = fc.tuple(time, fc.integer({ min: -5, max: 5 }));
    const model = create({}, new Set(['2026-01-06']));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), fc.array(row), (before, after) => {
        const original = model.initial();
        for (const [at, x] of before) model.step(original, at, x);
        const copy = structuredClone(original);
        for (const [at, x] of after) {
          model.step(original, at, x);
          model.step(copy, at, x);
        }
        expect(copy).toEqual(original);
        const { expected } = model.expect(original, monday + day);
        expect(expected).toBeGreaterThanOrEqual(-5 - 1e-9);
        expect(expected).toBeLessThanOrEqual(5 + 1e-9);
      }),
    );
  });

  test('what is no finite number is refused', () => {
    const model = create();
    const state = model.initial();
    expect(() => model.step(state, NaN, 1)).toThrow('timeMs: expected a finite number, got NaN');
    expect(() => model.step(state, 1, Infinity)).toThrow('value: expected a finite number');
    expect(state).toEqual(model.initial());
  });
});
