/**
 * Combines what a version of the past says with what the online learner says now: an online logistic regression of the logits.
 *
 * Source: Wolpert 1992 (stacked generalization); Zinkevich 2003 (online gradient descent).
 */
import { sigmoid } from '../features.ts';

/** The state is `width` numbers of an array, which its owner keeps and stores. */
export interface Combiner {
  readonly width: number;
  start(state: Float64Array, at: number): void;
  /** Probability in (0, 1). */
  predict(state: Float64Array, at: number, baseLogit: number, onlineLogit: number): number;
  /**
   * @param predicted what `predict` said of the same logits
   * @param label     0 or 1
   */
  learn(
    state: Float64Array,
    at: number,
    baseLogit: number,
    onlineLogit: number,
    predicted: number,
    label: number,
  ): void;
}

const rate = 0.01;
const probabilityMin = 1e-6;

/** State: weights of the constant, of the version and of the online learner. */
export const combiner: Combiner = {
  width: 3,

  start(state, at) {
    state[at] = 0;
    state[at + 1] = 0.5;
    state[at + 2] = 0.5;
  },

  predict(state, at, baseLogit, onlineLogit) {
    const score = state[at]! + state[at + 1]! * baseLogit + state[at + 2]! * onlineLogit;
    return Math.min(Math.max(sigmoid(score), probabilityMin), 1 - probabilityMin);
  },

  learn(state, at, baseLogit, onlineLogit, predicted, label) {
    const step = rate * (label - predicted);
    state[at]! += step;
    state[at + 1]! += step * baseLogit;
    state[at + 2]! += step * onlineLogit;
  },
};
