import { describe, expect, test } from 'vitest';
import { noncentralTCdf, noncentralTTwoSidedPower } from '../../../stats/special/noncentralT.ts';
import { studentTCdf, studentTTwoSided } from '../../../stats/special/studentT.ts';

describe('noncentralT', () => {
  // Golden: mpmath 1.4.1, quadrature of the definition at 30 digits.
  test.each([
    [2, 10, 1, 0.8076115625303752],
    [2.5, 3, 2.8, 0.35187305688869874],
    [1.99, 98, 2.8, 0.20983592223337136],
    [-1, 5, 0.5, 0.08244409105672346],
    [2, 1.5, 0, 0.8879058348219745],
    [1.972, 200, 3.24, 0.10305484701319993],
  ])('P(T ≤ %d), %d degrees of freedom, shift %d', (t, freedom, shift, expected) => {
    expect(Math.abs(noncentralTCdf(t, freedom, shift) - expected)).toBeLessThan(1e-11);
  });

  test('without shift is Student’s', () => {
    for (const freedom of [1, 2.5, 4, 30, 1e4]) {
      expect(Math.abs(noncentralTCdf(1.3, freedom, 0) - studentTCdf(1.3, freedom))).toBeLessThan(
        1e-10,
      );
    }
  });

  // Golden: statsmodels 0.15.0, TTestIndPower().power(0.5, 64, 0.05) = 0.8014596.
  test('is the power of a t-test', () => {
    const critical = studentTTwoSided(0.05, 126);
    const shift = 0.5 * Math.sqrt(32);
    expect(noncentralTTwoSidedPower(critical, 126, shift)).toBeCloseTo(0.8014596, 6);
  });
});
