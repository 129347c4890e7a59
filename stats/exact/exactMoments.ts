/**
 * Count, sum and sum of squares that are exact, so that merges are bit-equal under any partition and any order.
 *
 * Outcomes are put on a declared grid, see `grid`; the sums of the integers are exact, see `exactSum`. Mean and variance
 * are read from them with a rounding or two, without the cancellation of Σy² − (Σy)² / n.
 */
import type { Fold } from '../../contracts/fold.ts';
import type { Moments } from '../welford.ts';
import {
  addInteger,
  addProduct,
  exactSums,
  mergeSums,
  readExactly,
  readSum,
  writeExactly,
} from './exactSum.ts';
import { checkGrid, type Grid, toGrid } from './grid.ts';

export interface ExactMomentsState {
  /** Outcomes seen, integer ≥ 0. */
  count: number;
  /** Σy in grid steps, then Σy² in grid steps squared, two limbs each. */
  sums: Float64Array;
}

export interface ExactMoments extends Moments {
  /** Σy, in the unit of the outcome; as its square, correctly rounded where the grid is a power of two. */
  readonly sum: number;
  /** Σy², in the unit of the outcome squared. */
  readonly squares: number;
}

/** What a store keeps: exact integers as text, for Int128 columns. */
export interface ExactMomentsText {
  readonly count: number;
  /** Grid steps. */
  readonly sum: string;
  /** Grid steps squared. */
  readonly squares: string;
}

export function exactMomentsText({ count, sums }: ExactMomentsState): ExactMomentsText {
  return { count, sum: String(readExactly(sums, 0)), squares: String(readExactly(sums, 1)) };
}

/** The state that {@link exactMomentsText} wrote, to the bit. */
export function exactMomentsOf({ count, sum, squares }: ExactMomentsText): ExactMomentsState {
  const sums = exactSums(2);
  writeExactly(sums, 0, BigInt(sum));
  writeExactly(sums, 1, BigInt(squares));
  return { count, sums };
}

/**
 * The fold for outcomes on one grid. `step` throws RangeError for an outcome that the grid does not reach.
 *
 * @throws RangeError when the grid's perUnit is not above 0
 *
 * @example
 * const cents = exactMoments({ perUnit: 100 });
 * const state = cents.initial();
 * for (const y of [0.1, 0.2, 0.3]) cents.step(state, y);
 * cents.read(state); // sum = 0.6, variance = 0.01, mean = 0.2
 */
export function exactMoments(grid: Grid) {
  checkGrid(grid);
  const { perUnit } = grid;
  return {
    initial: () => ({ count: 0, sums: exactSums(2) }),

    step(state, outcome) {
      const steps = toGrid(outcome, grid);
      state.count += 1;
      addInteger(state.sums, 0, steps);
      addProduct(state.sums, 1, steps, steps);
    },

    read({ count, sums }) {
      const sum = readSum(sums, 0) / perUnit;
      const exact = readExactly(sums, 0);
      const spread = BigInt(count) * readExactly(sums, 1) - exact * exact; // n² × the population variance
      return {
        count,
        sum,
        squares: readSum(sums, 1) / (perUnit * perUnit),
        mean: count > 0 ? readSum(sums, 0) / (perUnit * count) : NaN,
        variance: count > 1 ? Number(spread) / (count * (count - 1) * perUnit * perUnit) : NaN,
      };
    },

    merge(state, other) {
      state.count += other.count;
      mergeSums(state.sums, other.sums);
    },
  } satisfies Fold<ExactMomentsState, number, ExactMoments>;
}
