import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logBin } from '../../../stats/sequential/logBin.ts';

const decades = { smallest: 1, largest: 1_000, bins: 5 };

describe('logBin', () => {
  // Golden: by hand.
  test.each([
    [0, 0],
    [1, 0],
    [1.1, 1],
    [50, 2],
    [999, 3],
    [1_000, 4],
    [Infinity, 4],
  ])('%d lies in bin %i of decades', (outcome, bin) => {
    expect(logBin(outcome, decades)).toBe(bin);
  });

  test('rises with the outcome and stays in range', () => {
    const outcome = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(outcome, outcome, fc.integer({ min: 3, max: 200 }), (a, b, bins) => {
        const chosen = { smallest: 0.01, largest: 1e6, bins };
        const low = logBin(Math.min(a, b), chosen);
        const high = logBin(Math.max(a, b), chosen);
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThan(bins);
      }),
    );
  });

  test('refuses what has no logarithm', () => {
    expect(() => logBin(-1, decades)).toThrow('outcome: expected at least 0, got -1');
    expect(() => logBin(NaN, decades)).toThrow(RangeError);
    expect(() => logBin(1, { ...decades, smallest: 0 })).toThrow('smallest: expected in (0, 1000)');
    expect(() => logBin(1, { ...decades, bins: 2 })).toThrow('bins: expected an integer from 3');
  });
});
