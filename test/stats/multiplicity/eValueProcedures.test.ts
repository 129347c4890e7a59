import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benjaminiHochberg } from '../../../stats/multiplicity/benjaminiHochberg.ts';
import { eBenjaminiHochberg } from '../../../stats/multiplicity/eBenjaminiHochberg.ts';
import { eLond, lnELondThreshold } from '../../../stats/multiplicity/eLond.ts';
import { normal, randomState } from '../../../stats/random.ts';

const lnEs = fc.array(fc.double({ min: -10, max: 12, noNaN: true }), { maxLength: 30 });

/** ln e-values of normal shifts that share a half of their variance; the first `real` have an effect. */
function dependent(random: ReturnType<typeof randomState>, length: number, real: number): number[] {
  const common = normal(random);
  const shift = 3;
  return Array.from({ length }, (_, i) => {
    const z = (common + normal(random)) / Math.SQRT2 + (i < real ? shift : 0);
    return shift * z - (shift * shift) / 2;
  });
}

describe('eBenjaminiHochberg', () => {
  // Golden: by hand; with m = 3 and alpha = .05 the thresholds are 60, 30 and 20.
  test.each([
    [
      [50, 29, 2],
      [false, false, false],
    ],
    [
      [59, 31, 2],
      [true, true, false],
    ],
    [
      [21, 20.5, 22],
      [true, true, true],
    ],
    [
      [2, 61, 3],
      [false, true, false],
    ],
    [[], []],
  ])('decides on %j', (es, expected) => {
    expect(eBenjaminiHochberg(es.map(Math.log), 0.05)).toEqual(expected);
  });

  test('is the procedure for p-values applied to 1 / e', () => {
    fc.assert(
      fc.property(lnEs, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (values, alpha) => {
        const rejected = eBenjaminiHochberg(values, alpha);
        const ps = benjaminiHochberg(values.map((ln) => Math.min(1, Math.exp(-ln))));
        ps.forEach((p, i) => {
          if (Math.abs(p - alpha) > 1e-12) expect(rejected[i]).toBe(p <= alpha);
        });
      }),
    );
  });

  test('keeps the share of false discoveries below alpha under dependence', () => {
    const random = randomState(9);
    const runs = 4_000;
    let share = 0;
    let found = 0;
    for (let run = 0; run < runs; run += 1) {
      const rejected = eBenjaminiHochberg(dependent(random, 20, 5), 0.2);
      const all = rejected.filter(Boolean).length;
      if (all > 0) share += rejected.slice(5).filter(Boolean).length / all;
      found += rejected.slice(0, 5).filter(Boolean).length;
    }
    expect(share / runs).toBeLessThan(0.2 * 0.75);
    expect(share / runs).toBeGreaterThan(0.002);
    expect(found / runs).toBeGreaterThan(1.5);
  });

  test('refuses arguments outside their range', () => {
    expect(() => eBenjaminiHochberg([1], 0)).toThrow('alpha: expected in (0, 1), got 0');
    expect(() => eBenjaminiHochberg([NaN], 0.1)).toThrow('lnEs: expected numbers, got NaN');
  });
});

describe('eLond', () => {
  // Golden: by hand; t (t + 1) / (alpha (R + 1)): 40, 60 after a rejection, 120, 200 …
  test('asks for less after a rejection', () => {
    const fold = eLond(0.05);
    const state = fold.initial();
    expect(Math.exp(lnELondThreshold(state, 0.05))).toBeCloseTo(40, 10);
    fold.step(state, Math.log(41));
    expect(fold.read(state)).toBe(true);
    expect(Math.exp(lnELondThreshold(state, 0.05))).toBeCloseTo(60, 10);
    fold.step(state, Math.log(59));
    expect(fold.read(state)).toBe(false);
    expect(Math.exp(lnELondThreshold(state, 0.05))).toBeCloseTo(120, 10);
    expect(state).toEqual({ tests: 2, rejections: 1, rejected: false });
  });

  test('rejects nothing that a larger e-value would not', () => {
    fc.assert(
      fc.property(lnEs, (values) => {
        const fold = eLond(0.1);
        const some = fold.initial();
        const more = fold.initial();
        for (const ln of values) {
          fold.step(some, ln);
          fold.step(more, ln + 1);
          expect(more.rejections).toBeGreaterThanOrEqual(some.rejections);
        }
      }),
    );
  });

  test('keeps the share of false discoveries below alpha over a row of dependent experiments', () => {
    const random = randomState(10);
    const runs = 4_000;
    const fold = eLond(0.2);
    let share = 0;
    let found = 0;
    for (let run = 0; run < runs; run += 1) {
      const state = fold.initial();
      let wrong = 0;
      dependent(random, 20, 5).forEach((ln, i) => {
        fold.step(state, ln);
        if (i >= 5 && state.rejected) wrong += 1;
      });
      if (state.rejections > 0) share += wrong / state.rejections;
      found += state.rejections - wrong;
    }
    expect(share / runs).toBeLessThan(0.2);
    expect(found / runs).toBeGreaterThan(1.5);
  });

  test('refuses arguments outside their range', () => {
    expect(() => eLond(1)).toThrow('alpha: expected in (0, 1), got 1');
    const fold = eLond(0.1);
    expect(() => fold.step(fold.initial(), NaN)).toThrow('lnE: expected a number, got NaN');
  });
});
