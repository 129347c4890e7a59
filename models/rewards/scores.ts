/** What is expected of each action in one context, and how surely: what policies choose by. */

export interface Scores {
  readonly actions: number;
  /** 1 where the action may be chosen. */
  readonly eligible: Uint8Array;
  /** Mean of the score; the best action is the one with the largest true score. */
  readonly means: Float64Array;
  /** Standard deviation of what is believed of the score, ≥ 0. */
  readonly deviations: Float64Array;
  /** Expected reward: a rising function of the score; for linear models the mean itself. */
  readonly rewards: Float64Array;
  /** Whether the beliefs of different actions are independent. */
  independent: boolean;
  /** Observations that all actions together have had. */
  observations: number;
  /** Joint draws of all scores; 0 unless the model has draws. */
  draws: number;
  /** Draws × actions, row-major: score of the draw less the mean. */
  drawn: Float64Array;
}

/**
 * Room for the scores of so many actions, to be used for many decisions; all are eligible.
 *
 * @throws RangeError when there is no action
 */
export function createScores(actions: number): Scores {
  if (!(Number.isInteger(actions) && actions > 0)) {
    throw new RangeError(`actions: expected an integer above 0, got ${actions}`);
  }
  return {
    actions,
    eligible: new Uint8Array(actions).fill(1),
    means: new Float64Array(actions),
    deviations: new Float64Array(actions),
    rewards: new Float64Array(actions),
    independent: true,
    observations: 0,
    draws: 0,
    drawn: new Float64Array(0),
  };
}

/** @throws RangeError when no action may be chosen */
export function countEligible({ eligible }: Pick<Scores, 'eligible'>): number {
  let count = 0;
  for (let i = 0; i < eligible.length; i += 1) count += eligible[i]! > 0 ? 1 : 0;
  if (count === 0) throw new RangeError('eligible: expected at least one action, got none');
  return count;
}
