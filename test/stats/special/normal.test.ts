import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  lnNormalTail,
  normalCdf,
  normalDensity,
  normalQuantile,
  normalQuantileOfLnTail,
  normalTail,
  normalTwoSided,
} from '../../../stats/special/normal.ts';
import { expectRelative } from '../../support/relative.ts';

describe('normal', () => {
  // Golden, here and below: mpmath 1.4.1 at 50 digits.
  test.each([
    [-3.0, 0.9986501019683699],
    [0.0, 0.5],
    [0.1, 0.460172162722971],
    [1.0, 0.15865525393145705],
    [1.959963984540054, 0.025000000000000012],
    [5.0, 2.866515718791939e-7],
    [8.3, 5.205569744890254e-17],
    [12.0, 1.776482112077679e-33],
    [20.0, 2.7536241186062337e-89],
    [30.0, 4.906713927148187e-198],
    [37.5, 4.605353009581955e-308],
  ])('P(Z > %d)', (x, expected) => {
    expectRelative(normalTail(x), expected, 1e-15);
  });

  test.each([
    [-10.0, -7.619853024160525e-24],
    [0.5, -1.1759117615936185],
    [10.0, -53.23128515051247],
    [100.0, -5005.524208694205],
    [10000.0, -50000010.12927891],
  ])('ln P(Z > %d)', (x, expected) => {
    expectRelative(lnNormalTail(x), expected, 1e-15);
  });

  test.each([
    [1e-300, -37.0470962993612],
    [1e-100, -21.273453560965326],
    [1e-16, -8.222082216130435],
    [1e-8, -5.612001244174789],
    [0.001, -3.0902323061678136],
    [0.025, -1.9599639845400543],
    [0.2499, -0.67480447011061],
    [0.3, -0.5244005127080408],
    [0.5000001, 2.506628273311648e-7],
    [0.6, 0.2533471031357997],
    [0.75001, 0.6745212191808626],
    [0.975, 1.9599639845400538],
    [0.999999, 4.753424308817087],
  ])('the quantile of %d', (p, expected) => {
    expectRelative(normalQuantile(p), expected, 1e-15);
  });

  test('has quantiles where the probability underflows', () => {
    expectRelative(normalQuantileOfLnTail(-1e4), 141.37983987312717, 1e-15);
  });

  test('density is the slope of the cdf', () => {
    for (const x of [-1.3, 0, 0.4, 2, 9]) {
      const slope = (normalTail(x - 1e-5) - normalTail(x + 1e-5)) / 2e-5;
      expectRelative(slope, normalDensity(x), 1e-8);
    }
  });

  test('density is 0 where it underflows, however far', () => {
    for (const x of [38.9, 39.1, 30_000.03, 1e13 + 0.3, 1e300]) {
      expect([normalDensity(x), normalDensity(-x), normalTail(x)]).toEqual([0, 0, 0]);
    }
    expect(normalDensity(38.5)).toBeGreaterThan(0);
    expect(normalDensity(Number.NaN)).toBeNaN();
  });

  test('quantile and cdf undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (x) => {
        const slack = Number.EPSILON * (1 + normalCdf(x) / normalDensity(x));
        expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThan(
          8 * slack + 1e-15 * Math.abs(x),
        );
      }),
    );
  });

  test('says the ends', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalCdf(-Infinity)).toBe(0);
    expect(normalCdf(Infinity)).toBe(1);
    expect(normalCdf(NaN)).toBeNaN();
    expectRelative(normalTwoSided(0.05), 1.959963984540054, 1e-15);
    expect(() => normalQuantile(1.5)).toThrow('p: expected in [0, 1], got 1.5');
  });
});
