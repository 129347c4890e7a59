/**
 * Means and co-moments of several figures of each unit, in one pass, by floating point.
 *
 * For figures without a natural grid. Merges in another order agree to about 1e-13 of the variances; where they must agree
 * to the bit, use `exactCrossMoments`. Source: Welford 1962; Chan, Golub & LeVeque 1983.
 */
import type { Fold } from '../../contracts/fold.ts';
import { packedLength } from './packedSymmetric.ts';

export interface CrossMomentsState {
  /** Units seen, integer ≥ 0. */
  count: number;
  /** One for each figure. */
  means: Float64Array;
  /** Sums of products of deviations from the means, packed as `packedSymmetric` says. */
  products: Float64Array;
  /** Scratch of `step`. */
  deltas: Float64Array;
}

/** What estimators read, from this fold or from the exact one. */
export interface CrossMoments {
  readonly count: number;
  /** NaN without units. */
  readonly means: Float64Array;
  /** Σ (x_i − x̄_i)(x_j − x̄_j), packed; the covariance after division by count − 1. */
  readonly products: Float64Array;
}

/**
 * The fold for `size` figures a unit; `step` takes them as an array that is read at once.
 *
 * @throws RangeError when size is not an integer above 0
 */
export function crossMoments(size: number) {
  if (!(Number.isInteger(size) && size > 0)) {
    throw new RangeError(`size: expected an integer above 0, got ${size}`);
  }
  return {
    initial: () => ({
      count: 0,
      means: new Float64Array(size),
      products: new Float64Array(packedLength(size)),
      deltas: new Float64Array(size),
    }),

    step(state, figures) {
      const { means, products, deltas } = state;
      state.count += 1;
      const { count } = state;
      let place = 0;
      for (let i = 0; i < size; i += 1) {
        const delta = figures[i]! - means[i]!;
        deltas[i] = delta;
        means[i]! += delta / count;
        const after = figures[i]! - means[i]!;
        for (let j = 0; j <= i; j += 1) {
          products[place]! += deltas[j]! * after;
          place += 1;
        }
      }
    },

    read: ({ count, means, products }) => ({
      count,
      means: count > 0 ? means.slice() : means.map(() => NaN),
      products: products.slice(),
    }),

    merge(state, other) {
      const count = state.count + other.count;
      if (count === 0) return;
      const weight = (state.count * other.count) / count;
      let place = 0;
      for (let i = 0; i < size; i += 1) {
        state.deltas[i] = other.means[i]! - state.means[i]!;
        for (let j = 0; j <= i; j += 1) {
          state.products[place]! +=
            other.products[place]! + weight * state.deltas[i]! * state.deltas[j]!;
          place += 1;
        }
      }
      for (let i = 0; i < size; i += 1) {
        state.means[i]! += (state.deltas[i]! * other.count) / count;
      }
      state.count = count;
    },
  } satisfies Fold<CrossMomentsState, ArrayLike<number>, CrossMoments>;
}
