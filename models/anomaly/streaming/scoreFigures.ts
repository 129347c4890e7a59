/** Roles and figures of detectors that score points. */
import type { Figure, Role } from '../../../contracts/statistic.ts';
import { value } from '../../../stats/streaming/roles.ts';

const further = {
  kind: 'number',
  summary: 'another value of the same point; those that are left out say nothing',
  fallback: 0,
} as const satisfies Role;

/** A point of up to four values: one that is left out never varies, so it parts nothing. */
export const pointRoles = { value, second: further, third: further, fourth: further } as const;

export const scoreFigures = {
  count: { unit: 'rows', summary: 'points seen' },
  score: { unit: '', summary: 'of the last point; 0 while little is known' },
  largest: { unit: '', summary: 'largest score' },
  alarms: { unit: 'rows', summary: 'points with a score at the threshold or above' },
} as const satisfies Record<string, Figure>;

/** What is kept beside a model's own state. */
export interface ScoreState<State> {
  count: number;
  score: number;
  largest: number;
  alarms: number;
  readonly model: State;
}

interface PointRow {
  readonly value: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
}

/** The fold of a model whose step takes a point of four values and returns its score. */
export function scoreFold<State>(
  model: { initial(): State; step(state: State, point: Float64Array): number },
  threshold: number,
) {
  const point = new Float64Array(4);
  return {
    initial: (): ScoreState<State> => ({
      ...{ count: 0, score: 0, largest: 0, alarms: 0 },
      model: model.initial(),
    }),
    step(state: ScoreState<State>, { value, second, third, fourth }: PointRow): void {
      point[0] = value;
      point[1] = second;
      point[2] = third;
      point[3] = fourth;
      state.score = model.step(state.model, point);
      state.count += 1;
      state.largest = Math.max(state.largest, state.score);
      if (state.score >= threshold) state.alarms += 1;
    },
    read: ({ count, score, largest, alarms }: ScoreState<State>) => ({
      ...{ count, score, largest, alarms },
    }),
  };
}
