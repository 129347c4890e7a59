/** Successes among trials: the state of everything about a yes or no. */
import type { Fold } from '../../contracts/fold.ts';
import { unexpected } from '../../contracts/statistic.ts';
import type { Successes } from '../testing/differenceOfProportions.ts';

export interface SuccessesState {
  /** Integer in [0, count]. */
  successes: number;
  count: number;
}

export const successes = {
  initial: () => ({ successes: 0, count: 0 }),

  step(state, value) {
    state.successes += value;
    state.count += 1;
  },

  read: (state) => state,

  merge(state, other) {
    state.successes += other.successes;
    state.count += other.count;
  },
} satisfies Fold<SuccessesState, number, Successes>;

/** What is wrong with an outcome that must be 0 or 1. */
export function binaryProblem(name: string, value: number): string | undefined {
  return value === 0 || value === 1 ? undefined : unexpected(name, '0 or 1', value);
}
