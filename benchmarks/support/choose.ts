/** One choice as `PolicyDecider` makes it, without its users and requests: scores, policy, floor, draw. */
import type { Attributes } from '../../contracts/attributes.ts';
import type { Algorithm } from '../../models/policies/algorithm.ts';
import { drawAction } from '../../models/policies/drawAction.ts';
import { raiseToFloor } from '../../models/policies/floor.ts';
import type { DecisionVectors, ScoreModel } from '../../models/rewards/scoreModel.ts';
import type { Scores } from '../../models/rewards/scores.ts';

export interface Chooser {
  readonly policy: Algorithm;
  /** Absent for policies that need no learner. */
  readonly model?: ScoreModel | undefined;
  readonly floor: number;
  readonly actions: readonly string[];
  /** Of as many actions; reused from decision to decision. */
  readonly scores: Scores;
  /** Takes the probability of every action. */
  readonly probabilities: Float64Array;
}

/**
 * Chooses an action. Who may be chosen stands in `scores.eligible`; afterwards `probabilities` holds what was drawn by.
 *
 * @param uniform in [0, 1): at random, or a hash of the unit
 * @returns place of the action
 * @throws RangeError when no action is eligible
 */
export function choose(
  { policy, model, floor, actions, scores, probabilities }: Chooser,
  vectors: DecisionVectors,
  attributes: Attributes,
  uniform: number,
): number {
  model?.score(vectors, scores);
  policy.probabilities({ actions, scores, attributes }, probabilities);
  raiseToFloor(floor, scores.eligible, probabilities);
  return drawAction(probabilities, uniform);
}
