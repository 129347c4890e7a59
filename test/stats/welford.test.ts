import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { welford } from '../../stats/welford.ts';

function fold(values: readonly number[]) {
  const state = welford.initial();
  for (const x of values) welford.step(state, x);
  return state;
}
const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 60 });

describe('welford', () => {
  // Golden: NIST StRD, univariate summary statistics, NumAcc3: mean 1000000.2, standard deviation 0.1.
  test('keeps the digits of NIST NumAcc3', () => {
    const data = [1000000.2];
    for (let i = 0; i < 500; i += 1) data.push(1000000.1, 1000000.3);
    const { count, mean, variance } = welford.read(fold(data));
    expect(count).toBe(1001);
    expect(mean).toBeCloseTo(1000000.2, 8);
    expect(Math.sqrt(variance)).toBeCloseTo(0.1, 9);
  });

  test('says NaN where there is nothing to say', () => {
    expect(welford.read(fold([]))).toEqual({ count: 0, mean: NaN, variance: NaN });
    expect(welford.read(fold([3]))).toEqual({ count: 1, mean: 3, variance: NaN });
  });

  test('reads the same after a merge as after one pass', () => {
    fc.assert(
      fc.property(values, values, (left, right) => {
        const merged = fold(left);
        welford.merge(merged, fold(right));
        const whole = welford.read(fold([...left, ...right]));
        const { count, mean, variance } = welford.read(merged);
        expect(count).toBe(whole.count);
        if (count > 0) expect(Math.abs(mean - whole.mean)).toBeLessThanOrEqual(1e-8);
        if (count > 1) {
          const tolerance = 1e-9 * (1 + whole.variance);
          expect(Math.abs(variance - whole.variance)).toBeLessThanOrEqual(tolerance);
        }
      }),
    );
  });
});
