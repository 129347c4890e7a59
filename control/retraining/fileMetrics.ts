/** How well a model by itself predicts rows that it has not seen. */
import type { RowScore } from '../../models/training/trainedModel.ts';
import type { TrainingSet } from '../../models/training/trainingSet.ts';
import { prequential } from '../../stats/prequential.ts';

/**
 * Each row counts once, whatever its weight.
 *
 * @returns of probabilities `logLoss`, `brier`, `auc`, `accuracy`, `calibrationError`; of numbers `meanAbsoluteError` and
 * `rootMeanSquareError`; without those that there is nothing to compute from
 */
export function fileMetrics(set: TrainingSet, predict: RowScore): Record<string, number> {
  const figures = set.task === 'binary' ? ofProbabilities(set, predict) : ofNumbers(set, predict);
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}

function ofProbabilities({ values, labels, features }: TrainingSet, predict: RowScore) {
  const state = prequential.initial();
  for (let row = 0; row < labels.length; row += 1) {
    const probability = predict(values, row * features.length);
    prequential.step(state, { probability, label: labels[row]! });
  }
  const { logLoss, brier, auc, accuracy, calibrationError } = prequential.read(state);
  return { logLoss, brier, auc, accuracy, calibrationError };
}

function ofNumbers({ values, labels, features }: TrainingSet, predict: RowScore) {
  let absolute = 0;
  let squares = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const error = predict(values, row * features.length) - labels[row]!;
    absolute += Math.abs(error);
    squares += error * error;
  }
  return {
    meanAbsoluteError: absolute / labels.length,
    rootMeanSquareError: Math.sqrt(squares / labels.length),
  };
}
