import { describe, expect, test } from 'vitest';
import { gammaQuantile, lowerGamma, upperGamma } from '../../../stats/special/incompleteGamma.ts';
import { expectRelative } from '../../support/relative.ts';

describe('incompleteGamma', () => {
  // Golden: mpmath 1.4.1 at 50 digits.
  test.each([
    [0.5, 0.1, 0.345279153981423, 0.654720846018577],
    [1, 2, 0.8646647167633873, 0.1353352832366127],
    [3, 10, 0.9972306042844884, 0.002769395715511576],
    [0.5, 200, 1.0, 5.5072482372124675e-89],
    [10, 3, 0.0011024881301154798, 0.9988975118698845],
    [100, 100, 0.5132987982791487, 0.48670120172085135],
    [1000.0, 1100, 0.99894067674607, 0.0010593232539299773],
    [10000.0, 9500, 1.862454651795155e-7, 0.9999998137545348],
    [0.001, 1e-5, 0.9891230446957827, 0.01087695530421733],
    [2.5, 1e-6, 3.009008962961884e-16, 0.9999999999999997],
  ])('P and Q of shape %d at %d', (a, x, lower, upper) => {
    expectRelative(lowerGamma(a, x), lower, 1e-12);
    expectRelative(upperGamma(a, x), upper, 1e-12);
    expectRelative(gammaQuantile(a, lower, upper), x, 1e-11);
  });

  test('of a whole shape is a Poisson tail', () => {
    for (const x of [0.1, 2, 7.5, 30]) {
      let term = Math.exp(-x);
      let below = 0;
      for (let k = 0; k < 6; k += 1) {
        below += term;
        term *= x / (k + 1);
      }
      expectRelative(upperGamma(6, x), below, 1e-13);
    }
  });

  test('says the ends and refuses what is out of range', () => {
    expect([lowerGamma(2, 0), lowerGamma(2, Infinity)]).toEqual([0, 1]);
    expect([upperGamma(2, 0), upperGamma(2, Infinity)]).toEqual([1, 0]);
    expect([gammaQuantile(2, 0), gammaQuantile(2, 1)]).toEqual([0, Infinity]);
    expect(() => lowerGamma(0, 1)).toThrow('a: expected above 0, got 0');
  });
});
