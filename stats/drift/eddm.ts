/**
 * EDDM: errors come closer together when what was learnt no longer holds; made for slow drifts.
 *
 * With mean p' and standard deviation s' of the distances between errors, the largest p' + 2 s' is remembered, and after
 * `warmup` errors a value below β of it is a drift, one below α a warning. The level is that of the last error. The mean before
 * a drift is the error rate 1 / p' where p' + 2 s' was largest, the mean after it that of the values since then.
 *
 * Source: Baena-García, del Campo-Ávila, Fidalgo, Bifet, Gavaldà & Morales-Bueno 2006, "Early drift detection method". The first
 * distance is that from the beginning, and s' is the sample's (n − 1), as in River 0.26.1. Made for learners whose errors grow
 * rarer: of a stationary stream the largest p' + 2 s' is one of few distances, and false alarms are many.
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

export interface EddmParameters {
  /** Errors, and values, after which it begins to look. */
  readonly warmup: number;
  /** α: share of the largest distance below which there is a warning. */
  readonly warningAt: number;
  /** β: … a drift. */
  readonly driftAt: number;
}

export const eddmDefaults: EddmParameters = { warmup: 30, warningAt: 0.95, driftAt: 0.9 };

export interface EddmState extends DriftMarks {
  /** Values and errors since the last drift. */
  width: number;
  errors: number;
  /** Where the last error was; 0 before the first. */
  lastError: number;
  /** Of the distances: mean, and sum of squared deviations. */
  mean: number;
  squares: number;
  /** Largest p' + 2 s'; 0 before it is looked for. */
  largest: number;
  /** Mean distance, values and errors there. */
  largestMean: number;
  largestWidth: number;
  largestErrors: number;
}

/** What the state is at the beginning and after each drift. */
const start = () => ({
  width: 0,
  errors: 0,
  lastError: 0,
  mean: 0,
  squares: 0,
  largest: 0,
  largestMean: 0,
  largestWidth: 0,
  largestErrors: 0,
});

/**
 * @throws RangeError for a parameter outside its range
 *
 * @example
 * const detector = eddm();
 * const state = detector.initial();
 * for (let i = 1; i <= 1_000; i += 1) detector.step(state, Number(i % (i <= 500 ? 10 : 2) === 0));
 * state.alarms; // 1
 */
export function eddm(given: Partial<EddmParameters> = {}): DriftDetector<EddmState> {
  const { warmup, warningAt, driftAt } = { ...eddmDefaults, ...given };
  if (!(Number.isSafeInteger(warmup) && warmup >= 1)) {
    throw new RangeError(unexpected('warmup', 'an integer ≥ 1', warmup));
  }
  if (!(warningAt > 0 && warningAt < 1)) {
    throw new RangeError(unexpected('warningAt', 'in (0, 1)', warningAt));
  }
  if (!(driftAt > 0 && driftAt <= warningAt)) {
    throw new RangeError(unexpected('driftAt', `in (0, ${warningAt}]`, driftAt));
  }

  return {
    initial: () => ({ ...driftMarks(), ...start() }),
    problem: errorProblem,

    step(state, x) {
      state.count += 1;
      if (state.level !== warning) state.level = steady;
      state.width += 1;
      if (x === 0) return state.level;
      state.errors += 1;
      const distance = state.width - state.lastError;
      state.lastError = state.width;
      const deviation = distance - state.mean;
      state.mean += deviation / state.errors;
      state.squares += deviation * (distance - state.mean);
      if (state.width <= warmup) return state.level;
      const spread = state.errors > 1 ? Math.sqrt(state.squares / (state.errors - 1)) : 0;
      const reach = state.mean + 2 * spread;
      state.level = steady;
      if (reach > state.largest) {
        state.largest = reach;
        state.largestMean = state.mean;
        state.largestWidth = state.width;
        state.largestErrors = state.errors;
      } else if (state.errors > warmup) {
        const share = reach / state.largest;
        if (share < driftAt) {
          const errors = state.errors - state.largestErrors;
          raise(state, 1 / state.largestMean, errors / (state.width - state.largestWidth));
          Object.assign(state, start());
        } else if (share < warningAt) state.level = warning;
      }
      return state.level;
    },

    read: (state) => readingOf(state, state.errors / state.width, state.width), // 0 / 0 is NaN
  };
}
