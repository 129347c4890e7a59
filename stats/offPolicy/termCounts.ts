/** Terms of a mean as counts on the grid of `coarseNumber`: merges are bit-equal in any order, with no bound of the terms. */
import type { Fold } from '../../contracts/fold.ts';
import { coarsePlace } from './coarseNumber.ts';

/** Terms at each place of the grid, a whole number; its keys are integers, which an object keeps in ascending order. */
export type TermCounts = Record<number, number>;

export interface RoundedTerm {
  readonly term: number;
  /** Uniform in [0, 1) and independent of the decision, such as `unitUniform`. */
  readonly draw: number;
}

export const termCounts = {
  initial: (): TermCounts => ({}),

  step(counts, { term, draw }) {
    const place = coarsePlace(term, draw);
    counts[place] = (counts[place] ?? 0) + 1;
  },

  read: (counts) => counts,

  merge(counts, other) {
    for (const place in other) counts[place] = (counts[place] ?? 0) + other[place]!;
  },
} satisfies Fold<TermCounts, RoundedTerm, TermCounts>;
