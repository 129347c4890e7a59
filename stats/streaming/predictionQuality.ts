/** Quality of predictions that were made before their answers, as a streaming statistic: AUC, losses, calibration; see `prequential`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import { type PrequentialState, prequential } from '../prequential.ts';
import { binaryProblem } from './successes.ts';

export const predictionQuality = defineStatistic<PrequentialState>()({
  name: 'prediction-quality',
  summary: 'How well probabilities predict zeros and ones: AUC, losses, calibration.',
  source: 'Dawid 1984; Hanley & McNeil 1982; Naeini, Cooper & Hauskrecht 2015',
  merges: 'exactly',
  roles: {
    prediction: { kind: 'number', summary: 'probability of a one, made before; in [0, 1]' },
    label: { kind: 'number', summary: 'what happened, 0 or 1', column: 'value' },
  },
  parameters: z.object({}),
  figures: {
    count: { unit: 'rows', summary: 'predictions' },
    baseRate: { unit: 'share', summary: 'of ones' },
    auc: { unit: 'share', summary: 'area under the ROC curve, within 5e-4' },
    logLoss: { unit: 'nats', summary: 'mean' },
    brier: { unit: '', summary: 'mean squared error' },
    accuracy: { unit: 'share', summary: 'on the right side of ½' },
    calibrationError: { unit: 'probability', summary: 'expected calibration error' },
  },
  create: () => ({
    initial: prequential.initial,
    problem: ({ prediction, label }) =>
      prediction >= 0 && prediction <= 1
        ? binaryProblem('label', label)
        : unexpected('prediction', 'in [0, 1]', prediction),
    step: (state, { prediction, label }) =>
      prequential.step(state, { probability: prediction, label }),
    read: prequential.read,
    merge: prequential.merge,
  }),
});
