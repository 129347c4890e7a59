/** How far predicted numbers are from what came, as a streaming statistic; see `regressionQuality`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import { integerMax } from '../exact/exactSum.ts';
import {
  type RegressionQualityState,
  regressionQuality as regression,
} from '../monitoring/regressionQuality.ts';
import { positive, share } from './parameters.ts';

export const regressionQuality = defineStatistic<RegressionQualityState>()({
  name: 'regression-quality',
  summary: 'How far predicted numbers are from what came: errors, bias, explained variance.',
  source: 'Masson, Rim & Lee 2019 (quantiles)',
  merges: 'exactly',
  roles: {
    prediction: { kind: 'number', summary: 'number that was predicted before' },
    label: { kind: 'number', summary: 'what came', column: 'value' },
  },
  parameters: z.object({
    perUnit: positive()
      .default(1_000)
      .describe('steps in a unit to which numbers are rounded; they may be 2^31 steps from 0'),
    share: share().default(0.95).describe('of the errors that lie below the quantile'),
  }),
  figures: {
    count: { unit: 'rows', summary: 'predictions' },
    meanAbsoluteError: { unit: 'value', summary: 'mean size of the errors' },
    rootMeanSquareError: { unit: 'value', summary: 'root of the mean squared error' },
    bias: { unit: 'value', summary: 'mean of predicted less label' },
    explained: {
      unit: 'share',
      summary: 'R²: of the variance of the labels; below 0 worse than their mean',
    },
    quantile: { unit: 'value', summary: 'of the sizes of the errors, that of `share`' },
    p50: { unit: 'value', summary: 'median size of the errors' },
    p90: { unit: 'value', summary: 'nine in ten errors are smaller' },
    p99: { unit: 'value', summary: '99 in a hundred errors are smaller' },
  },
  create({ perUnit, share }) {
    const fold = regression({ perUnit });
    const largest = integerMax / 2 / perUnit;
    return {
      initial: fold.initial,

      problem({ prediction, label }) {
        const expected = `at most ${largest} in size`;
        if (!(Math.abs(prediction) <= largest)) {
          return unexpected('prediction', expected, prediction);
        }
        return Math.abs(label) <= largest ? undefined : unexpected('label', expected, label);
      },

      step: fold.step,

      read(state) {
        const { quantileOf, ...read } = fold.read(state);
        return {
          ...read,
          quantile: quantileOf(share),
          p50: quantileOf(0.5),
          p90: quantileOf(0.9),
          p99: quantileOf(0.99),
        };
      },

      merge: fold.merge,
    };
  },
});
