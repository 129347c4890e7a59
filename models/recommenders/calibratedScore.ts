/**
 * A probability from a score that only orders: a logistic regression on ln(1 + score), learnt beside it.
 *
 * Baselines count; how likely an outcome is at some count differs from stream to stream.
 *
 * Source: Platt 1999 (a logistic regression on the score); McMahan et al. 2013 (its steps).
 */
import type { StateTables } from '../../contracts/stateTable.ts';
import { createFeatures, sigmoid } from '../features.ts';
import { ftrl, ftrlWidth } from '../ftrl.ts';

export interface CalibratedScore {
  /** @param score ≥ 0 @returns in [0, 1] */
  predict(score: number): number;
  /** Learns from the score that was predicted last. @param label 0 or 1 */
  learn(label: number): void;
}

/** Of the intercept and of the score. */
const weights = 2;

/** @param name of the table */
export function calibratedScore(tables: StateTables, name: string, rate: number): CalibratedScore {
  const table = tables.vector(name, weights * ftrlWidth);
  const model = ftrl.create({ alpha: rate, beta: 1, sparsity: 0, shrinkage: 0 });
  const features = createFeatures(weights);
  features.indices.set([0, 1]);
  let probability = 0.5;
  return {
    predict(score) {
      features.values[1] = Math.log1p(score);
      probability = sigmoid(model.score(table, features));
      return probability;
    },
    learn(label) {
      model.learn(table, features, probability - label);
    },
  };
}

/** The parameter of `rate`, for who is calibrated. */
export const calibrationRate = {
  default: 0.1,
  range: [1e-6, 10],
  unit: '',
  summary: 'learning rate of what brings counts to probabilities',
} as const;
