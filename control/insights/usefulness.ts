/**
 * How useful people find a kind of card, as a factor of its score.
 *
 * The share of useful answers has a Beta(4, 4) prior: the factor is 0.5 and the posterior mean, so that it is 1 without answers,
 * stays within (0.5, 1.5), and one answer moves it by a ninth of a half.
 */

export interface Votes {
  readonly useful: number;
  readonly notUseful: number;
}

export const noVotes: Votes = { useful: 0, notUseful: 0 };
/** Answers that the prior counts as, of each sort. */
const prior = 4;

/**
 * @example
 * usefulnessOf({ useful: 4, notUseful: 0 }); // 0.5 + 8 / 12 = 1.1667
 */
export function usefulnessOf({ useful, notUseful }: Votes): number {
  return 0.5 + (prior + useful) / (2 * prior + useful + notUseful);
}
