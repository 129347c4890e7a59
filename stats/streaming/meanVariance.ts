/** Running mean and variance as a streaming statistic; see `welford`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type WelfordState, welford } from '../welford.ts';
import { value } from './roles.ts';

export const meanVariance = defineStatistic<WelfordState>()({
  name: 'mean-variance',
  summary: 'Mean, variance and standard deviation of a number.',
  source: 'Welford 1962; Chan, Golub & LeVeque 1983',
  merges: 'rounding',
  roles: { value },
  parameters: z.object({}),
  figures: {
    count: { unit: 'rows', summary: 'values seen' },
    mean: { unit: 'value', summary: 'arithmetic mean' },
    variance: { unit: 'value²', summary: 'sample variance (n − 1)' },
    deviation: { unit: 'value', summary: 'sample standard deviation' },
  },
  create: () => ({
    initial: welford.initial,
    step: (state, row) => welford.step(state, row.value),
    read(state) {
      const moments = welford.read(state);
      return { ...moments, deviation: Math.sqrt(moments.variance) };
    },
    merge: welford.merge,
  }),
});
