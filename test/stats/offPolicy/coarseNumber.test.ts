import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coarseCeiling, coarsePlace, coarseValue } from '../../../stats/offPolicy/coarseNumber.ts';

const values = fc.double({ min: -1e6, max: 1e12, noNaN: true });
const draws = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('coarseNumber', () => {
  test('rounds to a neighbour that is near, and keeps order', () => {
    fc.assert(
      fc.property(values, values, draws, (a, b, draw) => {
        const rounded = coarseValue(coarsePlace(a, draw));
        expect(Math.abs(rounded - a)).toBeLessThanOrEqual(Math.max(Math.abs(a) / 64, 1 / 1024));
        if (a <= b) expect(coarsePlace(a, draw)).toBeLessThanOrEqual(coarsePlace(b, draw) + 1);
      }),
    );
  });

  // The share of draws that go outwards is the part beyond the inner neighbour: its mean is the number, exactly.
  test('keeps the mean', () => {
    fc.assert(
      fc.property(values, (value) => {
        const outer = coarseValue(coarsePlace(value, 0));
        const inner = coarseValue(coarsePlace(value, 1 - 2 ** -53));
        if (outer === inner) {
          expect(Math.abs(outer - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-15);
          return;
        }
        const share = (value - inner) / (outer - inner);
        expect(share).toBeGreaterThan(0);
        expect(coarseValue(coarsePlace(value, Math.max(0, share - 1e-6)))).toBe(outer);
        expect(coarseValue(coarsePlace(value, Math.min(1 - 2 ** -53, share + 1e-6)))).toBe(inner);
      }),
    );
  });

  test('whole numbers, halves and powers of two stay themselves', () => {
    for (const value of [0, 1, -1, 2, 3, 100, 127, 128, 0.5, -0.5, 1 / 1024, 2 ** 20, 2 ** 50]) {
      for (const draw of [0, 0.5, 0.999]) {
        expect(coarseValue(coarsePlace(value, draw)) - value).toBe(0);
      }
      if (value >= 0) expect(coarseCeiling(value)).toBe(value);
    }
    for (let place = 600; place <= 7_600; place += 1) {
      expect(coarsePlace(coarseValue(place), 0.5)).toBe(place);
    }
  });

  test('its examples hold, and it refuses what it does not reach', () => {
    expect(coarsePlace(1, 0.9)).toBe(4416);
    expect(coarseValue(coarsePlace(100.25, 0.2))).toBe(101);
    expect(coarseValue(coarsePlace(100.25, 0.3))).toBe(100);
    expect(coarseCeiling(2.301)).toBeGreaterThanOrEqual(2.301);
    expect(() => coarsePlace(NaN, 0.5)).toThrow('value: expected at most');
    expect(() => coarsePlace(2 ** 51, 0.5)).toThrow('value: expected at most');
  });
});
