import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  binOf,
  binsMax,
  binValue,
  quantileSketch,
  relativeError,
} from '../../stats/quantileSketch.ts';
import { normal, randomState } from '../../stats/random.ts';

function fold(values: readonly number[]) {
  const state = quantileSketch.initial();
  for (const x of values) quantileSketch.step(state, x);
  return state;
}
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const usual = fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { maxLength: 80 });

describe('quantileSketch', () => {
  // Golden: γ = 1.01 / 0.99, so ln 1000 / ln γ = 345.4 puts 1000 into (γ^345, γ^346], whose value is 2 γ^346 / (γ + 1).
  test('puts 1000 where the paper says', () => {
    expect(binOf(1000)).toBe(40_000 + 346);
    expect(binValue(40_346)).toBeCloseTo((2 * (1.01 / 0.99) ** 346) / (1.01 / 0.99 + 1), 8);
    expect(binOf(-1000)).toBe(-40_346);
    expect(binOf(0)).toBe(0);
  });

  test('every finite number is within the relative error of its bin', () => {
    fc.assert(
      fc.property(finite, (x) => {
        // Subnormal numbers have too few digits of their own; the largest overflow at the bin's edge.
        if (Math.abs(x) < 1e-300 || Math.abs(x) > 1e307) return;
        expect(Math.abs(binValue(binOf(x)) - x)).toBeLessThanOrEqual(
          relativeError * (1 + 1e-9) * Math.abs(x),
        );
      }),
    );
    expect(Number.isInteger(binOf(5e-324))).toBe(true);
    expect(binOf(5e-324)).toBeGreaterThan(0);
  });

  test('bins are in the order of the values', () => {
    fc.assert(
      fc.property(finite, finite, (x, y) => {
        if (x <= y) expect(binOf(x)).toBeLessThanOrEqual(binOf(y));
      }),
    );
  });

  test('a merge in any order is the sketch of all values, bin for bin', () => {
    fc.assert(
      fc.property(usual, usual, (left, right) => {
        const one = fold(left);
        quantileSketch.merge(one, fold(right));
        const other = fold(right);
        quantileSketch.merge(other, fold(left));
        expect(one).toEqual(fold([...left, ...right]));
        expect(other).toEqual(one);
      }),
    );
  });

  test('collapses the lowest bins, the same ones in any order', () => {
    const values = Array.from({ length: 3000 }, (_, i) => 1.03 ** (i - 1500));
    const ascending = fold(values);
    const descending = fold([...values].reverse());
    expect(ascending).toEqual(descending);
    expect(ascending.bins).toHaveLength(binsMax);
    const left = fold(values.filter((_, i) => i % 2 === 0));
    quantileSketch.merge(left, fold(values.filter((_, i) => i % 2 === 1)));
    expect(left).toEqual(ascending);
    expect(ascending.counts.reduce((sum, count) => sum + count)).toBe(3000);
    const estimate = quantileSketch.read(ascending)(0.99);
    expect(Math.abs(estimate / values[Math.floor(0.99 * 2999)]! - 1)).toBeLessThan(0.0101);
  });

  // The promise: every quantile within 1 % of the value of its rank.
  test('quantiles of 50,000 log-normal and negated values keep the relative error', () => {
    const random = randomState(4);
    const values = Array.from({ length: 50_000 }, (_, i) => {
      const size = Math.exp(1.5 * normal(random));
      return i % 3 === 0 ? -size : size;
    });
    const read = quantileSketch.read(fold(values));
    values.sort((a, b) => a - b);
    for (let percent = 0; percent <= 100; percent += 1) {
      const exact = values[Math.floor((percent / 100) * 49_999)]!;
      expect(Math.abs(read(percent / 100) - exact)).toBeLessThanOrEqual(
        0.0100001 * Math.abs(exact),
      );
    }
  });

  test('skips what is not finite, says NaN when empty, refuses a quantile outside [0, 1]', () => {
    const read = quantileSketch.read(fold([NaN, Infinity, -Infinity]));
    expect(read(0.5)).toBe(NaN);
    expect(() => read(1.5)).toThrow('q: expected in [0, 1], got 1.5');
  });
});
