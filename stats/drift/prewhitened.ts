/**
 * A detector of values behind `prewhiten`: the calibrated mode, in which autocorrelation makes no alarms.
 *
 * Nothing is said of the first `learning` values; then they are given to the detector all at once, and every later one as it
 * comes. Means are told in the unit of the input.
 *
 * The promise, with {@link calibratedAdwin}: at most 10 false alarms per 10⁶ values of a stationary first-order autoregression with
 * φ = .8, while a step of one standard deviation of the series is found within 500 values in 95 % of runs or more, once some 2,000
 * values have come before. With φ = .95 the long-run noise is twice that again: no test at this level finds that step so soon.
 */
import type { AdwinParameters } from './adwin.ts';
import {
  type DriftDetector,
  type DriftLevel,
  type DriftMarks,
  drift,
  driftMarks,
  raise,
  readingOf,
  steady,
  warning,
} from './detector.ts';
import { prewhiten, type WhiteningParameters, type WhiteningState } from './prewhiten.ts';

export interface PrewhitenedState<Inner extends DriftMarks> extends DriftMarks {
  whitening: WhiteningState;
  /** Its values are whitened ones. */
  inner: Inner;
}

/**
 * How ADWIN is set behind whitening, chosen by simulations of autoregressions and of zeros and ones: a higher level than usual for
 * short windows, and less than that for windows beyond 12,800 values, in which nothing has changed so long.
 */
export const calibratedAdwin = { delta: 0.005, horizon: 2_048 } satisfies Partial<AdwinParameters>;

/**
 * @param detector of values, with thresholds for independent ones of standard deviation 1
 * @throws RangeError for a parameter outside its range
 */
export function prewhitened<Inner extends DriftMarks>(
  detector: DriftDetector<Inner>,
  parameters: Partial<WhiteningParameters> = {},
): DriftDetector<PrewhitenedState<Inner>> {
  const whitening = prewhiten(parameters);

  function feed(state: PrewhitenedState<Inner>, previous: number, x: number): void {
    const { inner, whitening: own } = state;
    const level = detector.step(inner, whitening.whiten(own, previous, x));
    if (level !== drift) {
      if (level === warning && state.level === steady) state.level = warning;
      return;
    }
    const { centre, unit } = own;
    raise(state, centre + unit * inner.before, centre + unit * inner.after);
  }

  return {
    initial: () => ({
      ...driftMarks(),
      whitening: whitening.initial(),
      inner: detector.initial(),
    }),

    problem: detector.problem,

    step(state, x) {
      const own = state.whitening;
      const { last } = own;
      state.count += 1;
      state.level = steady as DriftLevel;
      const first = whitening.take(own, x);
      if (first !== undefined) {
        for (let i = 1; i < first.length; i += 1) feed(state, first[i - 1]!, first[i]!);
      } else if (own.first.length === 0) feed(state, last, x);
      if (state.level === drift) whitening.restart(own);
      return state.level;
    },

    read(state) {
      const { mean, width } = detector.read(state.inner);
      const { centre, unit } = state.whitening;
      return readingOf(state, centre + unit * mean, width);
    },
  };
}
