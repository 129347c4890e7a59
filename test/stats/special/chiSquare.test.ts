import { describe, expect, test } from 'vitest';
import {
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareTail,
} from '../../../stats/special/chiSquare.ts';
import { expectRelative } from '../../support/relative.ts';

describe('chiSquare', () => {
  // Golden: mpmath 1.4.1 at 50 digits; columns: upper tail, degrees of freedom, value.
  test.each([
    [0.05, 1, 3.841458820694126],
    [0.001, 10, 29.588298445074418],
    [1e-20, 3, 96.23912393809381],
    [0.95, 4, 0.7107230213973245],
  ])('the value with tail %d, %d degrees of freedom', (upper, freedom, expected) => {
    expectRelative(chiSquareQuantile(1 - upper, freedom, upper), expected, 1e-13);
    expectRelative(chiSquareTail(expected, freedom), upper, 1e-12);
  });

  test('with two degrees of freedom is exponential', () => {
    for (const x of [0.01, 1, 10, 500]) {
      expectRelative(chiSquareTail(x, 2), Math.exp(-x / 2), 1e-13);
      expectRelative(chiSquareCdf(x, 2), -Math.expm1(-x / 2), 1e-13);
    }
    expect(chiSquareCdf(-1, 2)).toBe(0);
  });
});
