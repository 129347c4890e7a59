/**
 * Running mean and variance in one pass, stable for data far from zero.
 *
 * Source: Welford 1962 (step); Chan, Golub & LeVeque 1983 (merge).
 */
import type { Fold } from '../contracts/fold.ts';

export interface WelfordState {
  /** Observations seen, integer ≥ 0. */
  count: number;
  /** Arithmetic mean, in the unit of the input. */
  mean: number;
  /** Sum of squared deviations from `mean`, in the unit of the input squared. */
  squares: number;
}

export interface Moments {
  readonly count: number;
  /** NaN before the first observation. */
  readonly mean: number;
  /** Unbiased sample variance (n − 1); NaN before the second observation. */
  readonly variance: number;
}

export const welford = {
  initial: () => ({ count: 0, mean: 0, squares: 0 }),

  step(state, x) {
    state.count += 1;
    const delta = x - state.mean;
    state.mean += delta / state.count;
    state.squares += delta * (x - state.mean);
  },

  read: ({ count, mean, squares }) => ({
    count,
    mean: count > 0 ? mean : NaN,
    variance: count > 1 ? squares / (count - 1) : NaN,
  }),

  merge(state, other) {
    const count = state.count + other.count;
    if (count === 0) return;
    const delta = other.mean - state.mean;
    state.mean += (delta * other.count) / count;
    state.squares += other.squares + (delta * delta * state.count * other.count) / count;
    state.count = count;
  },
} satisfies Fold<WelfordState, number, Moments>;
