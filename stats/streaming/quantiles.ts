/** Quantiles within 1 % as a streaming statistic; see `quantileSketch`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type QuantileSketchState, quantileSketch } from '../quantileSketch.ts';
import { share } from './parameters.ts';
import { value } from './roles.ts';

export const quantiles = defineStatistic<QuantileSketchState>()({
  name: 'quantiles',
  summary: 'Quantiles of a number, each within 1 % of its value.',
  source: 'Masson, Rim & Lee 2019',
  merges: 'exactly',
  roles: { value },
  parameters: z.object({
    share: share().default(0.95).describe('of the values that lie below the quantile'),
  }),
  figures: {
    count: { unit: 'rows', summary: 'values seen' },
    quantile: { unit: 'value', summary: 'that of `share`' },
    p50: { unit: 'value', summary: 'median' },
    p90: { unit: 'value', summary: 'nine in ten lie below' },
    p99: { unit: 'value', summary: '99 in a hundred lie below' },
  },
  create: (parameters) => ({
    initial: quantileSketch.initial,
    step: (state, row) => quantileSketch.step(state, row.value),
    read(state) {
      const at = quantileSketch.read(state);
      const count = state.counts.reduce((sum, each) => sum + each, 0);
      return {
        count,
        quantile: at(parameters.share),
        p50: at(0.5),
        p90: at(0.9),
        p99: at(0.99),
      };
    },
    merge: quantileSketch.merge,
  }),
});
