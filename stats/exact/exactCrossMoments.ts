/**
 * Sums and cross-products of several figures of each unit, exact: merges are bit-equal under any partition and any order.
 *
 * Each figure has its own grid, see `grid`. p figures take p + p (p + 1) / 2 sums besides the count; with the outcome as
 * one of them, p covariates take (p² + 5p + 6) / 2 numbers.
 */
import type { Fold } from '../../contracts/fold.ts';
import type { CrossMoments } from './crossMoments.ts';
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
import { packedLength } from './packedSymmetric.ts';

export interface ExactCrossMomentsState {
  /** Units seen, integer ≥ 0. */
  count: number;
  /** Σx of each figure in its grid steps, two limbs each. */
  sums: Float64Array;
  /** Σ x_i x_j, two limbs each, packed as `packedSymmetric` says. */
  products: Float64Array;
}

/** What a store keeps: exact integers as text, for Int128 columns. */
export interface ExactCrossMomentsText {
  readonly count: number;
  /** Grid steps. */
  readonly sums: readonly string[];
  /** Packed as in the state. */
  readonly products: readonly string[];
}

export function exactCrossMomentsText(state: ExactCrossMomentsState): ExactCrossMomentsText {
  const text = (limbs: Float64Array) =>
    Array.from({ length: limbs.length / 2 }, (_, at) => String(readExactly(limbs, at)));
  return { count: state.count, sums: text(state.sums), products: text(state.products) };
}

/** The state that {@link exactCrossMomentsText} wrote, to the bit. */
export function exactCrossMomentsOf(text: ExactCrossMomentsText): ExactCrossMomentsState {
  const limbs = (integers: readonly string[]): Float64Array => {
    const all = exactSums(integers.length);
    integers.forEach((integer, at) => {
      writeExactly(all, at, BigInt(integer));
    });
    return all;
  };
  return { count: text.count, sums: limbs(text.sums), products: limbs(text.products) };
}

/**
 * The fold for figures on the given grids; `step` takes them as an array, in the grids' order, that is read at once. It
 * throws RangeError, leaving the state as it was, for a figure that its grid does not reach.
 *
 * @throws RangeError when there are no grids, or one has no positive perUnit
 */
export function exactCrossMoments(grids: readonly Grid[]) {
  const size = grids.length;
  if (size === 0) throw new RangeError('grids: expected at least one, got none');
  grids.forEach(checkGrid);
  const steps = new Float64Array(size); // written and read within one step
  return {
    initial: () => ({
      count: 0,
      sums: exactSums(size),
      products: exactSums(packedLength(size)),
    }),

    step(state, figures) {
      for (let i = 0; i < size; i += 1) steps[i] = toGrid(figures[i]!, grids[i]!);
      state.count += 1;
      let place = 0;
      for (let i = 0; i < size; i += 1) {
        addInteger(state.sums, i, steps[i]!);
        for (let j = 0; j <= i; j += 1) {
          addProduct(state.products, place, steps[i]!, steps[j]!);
          place += 1;
        }
      }
    },

    read({ count, sums, products }) {
      const n = BigInt(count);
      const exact = grids.map((_, i) => readExactly(sums, i));
      const centred = new Float64Array(packedLength(size));
      let place = 0;
      for (let i = 0; i < size; i += 1) {
        for (let j = 0; j <= i; j += 1) {
          const spread = n * readExactly(products, place) - exact[i]! * exact[j]!;
          centred[place] =
            count > 0 ? Number(spread) / count / (grids[i]!.perUnit * grids[j]!.perUnit) : 0;
          place += 1;
        }
      }
      return {
        count,
        means: Float64Array.from(grids, ({ perUnit }, i) => readSum(sums, i) / (perUnit * count)),
        products: centred,
      };
    },

    merge(state, other) {
      state.count += other.count;
      mergeSums(state.sums, other.sums);
      mergeSums(state.products, other.products);
    },
  } satisfies Fold<ExactCrossMomentsState, ArrayLike<number>, CrossMoments>;
}
