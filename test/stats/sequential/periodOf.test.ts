import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { periodOf } from '../../../stats/sequential/periodOf.ts';

const hour = 3_600_000;

describe('periodOf', () => {
  // Golden: by hand; the third period ends after 1 + 1.3 + 1.69 hours.
  test('begins with an hour and grows', () => {
    expect(periodOf(0)).toBe(0);
    expect(periodOf(hour - 1)).toBe(0);
    expect(periodOf(hour)).toBe(1);
    expect(periodOf(8_280_000)).toBe(2);
    expect(periodOf(3.98 * hour)).toBe(2);
    expect(periodOf(4 * hour)).toBe(3);
    expect(periodOf(56 * 24 * hour)).toBe(22);
    expect(periodOf(5.5 * hour, hour, 1)).toBe(5);
  });

  test('never goes back in time', () => {
    const elapsed = fc.double({ min: 0, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(elapsed, elapsed, (a, b) => {
        expect(periodOf(Math.max(a, b))).toBeGreaterThanOrEqual(periodOf(Math.min(a, b)));
      }),
    );
  });

  test('refuses times before the start', () => {
    expect(() => periodOf(-1)).toThrow('elapsedMs: expected at least 0, got -1');
    expect(() => periodOf(1, 0)).toThrow('firstMs: expected above 0, got 0');
    expect(() => periodOf(1, 1, 0.5)).toThrow('growth: expected at least 1, got 0.5');
  });
});
