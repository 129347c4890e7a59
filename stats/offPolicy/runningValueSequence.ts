/**
 * Confidence sequence for the mean value so far of a policy whose value drifts: with the contexts, or because it learns itself.
 *
 * Sums of the terms' errors against a prediction from the past, the mean so far, are compared with the gamma-exponential
 * boundary in the time Σ (φ − prediction)²; terms need no upper bound. The state depends on the order of decisions and does
 * not merge: one owner, in the order of the decisions. Where the value is constant, `valueSequence` is narrower and merges.
 *
 * Source: Waudby-Smith, Wu, Ramdas, Karampatziakis & Mineiro 2022, 2210.10768, theorem 4; Howard, Ramdas, McAuliffe & Sekhon
 * 2021, 1810.08240, theorem 4; Fan, Grama & Liu 2015 (the inequality for variables bounded from one side).
 */
import type { Fold } from '../../contracts/fold.ts';
import type { Interval } from '../interval.ts';
import { gammaExponentialBound } from '../sequential/gammaExponentialMixture.ts';
import { mixtureWidth } from '../sequential/normalMixture.ts';
import type { Floors, SidedTerms } from './boundedBelowTerms.ts';

export interface RunningSide {
  sum: number;
  /** Σ (term − prediction)²: intrinsic time. */
  time: number;
}

export interface RunningValueState {
  count: number;
  readonly lower: RunningSide;
  readonly upper: RunningSide;
}

export interface RunningValueOptions {
  /** Of both sides together, in (0, 1). */
  readonly alpha: number;
  /** Those with which the terms were made. */
  readonly floors: Floors;
  /** Intrinsic time at which the sequence is tightest: the terms' variance × their number, as planned; > 0. */
  readonly bestTime: number;
}

function learn(side: RunningSide, count: number, term: number, meanMin: number): void {
  const middle = (meanMin + 1) / 2;
  const mean = count > 0 ? side.sum / count : middle;
  side.time += (term - Math.max(meanMin, Math.min(1, mean))) ** 2;
  side.sum += term;
}

/** For means in [meanMin, 1] on both sides, which add up to meanMin + 1. */
function runningSequence({ alpha, floors, bestTime }: RunningValueOptions, meanMin: 0 | -1) {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  const width = mixtureWidth(bestTime, alpha);
  /** Lower bound of the mean so far; errors are at least −(floor + 1), predictions being at most 1. */
  const bound = ({ sum, time }: RunningSide, count: number, floor: number): number =>
    Math.max(meanMin, (sum - gammaExponentialBound(time, alpha / 2, width, floor + 1)) / count);
  return {
    initial: (): RunningValueState => ({
      count: 0,
      lower: { sum: 0, time: 0 },
      upper: { sum: 0, time: 0 },
    }),

    step(state, terms) {
      for (const side of ['lower', 'upper'] as const) {
        if (!(terms[side] >= -floors[side] && terms[side] < Infinity)) {
          throw new RangeError(`${side}: expected at least ${-floors[side]}, got ${terms[side]}`);
        }
      }
      learn(state.lower, state.count, terms.lower, meanMin);
      learn(state.upper, state.count, terms.upper, meanMin);
      state.count += 1;
    },

    /** The interval of the mean so far, within the range of means. */
    read({ count, lower, upper }) {
      if (count === 0) return { lower: meanMin, upper: 1 };
      return {
        lower: bound(lower, count, floors.lower),
        upper: meanMin + 1 - bound(upper, count, floors.upper),
      };
    },
  } satisfies Fold<RunningValueState, SidedTerms, Interval>;
}

/**
 * The mean value so far, in [0, 1], from `boundedBelowTerms`.
 *
 * @throws RangeError when an option is outside its range; `step` throws when a term is below its floor
 */
export function runningValueSequence(options: RunningValueOptions) {
  return runningSequence(options, 0);
}

/**
 * The mean difference of two policies so far, in [−1, 1], from `differenceTerms` and `differenceFloors`: for a logging policy that
 * learns this is the comparison with what it earned.
 *
 * @throws RangeError as `runningValueSequence`
 */
export function runningDifferenceSequence(options: RunningValueOptions) {
  return runningSequence(options, -1);
}
