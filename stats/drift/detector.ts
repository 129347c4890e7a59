/**
 * What all drift detectors share: what they say of a stream of values, and where they last saw it change.
 *
 * A detector is a fold whose state depends on the order of the values. A drift is reported once, at the value at which it is
 * seen; then the detector starts anew, as its paper says.
 */
import type { Fold } from '../../contracts/fold.ts';
import { unexpected } from '../../contracts/statistic.ts';

/** 0 steady, 1 warning, 2 drift. */
export type DriftLevel = 0 | 1 | 2;
export const steady = 0;
export const warning = 1;
export const drift = 2;

/** The part of the state that every detector has. */
export interface DriftMarks {
  /** Values taken, integer ≥ 0. */
  count: number;
  /** What was said of the last value. */
  level: DriftLevel;
  /** Drifts reported, integer ≥ 0. */
  alarms: number;
  /** Count at the last of them; 0 before the first. */
  lastAlarmAt: number;
  /** Mean before the last drift, in the unit of the input; NaN before the first. */
  before: number;
  /** Mean after it, as far as it was seen then. */
  after: number;
}

export interface DriftReading {
  readonly count: number;
  readonly level: DriftLevel;
  readonly alarms: number;
  /** NaN before the first drift, as are `before` and `after`. */
  readonly lastAlarmAt: number;
  readonly before: number;
  readonly after: number;
  /** Mean of what the detector takes for the present; NaN while it holds nothing. */
  readonly mean: number;
  /** Values behind `mean`. */
  readonly width: number;
}

export interface DriftDetector<State extends DriftMarks> extends Fold<State, number, DriftReading> {
  /** @param x finite, and as `problem` wants it */
  step(state: State, x: number): DriftLevel;
  /** What keeps the value from being taken, as `value: expected 0 or 1, got 2`. */
  problem(x: number): string | undefined;
}

/** What keeps a value from being taken as the error of a prediction: 1, or 0 when it was right. */
export function errorProblem(x: number): string | undefined {
  return x === 0 || x === 1 ? undefined : unexpected('value', '0 or 1', x);
}

export function driftMarks(): DriftMarks {
  return { count: 0, level: steady, alarms: 0, lastAlarmAt: 0, before: NaN, after: NaN };
}

/** Notes a drift at the value that was counted last. */
export function raise(state: DriftMarks, before: number, after: number): DriftLevel {
  state.level = drift;
  state.alarms += 1;
  state.lastAlarmAt = state.count;
  state.before = before;
  state.after = after;
  return drift;
}

/** @param mean NaN where `width` is 0 */
export function readingOf(marks: DriftMarks, mean: number, width: number): DriftReading {
  const { count, level, alarms, lastAlarmAt, before, after } = marks;
  return {
    count,
    level,
    alarms,
    lastAlarmAt: alarms > 0 ? lastAlarmAt : NaN,
    before,
    after,
    mean,
    width,
  };
}
