/**
 * What a file predicts and what the online learner predicts as one probability: a logistic regression of their two logits, learnt by
 * the gradient from each label after it was predicted.
 */
import { sigmoid } from '../features.ts';

export interface Combiner {
  /** Numbers of its state. */
  readonly width: number;
  /** Writes the state before the first row to `state`, from `at` on. */
  start(state: Float64Array, at: number): void;
  /** Probability in (0, 1) that the label is 1. */
  predict(state: Float64Array, at: number, baseLogit: number, onlineLogit: number): number;
  /**
   * @param predicted what {@link Combiner.predict} said of the row
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

const rate = 0.002;

export const combiner: Combiner = {
  width: 3,

  start(state, at) {
    state[at] = 0;
    state[at + 1] = 0.5;
    state[at + 2] = 0.5;
  },

  predict: (state, at, baseLogit, onlineLogit) =>
    sigmoid(state[at]! + state[at + 1]! * baseLogit + state[at + 2]! * onlineLogit),

  learn(state, at, baseLogit, onlineLogit, predicted, label) {
    const step = rate * (label - predicted);
    state[at]! += step;
    state[at + 1]! += step * baseLogit;
    state[at + 2]! += step * onlineLogit;
  },
};
