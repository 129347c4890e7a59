/** Losses of probabilities with their intervals, as a streaming statistic for many slices; see `predictionLosses`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import type { IntervalEstimate } from '../interval.ts';
import {
  predictionLosses as losses,
  type PredictionLossesState,
} from '../monitoring/predictionLosses.ts';
import { normalTwoSided } from '../special/normal.ts';
import { alpha, share } from './parameters.ts';
import { binaryProblem } from './successes.ts';

const end = (unit: string) => ({ unit, summary: 'end of its interval' });

function figuresOf<Name extends string>(name: Name, { estimate, lower, upper }: IntervalEstimate) {
  return { [name]: estimate, [`${name}Lower`]: lower, [`${name}Upper`]: upper } as Record<
    Name | `${Name}Lower` | `${Name}Upper`,
    number
  >;
}

export const predictionLosses = defineStatistic<PredictionLossesState>()({
  name: 'prediction-losses',
  summary: 'Losses, bias and decisions of probabilities with intervals, small enough for slices.',
  source: 'Wilson 1927; Brier 1950',
  merges: 'exactly',
  roles: {
    prediction: { kind: 'number', summary: 'probability of a one, made before; in [0, 1]' },
    label: { kind: 'number', summary: 'what happened, 0 or 1', column: 'value' },
  },
  parameters: z.object({
    threshold: share().default(0.5).describe('from which on a prediction is that of a one'),
    alpha,
  }),
  figures: {
    count: { unit: 'rows', summary: 'predictions' },
    baseRate: { unit: 'share', summary: 'of ones' },
    bias: { unit: 'probability', summary: 'mean prediction less share of ones' },
    biasLower: end('probability'),
    biasUpper: end('probability'),
    accuracy: { unit: 'share', summary: 'of predictions that are right' },
    accuracyLower: end('share'),
    accuracyUpper: end('share'),
    precision: { unit: 'share', summary: 'of ones among the predicted ones' },
    precisionLower: end('share'),
    precisionUpper: end('share'),
    recall: { unit: 'share', summary: 'of the ones that are predicted' },
    recallLower: end('share'),
    recallUpper: end('share'),
    logLoss: { unit: 'nats', summary: 'mean' },
    logLossLower: end('nats'),
    logLossUpper: end('nats'),
    brier: { unit: '', summary: 'mean squared error' },
    brierLower: end(''),
    brierUpper: end(''),
  },
  create({ threshold, alpha }) {
    const quantile = normalTwoSided(alpha);
    const scratch = { probability: 0, label: 0, threshold };
    return {
      initial: losses.initial,

      problem: ({ prediction, label }) =>
        prediction >= 0 && prediction <= 1
          ? binaryProblem('label', label)
          : unexpected('prediction', 'in [0, 1]', prediction),

      step(state, { prediction, label }) {
        scratch.probability = prediction;
        scratch.label = label;
        losses.step(state, scratch);
      },

      read(state) {
        const { count, baseRate, bias, accuracy, precision, recall, logLoss, brier } =
          losses.read(state)(quantile);
        return {
          count,
          baseRate,
          ...figuresOf('bias', bias),
          ...figuresOf('accuracy', accuracy),
          ...figuresOf('precision', precision),
          ...figuresOf('recall', recall),
          ...figuresOf('logLoss', logLoss),
          ...figuresOf('brier', brier),
        };
      },

      merge: losses.merge,
    };
  },
});
