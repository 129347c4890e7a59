/** A learner of the rewards of actions: rows of typed arrays that are filled, merged, and solved for scoring. */
import type { RowPlace } from '../linear/hybridPosterior.ts';
import type { MergeClass } from '../linear/regression.ts';
import type { ScoreModel } from './scoreModel.ts';

/** How joint draws of the scores are made, where the beliefs of actions are correlated. */
export interface Sampling {
  /** Draws, even; 0 for none. */
  readonly draws: number;
  /** Equal seeds and rows give equal draws: log it, or derive it from the model's version. */
  readonly seed: number;
}

export interface RewardLearner {
  /** `action`: each action has a row of its own. `policy`: one row for all. */
  readonly rows: 'action' | 'policy';
  /** Which of the vectors of a decision it reads. */
  readonly reads: 'context' | 'interaction' | 'both';
  /** Numbers in a row; all 0 in a new one. */
  readonly width: number;
  readonly mergeClass: MergeClass;
  /**
   * Takes the reward of a decision; nothing is allocated.
   *
   * @param at          where the row begins: that of the action that was chosen, or the one for all
   * @param context     features of the context
   * @param interaction those of the action that was chosen by those of the context
   * @param time        event time of the decision, ms
   * @throws RangeError when something is not finite, or not in [0, 1] for a logistic learner
   */
  learn(
    values: Float64Array,
    at: number,
    context: Float64Array,
    interaction: Float64Array,
    reward: number,
    weight: number,
    time: number,
  ): void;
  /** Adds the other row to the first. */
  merge(values: Float64Array, at: number, other: Float64Array, otherAt: number): void;
  /**
   * Solves the rows as of a time.
   *
   * @param rows in the order of the actions, undefined where an action has none; of a learner with one row, only the first
   */
  model(rows: readonly (RowPlace | undefined)[], time: number, sampling?: Sampling): ScoreModel;
}

export const noSampling: Sampling = { draws: 0, seed: 0 };
