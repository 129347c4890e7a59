import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betaDensity,
  incompleteBeta,
  incompleteBetaInverse,
  lnIncompleteBeta,
} from '../../../stats/special/incompleteBeta.ts';
import { expectRelative } from '../../support/relative.ts';

describe('incompleteBeta', () => {
  // Golden: mpmath 1.4.1 at 50 digits (by quadrature of the density where a is 1e5 or more).
  test.each([
    [0.5, 0.5, 0.1, 0.20483276469913345],
    [2, 3, 0.25, 0.26171875],
    [5, 0.5, 0.99, 0.7571581091015624],
    [0.5, 5, 1e-8, 0.00024609374671875006],
    [100, 200, 0.2, 3.5460073665672474e-8],
    [100, 200, 0.5, 0.9999999973534454],
    [1000.0, 1000.0, 0.45, 3.683198869007578e-6],
    [100000.0, 200000.0, 0.33, 5.24278181847812e-5],
    [1000000.0, 1000000.0, 0.4995, 0.07864957758090163],
    [50, 0.5, 0.3, 6.800825885173812e-28],
    [0.01, 10, 1e-5, 0.9167531321937997],
    [30, 1, 0.9, 0.04239115827521624],
    [3000.5, 2.5, 0.995, 1.4173285267597663e-5],
    [1, 1000000.0, 1e-7, 0.0951625864882278],
    [200, 3, 0.5, 3.189917631431621e-57],
  ])('I(%d, %d) at %d', (a, b, x, expected) => {
    expectRelative(incompleteBeta(a, b, x), expected, 1e-12);
    if (expected > 1e-3 && expected < 0.999) {
      expectRelative(incompleteBetaInverse(a, b, expected), x, 1e-12);
    }
    expectRelative(incompleteBetaInverse(a, b, incompleteBeta(a, b, x)), x, 1e-9);
  });

  test('of whole a and b is a binomial tail', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        (a, b, x) => {
          const n = a + b - 1;
          let term = (1 - x) ** n;
          let below = 0;
          for (let k = 0; k < a; k += 1) {
            below += term;
            term *= ((n - k) / (k + 1)) * (x / (1 - x));
          }
          expect(Math.abs(1 - below - incompleteBeta(a, b, x))).toBeLessThan(1e-11);
          expect(Math.abs(incompleteBeta(b, a, 1 - x) - below)).toBeLessThan(1e-11);
        },
      ),
    );
  });

  test('density is the slope, and the logarithm goes on where the value underflows', () => {
    const slope = (incompleteBeta(3, 7, 0.2001) - incompleteBeta(3, 7, 0.1999)) / 2e-4;
    expectRelative(slope, betaDensity(3, 7, 0.2), 1e-6);
    expect(betaDensity(1, 4, 0)).toBe(4);
    expect(incompleteBeta(1000, 1, 0.1)).toBe(0);
    expectRelative(lnIncompleteBeta(1000, 1, 0.1), 1000 * Math.log(0.1), 1e-14);
  });

  test('refuses what is out of range', () => {
    expect(() => incompleteBeta(0, 1, 0.5)).toThrow('a: expected above 0, got 0');
    expect(() => incompleteBeta(1, 1, 1.5)).toThrow('x: expected in [0, 1], got 1.5');
  });
});
