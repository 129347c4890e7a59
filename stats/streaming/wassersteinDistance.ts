/** The Wasserstein distance from a reference as a streaming statistic; see `wasserstein`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import { countedValues, wasserstein } from '../drift/wasserstein.ts';
import { type QuantileSketchState, quantileSketch } from '../quantileSketch.ts';
import { finite } from './parameters.ts';
import { value } from './roles.ts';

const ascends = (values: readonly number[]) =>
  values.every((each, i) => i === 0 || each > values[i - 1]!);
const counts = 'counts above 0';

export const wassersteinDistance = defineStatistic<QuantileSketchState>()({
  name: 'wasserstein',
  summary: 'How far values have moved from a reference on average, beside chance.',
  source: 'Vallender 1974; del Barrio, Giné & Matrán 1999; Masson, Rim & Lee 2019',
  merges: 'exactly',
  roles: { value },
  parameters: z.object({
    values: z
      .array(finite(), 'ascending numbers')
      .min(1, 'ascending numbers')
      .max(2_048, 'at most 2048 numbers')
      .refine(ascends, 'ascending numbers')
      .describe('values of the reference, such as those of its quantile sketch'),
    counts: z.array(z.number(counts).gt(0, counts), counts).describe('how often each of them came'),
  }),
  figures: {
    distance: { unit: 'value', summary: 'Wasserstein distance, within 1 % of the values' },
    noise: { unit: 'value', summary: 'mean distance when nothing has changed' },
    count: { unit: 'rows', summary: 'values seen' },
  },
  create({ values, counts }) {
    if (counts.length !== values.length) {
      throw new RangeError(unexpected('counts', `${values.length} numbers`, counts.length));
    }
    return {
      initial: quantileSketch.initial,
      step: (state, row) => quantileSketch.step(state, row.value),
      read: (state) => ({
        ...wasserstein({ values, counts }, countedValues(state)),
        count: state.counts.reduce((sum, each) => sum + each, 0),
      }),
      merge: quantileSketch.merge,
    };
  },
});
