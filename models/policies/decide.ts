/** One decision from end to end: scores, policy, constraints, draw; and what must be logged of it. */
import type { Attributes } from '../assignment/unit.ts';
import type { DecisionVectors, ScoreModel } from '../rewards/scoreModel.ts';
import type { Scores } from '../rewards/scores.ts';
import { type Constraints, constrain } from './constraints.ts';
import { drawAction } from './drawAction.ts';
import type { Policy } from './policy.ts';

export interface Decider {
  readonly policy: Policy;
  /** Absent for policies that need no learner. */
  readonly model?: ScoreModel | undefined;
  readonly constraints: Constraints;
  readonly actions: readonly string[];
  /** Of as many actions; reused from decision to decision. */
  readonly scores: Scores;
  /** Takes the probability of every action: all of them should be logged, for later evaluation. */
  readonly probabilities: Float64Array;
}

/**
 * Chooses an action. Who may be chosen stands in `scores.eligible`; afterwards `probabilities` holds what was drawn by.
 *
 * @param uniform in [0, 1): at random, or a hash of the unit
 * @returns place of the action
 * @throws RangeError when no action is eligible: ask `countEligible` before, or after `applyCaps`
 */
export function decide(
  { policy, model, constraints, actions, scores, probabilities }: Decider,
  vectors: DecisionVectors,
  attributes: Attributes,
  uniform: number,
): number {
  model?.score(vectors, scores);
  policy.probabilities({ actions, scores, attributes }, probabilities);
  constrain(constraints, actions, scores.eligible, probabilities);
  return drawAction(probabilities, uniform);
}
