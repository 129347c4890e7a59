/** Figures and parameters of limits from the law of extremes. */
import type { Figure } from '../../contracts/statistic.ts';
import type { Side, SpotOptions } from '../extremes/spot.ts';
import { share, whole } from './parameters.ts';

export const limitFigures = {
  count: { unit: 'rows', summary: 'values seen' },
  above: { unit: 'rows', summary: 'alarms above the upper limit' },
  below: { unit: 'rows', summary: 'alarms below the lower limit' },
  lower: { unit: 'value', summary: 'limit of the next value; NaN while it is not known' },
  upper: { unit: 'value', summary: 'limit of the next value; NaN while it is not known' },
} as const satisfies Record<string, Figure>;

export const limitParameters = {
  risk: share()
    .default(1e-4)
    .describe('nominal probability of an alarm at each value, on each side'),
  level: share().default(0.98).describe('quantile of the first values above which a tail begins'),
  calibration: whole(20, 100_000)
    .default(1_000)
    .describe('first values, from which the tails begin; none of them alarms'),
  peaksMax: whole(10, 10_000).default(200).describe('excesses that a tail is fitted to'),
} satisfies Record<keyof SpotOptions, unknown>;

/** What is counted beside a detector's own state. */
export interface LimitState<State> {
  count: number;
  above: number;
  below: number;
  readonly detector: State;
}

interface LimitDetector<State> {
  initial(): State;
  step(state: State, x: number): Side;
  limits(state: State): { readonly lower: number; readonly upper: number };
}

/** The fold of a detector that has limits. */
export function limitFold<State>({ initial, step, limits }: LimitDetector<State>) {
  const known = (x: number): number => (Number.isFinite(x) ? x : NaN);
  return {
    initial: (): LimitState<State> => ({ count: 0, above: 0, below: 0, detector: initial() }),
    step(state: LimitState<State>, row: { readonly value: number }): void {
      const side = step(state.detector, row.value);
      state.count += 1;
      if (side > 0) state.above += 1;
      if (side < 0) state.below += 1;
    },
    read({ count, above, below, detector }: LimitState<State>) {
      const { lower, upper } = limits(detector);
      return { count, above, below, lower: known(lower), upper: known(upper) };
    },
  };
}
