/**
 * A sum that keeps the digits which plain addition rounds away.
 *
 * The error stays near one rounding of the result, where plain summation loses one per term.
 * Source: Neumaier 1974, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen".
 */
import type { Fold } from '../contracts/fold.ts';

export interface CompensatedSumState {
  /** Plain running sum, in the unit of the input. */
  sum: number;
  /** What rounding took from `sum` so far. */
  compensation: number;
}

export const compensatedSum = {
  initial: () => ({ sum: 0, compensation: 0 }),

  step(state, x) {
    const total = state.sum + x;
    state.compensation +=
      Math.abs(state.sum) >= Math.abs(x) ? state.sum - total + x : x - total + state.sum;
    state.sum = total;
  },

  read: ({ sum, compensation }) => sum + compensation,

  merge(state, other) {
    compensatedSum.step(state, other.sum);
    state.compensation += other.compensation;
  },
} satisfies Fold<CompensatedSumState, number, number>;
