/**
 * How well lists are ordered, from the places of the relevant items: NDCG, mean average precision, reciprocal rank, hits.
 *
 * A row is one relevant item of one request, such as the exercise that a user took up from a list: its rank in the list, how
 * many items of the request were relevant, and which of them it is, counted from the top. Where at most one item of a list
 * can be relevant, the rank is all: the other two are 1. A request whose items are all irrelevant has no row and does not
 * count. Relevance is yes or no.
 *
 * Each figure is a sum of a term for each relevant item over the number of requests, and each term is a multiple of 2⁻²⁴:
 * states merge bit-equal in any order.
 *
 * Source: Järvelin & Kekäläinen 2002 (NDCG); Voorhees 1999 (reciprocal rank); Manning, Raghavan & Schütze 2008, chapter 8.
 */
import type { Fold } from '../../contracts/fold.ts';
import { onGrid } from '../sumGrid.ts';

export interface RankingQualityState {
  /** Requests with a relevant item, integer ≥ 0. */
  requests: number;
  /** Those with one among the first `cut`. */
  hits: number;
  /** Σ over requests of the gain by that of the best order; on the grid, as are the next two. */
  gain: number;
  /** Σ of the precision at the relevant items by their number. */
  precision: number;
  /** Σ of 1 / rank of the first relevant item. */
  reciprocal: number;
}

/** Reuse one object in a hot loop. */
export interface RelevantItem {
  /** Place in the list, from 1; 0: not in it. */
  rank: number;
  /** Which of the request's relevant items it is, from 1 at the top; those that are not in the list come last. */
  ordinal: number;
  /** Relevant items of the request, in the list or not, ≥ ordinal. */
  relevant: number;
}

/** Each is in [0, 1]; NaN without requests. */
export interface RankingQuality {
  readonly requests: number;
  /** Requests with a relevant item among the first `cut`. */
  readonly hits: number;
  /** Normalized discounted cumulative gain of the first `cut`. */
  readonly ndcg: number;
  /** Mean average precision of the first `cut`, over the relevant items that could be there. */
  readonly averagePrecision: number;
  /** Mean of 1 / rank of the first relevant item, of the whole list. */
  readonly reciprocalRank: number;
}

/** What is wrong with an item: the field and what was expected of it. */
export function relevantItemProblem({
  rank,
  ordinal,
  relevant,
}: RelevantItem): readonly ['rank' | 'ordinal' | 'relevant', string] | undefined {
  if (!(Number.isSafeInteger(relevant) && relevant >= 1)) return ['relevant', 'an integer from 1'];
  if (!(Number.isSafeInteger(ordinal) && ordinal >= 1 && ordinal <= relevant)) {
    return ['ordinal', `an integer in [1, ${relevant}]`];
  }
  if (rank === 0 || (Number.isSafeInteger(rank) && rank >= ordinal)) return undefined;
  return ['rank', `0 or an integer from ${ordinal}`];
}

/**
 * The fold for the first `cut` places of lists; `step` throws RangeError for what has a {@link relevantItemProblem}.
 *
 * @throws RangeError when `cut` is not an integer from 1
 */
export function rankingQuality(cut: number) {
  if (!(Number.isSafeInteger(cut) && cut >= 1)) {
    throw new RangeError(`cut: expected an integer from 1, got ${cut}`);
  }
  /** Gain of the best order of so many relevant items. */
  const best = new Float64Array(cut + 1);
  for (let rank = 1; rank <= cut; rank += 1) best[rank] = best[rank - 1]! + 1 / Math.log2(rank + 1);
  return {
    initial: () => ({ requests: 0, hits: 0, gain: 0, precision: 0, reciprocal: 0 }),

    step(state, item) {
      const problem = relevantItemProblem(item);
      if (problem !== undefined) {
        const [field, expected] = problem;
        throw new RangeError(`${field}: expected ${expected}, got ${item[field]}`);
      }
      const { rank, ordinal, relevant } = item;
      const isListed = rank > 0;
      const isWithin = isListed && rank <= cut;
      if (ordinal === 1) {
        state.requests += 1;
        if (isListed) state.reciprocal += onGrid(1 / rank);
        if (isWithin) state.hits += 1;
      }
      if (!isWithin) return;
      const reachable = Math.min(relevant, cut);
      state.gain += onGrid(1 / Math.log2(rank + 1) / best[reachable]!);
      state.precision += onGrid(ordinal / rank / reachable);
    },

    read: ({ requests, hits, gain, precision, reciprocal }) => ({
      requests,
      hits,
      // Above 1 by roundings, and where the first row of a request is missing.
      ndcg: requests > 0 ? Math.min(1, gain / requests) : NaN,
      averagePrecision: requests > 0 ? Math.min(1, precision / requests) : NaN,
      reciprocalRank: reciprocal / requests, // 0 / 0 is NaN
    }),

    merge(state, other) {
      state.requests += other.requests;
      state.hits += other.hits;
      state.gain += other.gain;
      state.precision += other.precision;
      state.reciprocal += other.reciprocal;
    },
  } satisfies Fold<RankingQualityState, RelevantItem, RankingQuality>;
}
