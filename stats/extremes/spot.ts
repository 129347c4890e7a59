/**
 * SPOT: limits that a stationary stream passes with a given small probability, above and below, whatever its law.
 *
 * The risk is nominal: a tail is learnt from few excesses, and what alarms is not learnt, so independent values alarm at some 2.5
 * times a risk of 1e-3 (1.7 times after a calibration of 4,000) and at 7 times one of 1e-4; serially dependent ones have alarmed at
 * thirty times. A budget of alarms is kept by the policy above it. For a stream whose level moves see `dspot`.
 *
 * Source: Siffer, Fouque, Termier & Largouët 2017, algorithm 2.
 */
import { beginTail, emptyTail, stepTail, type UpperTail } from './upperTail.ts';

export interface SpotOptions {
  /** Probability of an alarm at each value, on each side, in (0, 1). */
  readonly risk: number;
  /** Quantile of the first values above which a tail begins, in (0, 1). */
  readonly level: number;
  /** First values, from which the tails begin: none of them alarms. */
  readonly calibration: number;
  /** Excesses that a tail is fitted to, the last ones. */
  readonly peaksMax: number;
}

export interface SpotState {
  /** The first values; empty once there are enough. */
  first: number[];
  /** Of the values, and of their negatives. */
  upper: UpperTail;
  lower: UpperTail;
}

/** 1 above the upper limit, −1 below the lower one, 0 between or while the limits are not known. */
export type Side = -1 | 0 | 1;

export function spot({ risk, level, calibration, peaksMax }: SpotOptions) {
  function begin({ first, upper, lower }: SpotState): void {
    const sorted = Float64Array.from(first).sort();
    const at = Math.min(sorted.length - 1, Math.floor(level * sorted.length));
    beginTail(upper, sorted[at]!, sorted, risk);
    const negated = sorted.map((x) => -x);
    beginTail(lower, negated[sorted.length - 1 - at]!, negated, risk);
  }

  return {
    initial: (): SpotState => ({
      first: [],
      upper: emptyTail(peaksMax),
      lower: emptyTail(peaksMax),
    }),

    /**
     * Takes the value, unless it is beyond a limit. O(1), and a fit of `peaksMax` excesses for the few that are one.
     *
     * @throws RangeError when x is not finite
     */
    step(state: SpotState, x: number): Side {
      if (!Number.isFinite(x)) throw new RangeError(`x: expected a finite number, got ${x}`);
      if (state.upper.count === 0) {
        state.first.push(x);
        if (state.first.length === calibration) {
          begin(state);
          state.first = [];
        }
        return 0;
      }
      if (x > state.upper.limit) return 1;
      if (-x > state.lower.limit) return -1;
      stepTail(state.upper, x, risk);
      stepTail(state.lower, -x, risk);
      return 0;
    },

    /** The limits; infinite while they are not known. */
    limits: ({ upper, lower }: SpotState) => ({ lower: -lower.limit, upper: upper.limit }),
  };
}
