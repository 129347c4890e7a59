/**
 * DDM: the error rate of a learner falls while it learns, and rises when what it has learnt no longer holds.
 *
 * With error rate p and s = √(p (1 − p) / n), the least p + s so far is remembered as p_min and s_min: warning at
 * p + s > p_min + 2 s_min, drift at p + s > p_min + 3 s_min. The mean after a drift is that since its warning began.
 *
 * Source: Gama, Medas, Castillo & Rodrigues 2004, "Learning with drift detection". Deviating from it, the least p + s is only
 * looked for once there was an error: of a learner without any, p_min = s_min = 0, and its first error would be a drift.
 */
import { unexpected } from '../../contracts/statistic.ts';
import {
  type DriftDetector,
  type DriftMarks,
  driftMarks,
  errorProblem,
  raise,
  readingOf,
  steady,
  warning,
} from './detector.ts';

export interface DdmParameters {
  /** Values after which it begins to look. */
  readonly warmup: number;
  /** Standard deviations above the least error rate. */
  readonly warningAt: number;
  readonly driftAt: number;
}

export const ddmDefaults: DdmParameters = { warmup: 30, warningAt: 2, driftAt: 3 };

export interface DdmState extends DriftMarks {
  /** Values and errors since the last drift. */
  width: number;
  errors: number;
  /** Rate and deviation where their sum was least; Infinity before that. */
  leastRate: number;
  leastDeviation: number;
  /** Values and errors before the warning that holds. */
  warnedWidth: number;
  warnedErrors: number;
}

/** What the state is at the beginning and after each drift. */
const start = () => ({
  width: 0,
  errors: 0,
  leastRate: Infinity,
  leastDeviation: Infinity,
  warnedWidth: 0,
  warnedErrors: 0,
});

/**
 * @throws RangeError for a parameter outside its range
 *
 * @example
 * const detector = ddm();
 * const state = detector.initial();
 * for (let i = 0; i < 200; i += 1) detector.step(state, i < 100 ? Number(i % 10 === 0) : 1);
 * state.lastAlarmAt; // 107: after seven errors on end
 */
export function ddm(given: Partial<DdmParameters> = {}): DriftDetector<DdmState> {
  const { warmup, warningAt, driftAt } = { ...ddmDefaults, ...given };
  if (!(Number.isSafeInteger(warmup) && warmup >= 1)) {
    throw new RangeError(unexpected('warmup', 'an integer ≥ 1', warmup));
  }
  if (!(driftAt > 0 && driftAt < Infinity)) {
    throw new RangeError(unexpected('driftAt', 'above 0', driftAt));
  }
  if (!(warningAt > 0 && warningAt <= driftAt)) {
    throw new RangeError(unexpected('warningAt', `in (0, ${driftAt}]`, warningAt));
  }

  return {
    initial: () => ({ ...driftMarks(), ...start() }),
    problem: errorProblem,

    step(state, x) {
      const wasWarning = state.level === warning;
      state.count += 1;
      state.level = steady;
      state.width += 1;
      state.errors += x;
      const { width, errors } = state;
      if (width <= warmup || errors === 0) return steady;
      const rate = errors / width;
      const deviation = Math.sqrt((rate * (1 - rate)) / width);
      if (rate + deviation <= state.leastRate + state.leastDeviation) {
        state.leastRate = rate;
        state.leastDeviation = deviation;
      }
      const above = rate + deviation - state.leastRate;
      if (!(above > warningAt * state.leastDeviation)) return steady;
      if (!wasWarning) {
        state.warnedWidth = width - 1;
        state.warnedErrors = errors - x;
      }
      if (above > driftAt * state.leastDeviation) {
        const after = (errors - state.warnedErrors) / (width - state.warnedWidth);
        raise(state, state.leastRate, after);
        Object.assign(state, start());
      } else state.level = warning;
      return state.level;
    },

    read: (state) => readingOf(state, state.errors / state.width, state.width), // 0 / 0 is NaN
  };
}
