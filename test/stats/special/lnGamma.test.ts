import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { devianceTerm, lnBeta, lnGamma, stirlingError } from '../../../stats/special/lnGamma.ts';
import { expectRelative } from '../../support/relative.ts';

describe('lnGamma', () => {
  // Golden, here and below: mpmath 1.4.1 at 50 digits.
  test.each([
    [1e-10, 23.025850929882736],
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247001],
    [0.9999, 5.7729791561193866e-5],
    [1.0001, -5.771334222047127e-5],
    [1.5, -0.12078223763524522],
    [1.9999, -4.227520877215346e-5],
    [2.0001, 4.2281658112919945e-5],
    [2.5, 0.2846828704729192],
    [3.7, 1.428072326665388],
    [14.9, 24.924132002217277],
    [15.1, 25.458999750992664],
    [171.5, 709.1431630309282],
    [100000.0, 1051287.7089736569],
    [10000000000.0, 220258509288.81058],
  ])('lnΓ(%d) to 14 digits', (x, expected) => {
    expectRelative(lnGamma(x), expected, 4e-15);
  });

  test.each([
    [0.25, 0.27251040121343206],
    [1, 0.08106146679532726],
    [7.5, 0.011104559758206917],
    [20, 0.004166319691996922],
    [1000000.0, 8.333333333333056e-8],
  ])('the error of Stirling’s formula at %d', (x, expected) => {
    expectRelative(stirlingError(x), expected, 1e-13);
  });

  test.each([
    [0.5, 0.5, 1.1447298858494002],
    [3, 10000000.0, -47.661140072314986],
    [1000000.0, 1000000.0, -1386300.003362921],
    [20, 100000.0, -190.92052498871712],
    [0.1, 50, 1.8624127456700046],
  ])('ln B(%d, %d) without cancellation', (a, b, expected) => {
    expectRelative(lnBeta(a, b), expected, 1e-14);
  });

  test('follows its recurrence everywhere', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e3, noNaN: true }), (x) => {
        const scale = 1 + Math.abs(lnGamma(x + 1)) + Math.abs(Math.log(x));
        expect(Math.abs(lnGamma(x + 1) - lnGamma(x) - Math.log(x))).toBeLessThan(4e-15 * scale);
      }),
    );
  });

  test('the deviance keeps its digits where x is near its mean', () => {
    expectRelative(devianceTerm(1e6, 1e6 + 1), 4.999996666669167e-7, 1e-14); // d²/2x − d³/3x² + d⁴/4x³
    expectRelative(devianceTerm(2, 1), 2 * Math.LN2 - 1, 1e-15);
  });

  test('refuses what is not above 0', () => {
    expect(() => lnGamma(0)).toThrow('x: expected above 0, got 0');
  });
});
