/** Figures and fold of models that expect the next value: how far off the last one was, and how often it was too far. */
import type { Figure } from '../../../contracts/statistic.ts';
import type { Expectation } from '../seasonalExpectation.ts';

export const expectationFigures = {
  count: { unit: 'rows', summary: 'values seen' },
  expected: {
    unit: 'value',
    summary: 'of the last value before it came; NaN while little is known',
  },
  scale: { unit: 'value', summary: 'usual deviation from what was expected; NaN at first' },
  off: { unit: 'scales', summary: 'deviation of the last value; NaN where there is no scale' },
  alarms: { unit: 'rows', summary: 'values that were `threshold` scales off, or more' },
} as const satisfies Record<string, Figure>;

export interface ExpectedState<State> {
  count: number;
  alarms: number;
  expected: number;
  scale: number;
  off: number;
  readonly model: State;
}

/** What the fold needs of a model: the expectation before the row, and the step. */
export interface Expecting<State, Row> {
  initial(): State;
  expect(state: State, row: Row): Expectation;
  step(state: State, row: Row): void;
}

/** @param threshold scales from which a value is an alarm; one that never deviated alarms by any deviation */
export function expectedFold<State, Row extends { readonly value: number }>(
  { initial, expect, step }: Expecting<State, Row>,
  threshold: number,
) {
  return {
    initial: (): ExpectedState<State> => ({
      ...{ count: 0, alarms: 0, expected: NaN, scale: NaN, off: NaN },
      model: initial(),
    }),

    step(state: ExpectedState<State>, row: Row): void {
      const { expected, scale } = expect(state.model, row);
      const beyond = Math.abs(row.value - expected);
      state.expected = expected;
      state.scale = scale;
      state.off = beyond === 0 ? 0 : beyond / scale;
      if (state.off >= threshold) state.alarms += 1;
      step(state.model, row);
      state.count += 1;
    },

    read({ count, alarms, expected, scale, off }: ExpectedState<State>) {
      return { count, alarms, expected, scale, off: Number.isFinite(off) ? off : NaN };
    },
  };
}
