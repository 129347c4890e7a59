import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../../stats/special/normal.ts';
import {
  studentTCdf,
  studentTDensity,
  studentTQuantile,
  studentTTail,
  studentTTwoSided,
} from '../../../stats/special/studentT.ts';
import { expectRelative } from '../../support/relative.ts';

describe('studentT', () => {
  // Golden: mpmath 1.4.1 at 50 digits.
  test.each([
    [0.01, 1, 0.49681700723509176],
    [1, 1, 0.25],
    [1000000.0, 1, 3.1830988618368455e-7],
    [2, 10, 0.03669401738537018],
    [5, 2.5, 0.011725594985430923],
    [3, 30, 0.002694982032825973],
    [40, 30, 6.863022597203201e-28],
    [6, 1000, 1.3776845866887345e-9],
    [1e-5, 1000000.0, 0.49999601057819343],
    [2, 1000000.0, 0.022750266925659603],
    [12, 200, 1.2110680026233156e-25],
  ])('P(T > %d) with %d degrees of freedom', (t, freedom, expected) => {
    expectRelative(studentTTail(t, freedom), expected, 1e-12);
    expectRelative(studentTCdf(-t, freedom), expected, 1e-12);
  });

  test.each([
    [0.025, 1, 12.706204736174705],
    [0.025, 10, 2.228138851986275],
    [0.005, 2.5, 7.163728138948786],
    [1e-10, 5, 156.8255927088943],
    [0.4999, 7, 0.00025974603090254505],
    [0.025, 1000000.0, 1.959966356814107],
    [1e-12, 1000, 7.1242289253144095],
  ])('the value with tail %d, %d degrees of freedom', (tail, freedom, expected) => {
    expectRelative(-studentTQuantile(tail, freedom), expected, 1e-13);
  });

  test('with one degree of freedom is Cauchy, with infinitely many normal', () => {
    for (const p of [1e-9, 0.01, 0.3, 0.9]) {
      expectRelative(studentTQuantile(p, 1), Math.tan(Math.PI * (p - 0.5)), 1e-7);
      expect(studentTQuantile(p, Infinity)).toBe(normalQuantile(p));
    }
    expectRelative(studentTDensity(0.7, 1), 1 / (Math.PI * 1.49), 1e-14);
    expect(studentTQuantile(0.5, 3)).toBe(0);
    expectRelative(studentTTwoSided(0.05, 10), 2.228138851986275, 1e-14);
  });

  test('says the ends and refuses what is out of range', () => {
    expect([studentTTail(Infinity, 3), studentTTail(-Infinity, 3)]).toEqual([0, 1]);
    expect(studentTTail(1e200, 2)).toBe(0);
    expect(() => studentTTail(1, 0)).toThrow('freedom: expected above 0, got 0');
  });
});
