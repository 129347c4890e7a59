/**
 * The Page–Hinkley test: alarms when values have been above (or below) their mean by more than a tolerance for long enough.
 *
 * For one side the excess s = max(0, α s + x − x̄ − δ) is compared with the threshold; for the other side its mirror. For either
 * side the sums S = α S + x − x̄ − δ and S' = α S' + x − x̄ + δ are compared with their least and largest value: S − min S > λ, or
 * max S' − S' > λ. With α < 1 these are different tests, because the fading pulls S towards 0 and not towards its least value; with
 * α = 1 they are the same.
 *
 * Means before and after are those of the values up to, and since, the last moment without excess.
 *
 * Source: Page 1954; Hinkley 1971; fading α and both forms as in MOA (one side) and River (either).
 */
import { unexpected } from '../../contracts/statistic.ts';
import {
  type DriftDetector,
  type DriftMarks,
  driftMarks,
  raise,
  readingOf,
  steady,
} from './detector.ts';

export const sides = ['either', 'rise', 'fall'] as const;
export type Side = (typeof sides)[number];

export interface PageHinkleyParameters {
  /** Values before the first alarm. */
  readonly warmup: number;
  /** δ: deviation that is no drift, in the unit of the input, ≥ 0. */
  readonly tolerance: number;
  /** λ: excess that raises the alarm, in the unit of the input. */
  readonly threshold: number;
  /** α: what stays of the sums at each value, in (0, 1]. */
  readonly fading: number;
  readonly side: Side;
}

export const pageHinkleyDefaults: PageHinkleyParameters = {
  warmup: 30,
  tolerance: 0.005,
  threshold: 50,
  fading: 0.9999,
  side: 'either',
};

export interface PageHinkleyState extends DriftMarks {
  /** Values since the last drift, and their mean. */
  width: number;
  mean: number;
  /** Excess upwards: S, or s for one side; downwards likewise. */
  rise: number;
  fall: number;
  /** min S and max S'; 0 for one side. */
  least: number;
  largest: number;
  /** Values, and mean, at the last moment without excess, upwards and downwards. */
  riseWidth: number;
  riseMean: number;
  fallWidth: number;
  fallMean: number;
}

/**
 * @throws RangeError for a parameter outside its range
 *
 * @example
 * const detector = pageHinkley({ threshold: 10 });
 * const state = detector.initial();
 * for (let i = 0; i < 200; i += 1) detector.step(state, i < 100 ? 0 : 1);
 * state.lastAlarmAt; // 111
 */
export function pageHinkley(
  given: Partial<PageHinkleyParameters> = {},
): DriftDetector<PageHinkleyState> {
  const { warmup, tolerance, threshold, fading, side } = { ...pageHinkleyDefaults, ...given };
  const expect = (name: string, holds: boolean, expected: string, got: unknown) => {
    if (!holds) throw new RangeError(unexpected(name, expected, got));
  };
  expect('warmup', Number.isSafeInteger(warmup) && warmup >= 1, 'an integer ≥ 1', warmup);
  expect('tolerance', tolerance >= 0 && tolerance < Infinity, 'at least 0', tolerance);
  expect('threshold', threshold > 0 && threshold < Infinity, 'above 0', threshold);
  expect('fading', fading > 0 && fading <= 1, 'in (0, 1]', fading);
  expect('side', sides.includes(side), `one of ${sides.join(', ')}`, side);
  const isEither = side === 'either';

  function restart(state: PageHinkleyState): void {
    state.width = state.mean = 0;
    state.rise = state.fall = 0;
    state.least = isEither ? Infinity : 0;
    state.largest = isEither ? -Infinity : 0;
    state.riseWidth = state.riseMean = 0;
    state.fallWidth = state.fallMean = 0;
  }

  function markRise(state: PageHinkleyState): void {
    state.riseWidth = state.width;
    state.riseMean = state.mean;
  }

  function markFall(state: PageHinkleyState): void {
    state.fallWidth = state.width;
    state.fallMean = state.mean;
  }

  function report(state: PageHinkleyState, width: number, mean: number) {
    const after = (state.mean * state.width - mean * width) / (state.width - width);
    raise(state, width > 0 ? mean : after, after);
    restart(state);
    return state.level;
  }

  return {
    initial() {
      const state: PageHinkleyState = {
        ...driftMarks(),
        width: 0,
        mean: 0,
        rise: 0,
        fall: 0,
        least: 0,
        largest: 0,
        riseWidth: 0,
        riseMean: 0,
        fallWidth: 0,
        fallMean: 0,
      };
      restart(state);
      return state;
    },

    problem: (x) => (Number.isFinite(x) ? undefined : unexpected('value', 'a finite number', x)),

    step(state, x) {
      state.count += 1;
      state.level = steady;
      state.width += 1;
      state.mean += (x - state.mean) / state.width;
      const deviation = x - state.mean;
      state.rise = fading * state.rise + deviation - tolerance;
      state.fall = fading * state.fall + deviation + tolerance;
      if (isEither) {
        if (state.rise < state.least) {
          state.least = state.rise;
          markRise(state);
        }
        if (state.fall > state.largest) {
          state.largest = state.fall;
          markFall(state);
        }
      } else {
        if (state.rise <= 0) {
          state.rise = 0;
          markRise(state);
        }
        if (state.fall >= 0) {
          state.fall = 0;
          markFall(state);
        }
      }
      if (state.width < warmup) return steady;
      if (side !== 'fall' && state.rise - state.least > threshold) {
        return report(state, state.riseWidth, state.riseMean);
      }
      if (side !== 'rise' && state.largest - state.fall > threshold) {
        return report(state, state.fallWidth, state.fallMean);
      }
      return steady;
    },

    read: (state) => readingOf(state, state.width > 0 ? state.mean : NaN, state.width),
  };
}
