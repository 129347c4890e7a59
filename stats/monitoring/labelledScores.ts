/**
 * Labelled predictions counted by score bin: what every figure of a classifier is read from.
 *
 * Integers only, so states merge bit-equal in any order.
 */
import type { Fold } from '../../contracts/fold.ts';
import type { Scored } from '../prequential.ts';
import { scoreBin, scoreBins } from '../scoreBins.ts';

export interface LabelledScoresState {
  /** Predictions with label 1 by score bin, as is the next. */
  positives: Uint32Array;
  negatives: Uint32Array;
}

export const labelledScores = {
  initial: () => ({
    positives: new Uint32Array(scoreBins),
    negatives: new Uint32Array(scoreBins),
  }),

  /** @throws RangeError as {@link checkScored} */
  step(state, scored) {
    checkScored(scored);
    const bins = scored.label === 1 ? state.positives : state.negatives;
    bins[scoreBin(scored.probability)]! += 1;
  },

  read: (state) => state,

  merge(state, other) {
    addCounts(state.positives, other.positives);
    addCounts(state.negatives, other.negatives);
  },
} satisfies Fold<LabelledScoresState, Scored, LabelledScoresState>;

/** @throws RangeError when the probability is outside [0, 1] or the label neither 0 nor 1 */
export function checkScored({ probability, label }: Scored): void {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`probability: expected in [0, 1], got ${probability}`);
  }
  if (label !== 0 && label !== 1) throw new RangeError(`label: expected 0 or 1, got ${label}`);
}

/** Adds counts, or sums on a grid, place by place. */
export function addCounts(
  counts: Uint32Array | Float64Array,
  other: Uint32Array | Float64Array,
): void {
  for (let place = 0; place < counts.length; place += 1) counts[place]! += other[place]!;
}

export function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let place = 0; place < counts.length; place += 1) sum += counts[place]!;
  return sum;
}
