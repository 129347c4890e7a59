/**
 * Confidence sequence for the value of a policy from another's log: it covers at all times together, for any weights, for a
 * logging policy that learns, and merges to the bit.
 *
 * The state is integer counts of the rounded terms of both sides, `boundedBelowTerms`; each end is a bound by `meanBets` at
 * alpha / 2, the upper one from the terms of 1 − r. The value must be the same at each decision given the past: contexts that
 * do not drift, a target policy that was fixed before. Which decisions are looked at may depend on nothing but their order:
 * score each once, at a fixed age, as an experiment's units.
 */
import type { Fold } from '../../contracts/fold.ts';
import type { Interval } from '../interval.ts';
import type { Floors, SidedTerms } from './boundedBelowTerms.ts';
import { lowerMeanBound } from './meanBets.ts';
import { type TermCounts, termCounts } from './termCounts.ts';

export interface SidedCounts {
  readonly lower: TermCounts;
  readonly upper: TermCounts;
}

export interface DrawnTerms extends SidedTerms {
  /** Uniform in [0, 1), independent of the decision, such as `unitUniform`; both sides may share it. */
  readonly draw: number;
}

export interface ValueSequenceOptions {
  /** Of both sides together, in (0, 1). */
  readonly alpha: number;
  /** Those with which the terms were made. */
  readonly floors: Floors;
}

/** Counts of both sides' terms: what sequences of values and of differences keep. */
export const sidedCounts = {
  initial: (): SidedCounts => ({ lower: termCounts.initial(), upper: termCounts.initial() }),

  step({ lower, upper }: SidedCounts, terms: DrawnTerms): void {
    termCounts.step(lower, { term: terms.lower, draw: terms.draw });
    termCounts.step(upper, { term: terms.upper, draw: terms.draw });
  },

  merge({ lower, upper }: SidedCounts, other: SidedCounts): void {
    termCounts.merge(lower, other.lower);
    termCounts.merge(upper, other.upper);
  },
};

/** `read` throws RangeError when an option is outside its range. Its time grows with the distinct places, not the decisions. */
export function valueSequence({ alpha, floors }: ValueSequenceOptions) {
  const end = (counts: TermCounts, floor: number) =>
    lowerMeanBound(counts, { floor, meanMin: 0, meanMax: 1 }, alpha / 2);
  return {
    ...sidedCounts,

    /** Within [0, 1]; `lower` > `upper` when no constant value is left. */
    read: ({ lower, upper }) => ({
      lower: end(lower, floors.lower),
      upper: 1 - end(upper, floors.upper),
    }),
  } satisfies Fold<SidedCounts, DrawnTerms, Interval>;
}
