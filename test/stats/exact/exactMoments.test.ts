import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ExactMomentsState,
  exactMoments,
  exactMomentsOf,
  exactMomentsText,
} from '../../../stats/exact/exactMoments.ts';
import { wholeNumbers } from '../../../stats/exact/grid.ts';
import { randomState, uint32 } from '../../../stats/random.ts';
import { expectRelative } from '../../support/relative.ts';

const cents = exactMoments({ perUnit: 100 });
const outcomes = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 60 });

function fold(values: readonly number[]): ExactMomentsState {
  const state = cents.initial();
  for (const y of values) cents.step(state, y);
  return state;
}

describe('exactMoments', () => {
  // Golden: NIST StRD, univariate summary statistics. NumAcc4: mean 10000000.2, standard deviation 0.1, both exact.
  test('keeps every digit of NIST NumAcc4', () => {
    const tenths = exactMoments({ perUnit: 10 });
    const state = tenths.initial();
    tenths.step(state, 10000000.2);
    for (let i = 0; i < 500; i += 1) {
      tenths.step(state, 10000000.1);
      tenths.step(state, 10000000.3);
    }
    const { mean, variance } = tenths.read(state);
    expect(mean).toBe(10000000.2);
    expectRelative(Math.sqrt(variance), 0.1, 2e-16);
  });

  // Golden: numpy 2.4, sum, sum of squares, mean and var(ddof=1) of arange(1000) / 100.
  test('reads mean and variance of a ramp', () => {
    const state = fold(Array.from({ length: 1000 }, (_, i) => i / 100));
    expect(cents.read(state)).toEqual({
      count: 1000,
      sum: 4995,
      squares: 33283.35,
      mean: 4.995,
      variance: 8.341666666666667,
    });
    expect(exactMomentsText(state)).toEqual({ count: 1000, sum: '499500', squares: '332833500' });
  });

  test('any partition in any order has the same bits', () => {
    const random = randomState(3);
    fc.assert(
      fc.property(outcomes, fc.integer({ min: 1, max: 6 }), (values, parts) => {
        const states = Array.from({ length: parts }, () => cents.initial());
        const order = values
          .map((y) => ({ y, key: uint32(random) }))
          .sort((left, right) => left.key - right.key);
        for (const { y } of order) cents.step(states[uint32(random) % parts]!, y);
        const merged = cents.initial();
        while (states.length > 0) {
          cents.merge(merged, states.splice(uint32(random) % states.length, 1)[0]!);
        }
        expect(merged).toEqual(fold(values));
        expect(cents.read(merged)).toEqual(cents.read(fold(values)));
      }),
    );
  });

  test('comes back from its text to the bit', () => {
    fc.assert(
      fc.property(outcomes, (values) => {
        const state = fold(values);
        expect(exactMomentsOf(exactMomentsText(state))).toEqual(state);
      }),
    );
  });

  test('says NaN where there is nothing to say', () => {
    expect(cents.read(fold([]))).toMatchObject({ count: 0, sum: 0, mean: NaN, variance: NaN });
    expect(cents.read(fold([3]))).toMatchObject({ mean: 3, variance: NaN });
    expect(cents.read(fold([3, 3, 3])).variance).toBe(0);
  });

  test('refuses what the grid does not reach, and leaves the state alone', () => {
    const state = fold([1]);
    expect(() => cents.step(state, 1e9)).toThrow(
      'outcome: expected at most 42949672.96 in size, got 1000000000',
    );
    expect(() => cents.step(state, NaN)).toThrow('outcome: expected');
    expect(state).toEqual(fold([1]));
    expect(() => exactMoments({ perUnit: 0 })).toThrow('perUnit: expected above 0, got 0');
  });

  test('takes millions of outcomes a second', () => {
    const whole = exactMoments(wholeNumbers);
    const state = whole.initial();
    const started = performance.now();
    for (let i = 0; i < 1_000_000; i += 1) whole.step(state, i & 0xffff);
    const perSecond = 1e9 / (performance.now() - started);
    expect(state.count).toBe(1_000_000);
    expect(perSecond).toBeGreaterThan(1e6); // about 60 M on a quiet processor
  });
});
