import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { probabilityClass } from '../../../stats/sequential/probabilityClass.ts';

const probability = fc.double({ min: 0.0025, max: 0.9975, noNaN: true });

describe('probabilityClass', () => {
  // Golden: logistic function at 0, ¼ and −2.
  test('has bounds a quarter of a logit apart', () => {
    const { low, high } = probabilityClass(0.5);
    expect(low).toBe(0.5);
    expect(high).toBeCloseTo(0.5621765008857981, 15);
    expect(probabilityClass(0.12).low).toBeCloseTo(0.11920292202211755, 15);
  });

  test('encloses the probability', () => {
    fc.assert(
      fc.property(probability, (p) => {
        const { low, high } = probabilityClass(p);
        expect(low).toBeLessThanOrEqual(p);
        expect(high).toBeGreaterThanOrEqual(p);
        expect(high).toBeGreaterThan(low);
        expect(probabilityClass(low)).toEqual({ low, high });
      }),
    );
  });

  // The promise: rounding the weight to the class adds at most 2 % to its mean square.
  test('costs at most 2 % of the variance', () => {
    fc.assert(
      fc.property(probability, (p) => {
        const { low, high } = probabilityClass(p);
        const spread = (own: number, a: number, b: number) => (1 / own - 1 / a) * (1 / b - 1 / own);
        const added = p * spread(p, high, low) + (1 - p) * spread(1 - p, 1 - low, 1 - high);
        expect(added).toBeGreaterThanOrEqual(-1e-12);
        expect(added / (1 / p + 1 / (1 - p))).toBeLessThan(0.02);
      }),
    );
  });

  test('refuses what no floor allows', () => {
    expect(() => probabilityClass(0.002)).toThrow(/^probability: expected in \[0\.0024/);
  });
});
