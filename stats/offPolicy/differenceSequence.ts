/**
 * Confidence sequence for the value of one policy less that of another, on the same decisions; as `valueSequence`.
 *
 * A term of the first policy's value and one of 1 less the second's add up to one of 1 + difference that is bounded from
 * below, without any bound of the weights; what both policies share cancels within it. The second may be the logging policy
 * itself, with weights of 1.
 *
 * Source: Waudby-Smith, Wu, Ramdas, Karampatziakis & Mineiro 2022, 2210.10768, section 2.4 (two policies).
 */
import type { Fold } from '../../contracts/fold.ts';
import type { Interval } from '../interval.ts';
import type { Floors, SidedTerms } from './boundedBelowTerms.ts';
import { lowerMeanBound } from './meanBets.ts';
import type { TermCounts } from './termCounts.ts';
import { type DrawnTerms, type SidedCounts, sidedCounts } from './valueSequence.ts';

/**
 * Terms whose means are the difference, and less the difference.
 *
 * @example
 * differenceTerms({ lower: 2, upper: -1 }, { lower: 1, upper: 0 }); // lower 1, upper −1
 */
export function differenceTerms(first: SidedTerms, second: SidedTerms): SidedTerms {
  return { lower: first.lower + second.upper - 1, upper: second.lower + first.upper - 1 };
}

/** Floors of the terms of a difference, from those of the two values. */
export function differenceFloors(first: Floors, second: Floors): Floors {
  return { lower: first.lower + second.upper + 1, upper: second.lower + first.upper + 1 };
}

export interface DifferenceSequenceOptions {
  /** Of both sides together, in (0, 1). */
  readonly alpha: number;
  /** From `differenceFloors`. */
  readonly floors: Floors;
}

/** `read` throws RangeError when an option is outside its range. */
export function differenceSequence({ alpha, floors }: DifferenceSequenceOptions) {
  const end = (counts: TermCounts, floor: number) =>
    lowerMeanBound(counts, { floor, meanMin: -1, meanMax: 1 }, alpha / 2);
  return {
    ...sidedCounts,

    /** Within [−1, 1]; `lower` > `upper` when no constant difference is left. */
    read: ({ lower, upper }) => ({
      lower: end(lower, floors.lower),
      upper: -end(upper, floors.upper),
    }),
  } satisfies Fold<SidedCounts, DrawnTerms, Interval>;
}
