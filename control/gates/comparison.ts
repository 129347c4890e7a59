/** A version and the champion on the same examples, and the loss by which they are compared. */
import type { Task } from '../../models/training/trainingSet.ts';
import { logLoss } from '../../stats/logLoss.ts';
import type { Holdout } from './gateInput.ts';

/** By example, all in one order. */
export interface Comparison {
  readonly task: Task;
  readonly labels: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly users: Int32Array;
  readonly slices: Holdout['slices'];
  /** Predictions as they would be served. */
  readonly candidate: Float64Array;
  readonly champion: Float64Array;
  /** What it is compared with: "champion 1.3". */
  readonly against: string;
}

export const lossNames: Readonly<Record<Task, string>> = {
  binary: 'log loss',
  regression: 'squared error',
};

/** As a sentence has it. */
export const lossWords: Readonly<Record<Task, string>> = {
  binary: 'log loss',
  regression: 'squared error, as a share of the variance of the labels,',
};

/**
 * Loss of each prediction: logarithmic, nats; of numbers the square of the error by the variance of the labels, so that one bound does
 * for labels of any unit.
 */
export function lossesOf(
  predictions: Float64Array,
  { task, labels, weights }: Pick<Comparison, 'task' | 'labels' | 'weights'>,
): Float64Array {
  if (task === 'binary') {
    return predictions.map((p, row) => logLoss(labels[row] === 1 ? p : 1 - p));
  }
  const mean = weightedMean(labels, weights);
  const squares = labels.map((label) => (label - mean) * (label - mean));
  const variance = weightedMean(squares, weights) || 1;
  return predictions.map((p, row) => ((p - labels[row]!) * (p - labels[row]!)) / variance);
}

/** NaN of no rows. */
export function weightedMean(
  values: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row += 1) {
    const weight = weights?.[row] ?? 1;
    sum += weight * values[row]!;
    total += weight;
  }
  return sum / total;
}
