import { describe, expect, test } from 'vitest';
import { bracketedRoot } from '../../../stats/special/bracketedRoot.ts';
import { monotoneRoot } from '../../../stats/special/monotoneRoot.ts';
import { expectRelative } from '../../support/relative.ts';

describe('bracketedRoot', () => {
  test('finds roots that have names', () => {
    expectRelative(
      bracketedRoot((x) => x * x - 2, 0, 2),
      Math.SQRT2,
      1e-15,
    );
    expectRelative(bracketedRoot(Math.sin, 3, 4), Math.PI, 1e-15);
    expectRelative(
      bracketedRoot((x) => Math.cos(x) - x, 0, 1),
      0.7390851332151607,
      1e-15,
    );
  });

  test('needs few evaluations where the function is smooth, and few more where it jumps', () => {
    let evaluations = 0;
    bracketedRoot(
      (x) => {
        evaluations += 1;
        return Math.exp(x) - 10;
      },
      -10,
      10,
    );
    expect(evaluations).toBeLessThan(20);
    evaluations = 0;
    const jump = bracketedRoot(
      (x) => {
        evaluations += 1;
        return x < 0.3 ? -1 : 5;
      },
      0,
      1,
    );
    expect(Math.abs(jump - 0.3)).toBeLessThan(1e-15);
    expect(evaluations).toBeLessThan(120);
  });

  test('takes an end that is a root, and stops at the tolerance', () => {
    expect(bracketedRoot((x) => x, 0, 5)).toBe(0);
    expect(bracketedRoot((x) => x - 5, 0, 5)).toBe(5);
    expect(Math.abs(bracketedRoot((x) => x ** 3 - 8, 0, 5, 1e-3) - 2)).toBeLessThan(1e-3);
  });

  test('refuses one sign at both ends', () => {
    expect(() => bracketedRoot((x) => x * x + 1, 0, 1)).toThrow('expected a change of sign');
    expect(() => bracketedRoot(() => NaN, 0, 1)).toThrow('expected a change of sign');
  });
});

describe('monotoneRoot', () => {
  test('comes back from a guess that is far off', () => {
    for (const guess of [-500, 0, 3, 700]) {
      const root = monotoneRoot((x, into) => {
        into.value = Math.atan(x - 3);
        into.slope = 1 / (1 + (x - 3) ** 2);
      }, guess);
      expectRelative(root, 3, 1e-14);
    }
  });
});
