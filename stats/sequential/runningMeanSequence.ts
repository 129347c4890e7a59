/**
 * Confidence sequence for the running mean (1/t) Σ E[xᵢ | past] of bounded numbers, which may drift as it likes.
 *
 * With xᵢ = W (Y − m) of `designMixture` it covers the average effect so far while the effect itself changes. Sums of errors
 * of any prediction from the past are compared with the gamma-exponential boundary in the time Σ (x − prediction)²; the
 * prediction is the mean so far. The state depends on the order of the numbers and does not merge.
 *
 * Source: Howard, Ramdas, McAuliffe & Sekhon 2021, 1810.08240, theorem 4; Ham, Bojinov, Lindon & Tingley 2022, 2210.08639.
 */
import type { Fold } from '../../contracts/fold.ts';
import type { Interval } from '../interval.ts';
import { gammaExponentialBound } from './gammaExponentialMixture.ts';
import { mixtureWidth } from './normalMixture.ts';

export interface RunningMeanState {
  count: number;
  sum: number;
  /** Σ (x − mean before)²: intrinsic time. */
  time: number;
}

export interface RunningMeanOptions {
  /** In (0, 1). */
  readonly alpha: number;
  /** Bounds of the numbers, fixed before. */
  readonly smallest: number;
  readonly largest: number;
  /** Intrinsic time at which the sequence is tightest: variance × number, as planned. */
  readonly bestTime: number;
}

/** @throws RangeError when an option is outside its range; `step` throws when a number is outside its bounds */
export function runningMeanSequence({ alpha, smallest, largest, bestTime }: RunningMeanOptions) {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  if (!(smallest < largest)) {
    throw new RangeError(`smallest: expected below ${largest}, got ${smallest}`);
  }
  const width = mixtureWidth(bestTime, alpha);
  return {
    initial: (): RunningMeanState => ({ count: 0, sum: 0, time: 0 }),

    step(state, x) {
      if (!(x >= smallest && x <= largest)) {
        throw new RangeError(`x: expected in [${smallest}, ${largest}], got ${x}`);
      }
      const prediction = state.count > 0 ? state.sum / state.count : (smallest + largest) / 2;
      state.time += (x - prediction) ** 2;
      state.count += 1;
      state.sum += x;
    },

    /** The interval of the mean so far, within the bounds. */
    read({ count, sum, time }) {
      if (count === 0) return { lower: smallest, upper: largest };
      const radius = gammaExponentialBound(time, alpha / 2, width, largest - smallest) / count;
      const mean = sum / count;
      return { lower: Math.max(smallest, mean - radius), upper: Math.min(largest, mean + radius) };
    },
  } satisfies Fold<RunningMeanState, number, Interval>;
}
