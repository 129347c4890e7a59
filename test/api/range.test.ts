/** Ranges: what is not asked for suits the data, what is asked for is kept within bounds, points are whole. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillGaps, resolveRange } from '../../api/queries/range.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2017, 0, 1);

describe('a range without bounds', () => {
  test('is the last day of the data, wherever that lies', () => {
    const range = resolveRange({}, { from: start, to: start + 10 * day }, minute);
    expect(range).toEqual({ from: start + 9 * day, to: start + 10 * day, stepMs: 10 * minute });
  });

  test('is the data where they cover less, window by window', () => {
    const range = resolveRange({}, { from: start, to: start + 30 * minute }, minute);
    expect(range).toEqual({ from: start, to: start + 30 * minute, stepMs: minute });
  });
});

test.each([
  [hour, minute, minute],
  [6 * hour, minute, 2 * minute],
  [7 * day, minute, hour],
  [30 * day, minute, 6 * hour],
  [365 * day, minute, 2 * day],
  [day, 7 * minute, 14 * minute],
  [100 * 365 * day, minute, 364 * day],
])('%i ms of windows of %i ms read well in steps of %i ms', (span, windowMs, stepMs) => {
  const range = resolveRange({ from: 0, to: span }, { from: 0, to: span }, windowMs);
  expect(range.stepMs).toBe(stepMs);
});

const instants = fc.integer({ min: 0, max: 4e12 });
const optional = (arbitrary: fc.Arbitrary<number>) => fc.option(arbitrary, { nil: undefined });

test('any range is whole steps of whole windows, covers what was asked for, and has a bounded size', () => {
  fc.assert(
    fc.property(
      optional(instants),
      optional(fc.integer({ min: 1, max: 4e12 })),
      optional(fc.integer({ min: 1_000, max: 1e10 })),
      instants,
      fc.integer({ min: 1, max: 1e11 }),
      fc.constantFrom(1_000, 7_000, minute, 5 * minute, hour, day),
      (from, span, stepMs, first, extent, windowMs) => {
        const to = span === undefined ? undefined : (from ?? 0) + span;
        const query = {
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
          ...(stepMs === undefined ? {} : { stepMs }),
        };
        const range = resolveRange(query, { from: first, to: first + extent }, windowMs);
        const count = (range.to - range.from) / range.stepMs;
        expect(range.stepMs % windowMs).toBe(0);
        expect(range.from % range.stepMs).toBe(0);
        expect(Number.isInteger(count)).toBe(true);
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(2_002);
        if (from !== undefined) expect(range.from).toBeLessThanOrEqual(from);
        if (to !== undefined) expect(range.to).toBeGreaterThanOrEqual(to);
        if (stepMs !== undefined) expect(range.stepMs).toBeGreaterThanOrEqual(stepMs);
      },
    ),
    { seed: 11 },
  );
});

test('gaps are filled in order', () => {
  const filled = fillGaps({ from: 0, to: 4, stepMs: 1 }, [{ time: 2, count: 5 }], (time) => ({
    time,
    count: 0,
  }));
  expect(filled.map(({ count }) => count)).toEqual([0, 0, 5, 0]);
});
