/** Figures and fold that streaming drift detectors share, so that they can be told apart by their name alone. */
import type { Figure, StatisticFold } from '../../contracts/statistic.ts';
import type { DriftDetector, DriftMarks } from '../drift/detector.ts';

export const driftFigures = {
  count: { unit: 'rows', summary: 'values seen' },
  level: { unit: '', summary: 'of the last value: 0 steady, 1 warning, 2 drift' },
  alarms: { unit: 'drifts', summary: 'reported so far' },
  lastAlarmAt: { unit: 'rows', summary: 'count at the last drift' },
  alarmMs: { unit: 'ms since 1970', summary: 'time of the row at which it was seen' },
  sinceMs: {
    unit: 'ms since 1970',
    summary:
      'that of the first of the drifts that came within a week of one another, up to the last',
  },
  before: { unit: 'value', summary: 'mean before the last drift' },
  after: { unit: 'value', summary: 'mean after it, as far as it was seen then' },
  mean: { unit: 'value', summary: 'of what the detector takes for the present' },
  width: { unit: 'rows', summary: 'values behind `mean`' },
} as const satisfies Record<string, Figure>;

type DriftFigures = { readonly [Name in keyof typeof driftFigures]: number };

/** The state of a detector, with the times of the last drift and of the first of its run; absent before the first. */
export type Timed<State> = State & { alarmMs?: number; sinceMs?: number };

/** Drifts so close together are one run: a model that learns what has changed errs otherwise again and again, ms. */
const runMs = 604_800_000;

/** A detector as the fold of a statistic with the roles `value` and `time`. */
export function driftFold<State extends DriftMarks>(
  detector: DriftDetector<State>,
): StatisticFold<Timed<State>, { readonly value: number; readonly time: number }, DriftFigures> {
  return {
    initial: () => detector.initial(),
    problem: (row) => detector.problem(row.value),
    step(state, row) {
      const { alarms } = state;
      detector.step(state, row.value);
      if (state.alarms === alarms) return;
      if (!(row.time - (state.alarmMs ?? Number.NaN) <= runMs)) state.sinceMs = row.time;
      state.alarmMs = row.time;
    },
    read: (state) => ({
      ...detector.read(state),
      alarmMs: state.alarmMs ?? Number.NaN,
      sinceMs: state.sinceMs ?? Number.NaN,
    }),
  };
}
