/**
 * How long labels take to come, and how many come, while some predictions still wait: a prediction that waits says that its
 * delay is longer than its age, and is counted as that.
 *
 * A row is one prediction, once: with the delay of its label when that comes, or with its age when it is given up or the
 * books are closed. Ages are counted in logarithmic bins, each within 1 % of the age, so states merge bit-equal in any order;
 * the curve is that of Kaplan and Meier over the bins.
 *
 * It assumes that predictions which still wait are like those of the same age that no longer do: labels that never come
 * (an exercise that is never handed in) are only told apart from late ones by waiting.
 *
 * Source: Kaplan & Meier 1958; Masson, Rim & Lee 2019 (bins).
 */
import type { Fold } from '../../contracts/fold.ts';
import type { IntervalEstimate } from '../interval.ts';
import { binOf, binValue, type QuantileSketchState, quantileSketch } from '../quantileSketch.ts';
import { type AgeCounts, ageOf, kaplanMeier, shareBy } from './kaplanMeier.ts';

export interface LabelDelayState {
  /** Delays of the labels that came. */
  labelled: QuantileSketchState;
  /** Ages of the predictions that wait. */
  waiting: QuantileSketchState;
}

/** Reuse one object in a hot loop. */
export interface AwaitedLabel {
  /** From the prediction to its label, or to now while there is none, ms, ≥ 0. */
  ageMs: number;
  isLabelled: boolean;
}

export interface LabelDelay {
  /** Predictions. */
  readonly count: number;
  readonly labelled: number;
  /** Share whose label comes within an age, ms, known within 1 %; the quantile is two-sided, of the standard normal. */
  readonly within: (ageMs: number, quantile: number) => IntervalEstimate;
  /** Delay by which a share of the labels has come, ms within 1 %; ∞ while fewer came. */
  readonly delayOf: (share: number) => number;
}

function countOf({ counts }: QuantileSketchState): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Both sketches as counts by age, ascending. */
function agesOf({ labelled, waiting }: LabelDelayState): AgeCounts[] {
  const ages: AgeCounts[] = [];
  let came = 0;
  let waits = 0;
  while (came < labelled.bins.length || waits < waiting.bins.length) {
    const bin = Math.min(labelled.bins[came] ?? Infinity, waiting.bins[waits] ?? Infinity);
    const events = labelled.bins[came] === bin ? labelled.counts[came++]! : 0;
    const censored = waiting.bins[waits] === bin ? waiting.counts[waits++]! : 0;
    ages.push({ age: binValue(bin), events, censored });
  }
  return ages;
}

export const labelDelay = {
  initial: () => ({ labelled: quantileSketch.initial(), waiting: quantileSketch.initial() }),

  /** @throws RangeError when the age is negative or not finite */
  step(state, { ageMs, isLabelled }) {
    if (!(ageMs >= 0 && ageMs < Infinity)) {
      throw new RangeError(`ageMs: expected at least 0, got ${ageMs}`);
    }
    quantileSketch.step(isLabelled ? state.labelled : state.waiting, ageMs);
  },

  read(state) {
    const curve = kaplanMeier(agesOf(state));
    const labelled = countOf(state.labelled);
    const count = labelled + countOf(state.waiting);
    return {
      count,
      labelled,
      // By bins: what was given up at an age has been watched up to it.
      within: (ageMs, quantile) => shareBy(curve, binValue(binOf(ageMs)), quantile),
      delayOf: (share) => (count > 0 ? ageOf(curve, share) : NaN),
    };
  },

  merge(state, other) {
    quantileSketch.merge(state.labelled, other.labelled);
    quantileSketch.merge(state.waiting, other.waiting);
  },
} satisfies Fold<LabelDelayState, AwaitedLabel, LabelDelay>;
