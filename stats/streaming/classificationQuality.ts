/** How well a classifier decides at a threshold, as a streaming statistic; see `classificationQuality`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import {
  type ClassificationQualityState,
  type Classified,
  classificationQuality as classification,
} from '../monitoring/classificationQuality.ts';
import { normalTwoSided } from '../special/normal.ts';
import { alpha, share } from './parameters.ts';
import { binaryProblem } from './successes.ts';

const end = { unit: 'share', summary: 'end of its interval; 0 or 1 of none' } as const;

export const classificationQuality = defineStatistic<ClassificationQualityState>()({
  name: 'classification-quality',
  summary: 'How well predictions decide at a threshold: precision, recall, kappa and others.',
  source: 'Wilson 1927; Cohen 1960; Matthews 1975; Žliobaitė et al. 2015',
  merges: 'exactly',
  roles: {
    prediction: { kind: 'number', summary: 'probability of a one, made before; in [0, 1]' },
    label: { kind: 'number', summary: 'what happened, 0 or 1', column: 'value' },
    previous: {
      kind: 'number',
      summary: 'label before, as it was known at the prediction, 0 or 1; −1 where there is none',
      fallback: -1,
    },
  },
  parameters: z.object({
    threshold: share()
      .default(0.5)
      .describe(
        'from which on a prediction is that of a one, rounded down by at most 1/32 of a logit',
      ),
    alpha,
  }),
  figures: {
    count: { unit: 'rows', summary: 'predictions' },
    accuracy: { unit: 'share', summary: 'of predictions that are right' },
    accuracyLower: end,
    accuracyUpper: end,
    precision: { unit: 'share', summary: 'of ones among the predicted ones' },
    precisionLower: end,
    precisionUpper: end,
    recall: { unit: 'share', summary: 'of the ones that are predicted' },
    recallLower: end,
    recallUpper: end,
    specificity: { unit: 'share', summary: 'of the zeros that are predicted' },
    specificityLower: end,
    specificityUpper: end,
    f1: { unit: 'share', summary: 'harmonic mean of precision and recall' },
    balancedAccuracy: { unit: 'share', summary: 'mean of recall and specificity' },
    matthews: { unit: '', summary: 'correlation of predictions and labels' },
    kappa: {
      unit: '',
      summary: 'accuracy beyond that of chance: 0 is as good as chance, 1 perfect',
    },
    temporalKappa: {
      unit: '',
      summary: 'accuracy beyond that of repeating the label before; needs `previous`',
    },
  },
  create({ threshold, alpha }) {
    const options = { threshold, quantile: normalTwoSided(alpha) };
    const scratch: Classified = { probability: 0, label: 0, previous: -1 };
    return {
      initial: classification.initial,

      problem({ prediction, label, previous }) {
        if (!(prediction >= 0 && prediction <= 1)) {
          return unexpected('prediction', 'in [0, 1]', prediction);
        }
        if (previous !== -1 && binaryProblem('previous', previous) !== undefined) {
          return unexpected('previous', '0, 1 or -1', previous);
        }
        return binaryProblem('label', label);
      },

      step(state, { prediction, label, previous }) {
        scratch.probability = prediction;
        scratch.label = label;
        scratch.previous = previous;
        classification.step(state, scratch);
      },

      read(state) {
        const read = classification.read(state)(options);
        const { count, f1, balancedAccuracy, matthews, kappa, temporalKappa } = read;
        const { accuracy, precision, recall, specificity } = read;
        return {
          count,
          accuracy: accuracy.estimate,
          accuracyLower: accuracy.lower,
          accuracyUpper: accuracy.upper,
          precision: precision.estimate,
          precisionLower: precision.lower,
          precisionUpper: precision.upper,
          recall: recall.estimate,
          recallLower: recall.lower,
          recallUpper: recall.upper,
          specificity: specificity.estimate,
          specificityLower: specificity.lower,
          specificityUpper: specificity.upper,
          f1,
          balancedAccuracy,
          matthews,
          kappa,
          temporalKappa,
        };
      },

      merge: classification.merge,
    };
  },
});
