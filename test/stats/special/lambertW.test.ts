import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lambertW0, lambertWMinus1 } from '../../../stats/special/lambertW.ts';
import { expectRelative } from '../../support/relative.ts';

describe('lambertW', () => {
  // Golden: mpmath 1.4.1 at 50 digits. Near −1/e the condition of the problem takes digits, not the method.
  test.each([
    [1e-10, 9.999999999e-11],
    [0.5, 0.35173371124919584],
    [1, 0.5671432904097838],
    [2.5, 0.958586356728703],
    [10, 1.7455280027406994],
    [10000000000.0, 20.028685413304952],
    [1e300, 684.2472086297608],
    [-0.1, -0.11183255915896297],
    [-0.3, -0.4894022271802149],
    [-0.36, -0.8060843159708176],
    [-0.3678794411, -0.999980292242033],
  ])('W₀(%d)', (z, expected) => {
    expectRelative(lambertW0(z), expected, 2e-15);
  });

  test.each([
    [-0.3678794411, -1.0000197080169009],
    [-0.36, -1.2227701339785062],
    [-0.3, -1.7813370234216277],
    [-0.2, -2.5426413577735265],
    [-0.1, -3.577152063957297],
    [-0.001, -9.11800647040274],
    [-1e-20, -49.962984276674476],
    [-1e-300, -697.3227762954601],
    [-0.0009196986029286058, -9.211968062068253],
  ])('W₋₁(%d)', (z, expected) => {
    expectRelative(lambertWMinus1(z), expected, 2e-15);
  });

  test('w eʷ is z again', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 600, noNaN: true }), (w) => {
        expectRelative(lambertW0(w * Math.exp(w)), w, 1e-13);
        if (w > 1.01) expectRelative(lambertWMinus1(-w * Math.exp(-w)), -w, 1e-12);
      }),
    );
  });

  test('ends at the branch point', () => {
    expect(lambertW0(-1 / Math.E)).toBeCloseTo(-1, 7);
    expect(lambertWMinus1(-1 / Math.E)).toBeCloseTo(-1, 7);
    expect(lambertW0(0)).toBe(0);
    expect(() => lambertW0(-0.4)).toThrow('z: expected at least −1/e, got -0.4');
    expect(() => lambertWMinus1(0)).toThrow('z: expected below 0, got 0');
  });
});
