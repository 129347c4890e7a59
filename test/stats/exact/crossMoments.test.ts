import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fold } from '../../../contracts/fold.ts';
import { type CrossMoments, crossMoments } from '../../../stats/exact/crossMoments.ts';
import {
  exactCrossMoments,
  exactCrossMomentsOf,
  exactCrossMomentsText,
} from '../../../stats/exact/exactCrossMoments.ts';
import { packedIndex, packedLength, quadraticForm } from '../../../stats/exact/packedSymmetric.ts';
import { welford } from '../../../stats/welford.ts';

const floats = crossMoments(3);
const exact = exactCrossMoments([{ perUnit: 100 }, { perUnit: 1 }, { perUnit: 1024 }]);
const unit = fc.tuple(
  fc.integer({ min: -1e6, max: 1e6 }).map((cents) => cents / 100),
  fc.integer({ min: -1e6, max: 1e6 }),
  fc.integer({ min: -1e8, max: 1e8 }).map((steps) => steps / 1024),
);
const units = fc.array(unit, { minLength: 2, maxLength: 40 });

function near(left: CrossMoments, right: CrossMoments): void {
  expect(left.count).toBe(right.count);
  for (let i = 0; i < 3; i += 1) {
    const deviation = Math.sqrt(1 + right.products[packedIndex(i, i)]!);
    expect(Math.abs(left.means[i]! - right.means[i]!)).toBeLessThanOrEqual(1e-12 * deviation);
    for (let j = 0; j <= i; j += 1) {
      const scale = deviation * Math.sqrt(1 + right.products[packedIndex(j, j)]!);
      const place = packedIndex(i, j);
      expect(Math.abs(left.products[place]! - right.products[place]!)).toBeLessThanOrEqual(
        1e-12 * scale,
      );
    }
  }
}

function foldOf<State>(
  fold: Fold<State, ArrayLike<number>, CrossMoments>,
  rows: readonly ArrayLike<number>[],
): State {
  const state = fold.initial();
  for (const row of rows) fold.step(state, row);
  return state;
}

describe('crossMoments', () => {
  // Golden: numpy 2.4, np.cov of the columns, by hand for the means.
  const four = [
    [1.25, 3, 0.5],
    [2.5, -1, 0.25],
    [0.75, 4, 1.5],
    [3, 0, -0.75],
  ];
  test.each([
    ['floats', floats.read(foldOf(floats, four))],
    ['exact', exact.read(foldOf(exact, four))],
  ])('%s: means and covariances of four units', (_, { count, means, products }) => {
    expect(count).toBe(4);
    expect([...means]).toEqual([1.875, 1.5, 0.375]);
    const covariances = [...products].map((product) => product / 3);
    [1.1041666666666667, -7 / 3, 17 / 3, -0.8958333333333333, 5 / 3, 0.8541666666666666].forEach(
      (value, place) => {
        expect(covariances[place]).toBeCloseTo(value, 14);
      },
    );
  });

  test('both agree, and so do their merges', () => {
    fc.assert(
      fc.property(units, fc.nat(40), (rows, cut) => {
        const whole = exact.read(foldOf(exact, rows));
        near(floats.read(foldOf(floats, rows)), whole);
        const floatParts = foldOf(floats, rows.slice(0, cut));
        floats.merge(floatParts, foldOf(floats, rows.slice(cut)));
        near(floats.read(floatParts), whole);
        const exactParts = foldOf(exact, rows.slice(cut));
        exact.merge(exactParts, foldOf(exact, rows.slice(0, cut)));
        expect(exactParts).toEqual(foldOf(exact, rows));
      }),
    );
  });

  test('the diagonal is Welford’s', () => {
    fc.assert(
      fc.property(units, (rows) => {
        const state = welford.initial();
        for (const [y] of rows) welford.step(state, y);
        const { products } = floats.read(foldOf(floats, rows));
        expect(products[0]).toBeCloseTo(state.squares, 4);
      }),
    );
  });

  test('comes back from its text to the bit', () => {
    fc.assert(
      fc.property(units, (rows) => {
        const state = foldOf(exact, rows);
        expect(exactCrossMomentsOf(exactCrossMomentsText(state))).toEqual(state);
      }),
    );
  });

  test('the text holds exact integers', () => {
    const state = foldOf(exact, [[0.03, 2, 1]]);
    expect(exactCrossMomentsText(state)).toEqual({
      count: 1,
      sums: ['3', '2', '1024'],
      products: ['9', '6', '4', '3072', '2048', '1048576'],
    });
  });

  test('without units the means are NaN; a unit out of reach changes nothing', () => {
    expect([...exact.read(exact.initial()).means]).toEqual([NaN, NaN, NaN]);
    expect([...floats.read(floats.initial()).means]).toEqual([NaN, NaN, NaN]);
    const state = exact.initial();
    expect(() => exact.step(state, [1, 1, 1e8])).toThrow('outcome: expected at most');
    expect(state).toEqual(exact.initial());
    expect(() => exactCrossMoments([])).toThrow('grids: expected at least one, got none');
    expect(() => crossMoments(0)).toThrow('size: expected an integer above 0, got 0');
  });
});

describe('packedSymmetric', () => {
  test('counts, finds and multiplies the triangle', () => {
    expect(packedLength(4)).toBe(10);
    expect(packedIndex(1, 3)).toBe(packedIndex(3, 1));
    expect(quadraticForm([2, 1, 3], [1, -2])).toBe(2 - 4 + 12);
  });
});
