/** What is to be decided: a stream of situations of which it is known what every action would have earned. */

import type { Attributes } from '../../contracts/attributes.ts';
import type { PolicyInput } from '../../contracts/policy.ts';
import type { RewardLearner } from '../../models/rewards/rewardLearner.ts';

export interface Round {
  readonly user: string;
  readonly attributes: Attributes;
  /** What is known of the user's liking of a value of a preference; absent: nothing. */
  readonly affinity?: (preference: string, value: string) => number;
  /** Expected reward of each action: what a policy is judged by. */
  readonly means: Float64Array;
  /** What each action would have earned: of it a policy is told that of the action it took. */
  readonly rewards: Float64Array;
}

export interface Task {
  readonly name: string;
  /** Event time between two decisions, ms. */
  readonly everyMs: number;
  /** Actions and features, for a learner that reads such vectors; bounds of the rewards, by default [0, 1]. */
  define(
    reads: RewardLearner['reads'],
  ): Pick<PolicyInput, 'actions' | 'context' | 'traits'> & Partial<Pick<PolicyInput, 'reward'>>;
  /**
   * The decisions in order.
   *
   * @param part `first`: of the part by which defaults were chosen; `rest`: of the part that is reported
   */
  rounds(part: 'first' | 'rest', count: number, seed: number): Round[];
}
