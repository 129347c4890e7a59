import { describe, expect, test } from 'vitest';
import { compensatedSum } from '../../stats/compensatedSum.ts';
import { normal, randomState } from '../../stats/random.ts';

function fold(values: readonly number[]) {
  const state = compensatedSum.initial();
  for (const x of values) compensatedSum.step(state, x);
  return state;
}

describe('compensatedSum', () => {
  // Golden: Neumaier's example; plain summation and Kahan's both say 0.
  test('sums 1, 1e100, 1, −1e100 to 2', () => {
    expect(compensatedSum.read(fold([1, 1e100, 1, -1e100]))).toBe(2);
  });

  test('keeps a million tenths, where plain summation is off by 1.3e-6', () => {
    const tenths = new Array<number>(1_000_000).fill(0.1);
    expect(compensatedSum.read(fold(tenths))).toBe(100_000);
    expect(tenths.reduce((sum, x) => sum + x)).not.toBe(100_000);
  });

  test('a merge agrees with one pass to the last digits', () => {
    const random = randomState(3);
    const values = Array.from({ length: 10_000 }, () => normal(random) * 1e8);
    const merged = fold(values.slice(0, 3000));
    compensatedSum.merge(merged, fold(values.slice(3000)));
    const whole = compensatedSum.read(fold(values));
    expect(Math.abs(compensatedSum.read(merged) - whole)).toBeLessThanOrEqual(1e-15 * 1e12);
  });
});
