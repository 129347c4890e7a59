/** A proportion and its score interval as a streaming statistic; see `wilson`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { normalTwoSided } from '../special/normal.ts';
import { wilson } from '../wilson.ts';
import { alpha } from './parameters.ts';
import { value } from './roles.ts';
import { binaryProblem, type SuccessesState, successes } from './successes.ts';

export const proportion = defineStatistic<SuccessesState>()({
  name: 'proportion',
  summary: 'Share of ones among zeros and ones, with the interval of one look.',
  source: 'Wilson 1927',
  merges: 'exactly',
  roles: { value },
  parameters: z.object({ alpha }),
  figures: {
    count: { unit: 'rows', summary: 'values seen' },
    proportion: { unit: 'share', summary: 'of ones' },
    lower: { unit: 'share', summary: 'end of the interval; 0 without values' },
    upper: { unit: 'share', summary: 'end of the interval; 1 without values' },
  },
  create: (parameters) => ({
    initial: successes.initial,
    problem: (row) => binaryProblem('value', row.value),
    step: (state, row) => successes.step(state, row.value),
    read: (state) => ({
      count: state.count,
      proportion: state.successes / state.count, // 0 / 0 is NaN
      ...wilson(state.successes, state.count, normalTwoSided(parameters.alpha)),
    }),
    merge: successes.merge,
  }),
});
