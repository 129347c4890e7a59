/** The Page–Hinkley test as a streaming statistic; see `pageHinkley` and `prewhitened`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type PageHinkleyState, pageHinkley } from '../drift/pageHinkley.ts';
import { type PrewhitenedState, prewhitened } from '../drift/prewhitened.ts';
import { driftFigures, driftFold, type Timed } from './driftFigures.ts';
import { side, whitening } from './driftParameters.ts';
import { positive, whole } from './parameters.ts';
import { time, value } from './roles.ts';

export const pageHinkleyDrift = defineStatistic<
  Timed<PageHinkleyState | PrewhitenedState<PageHinkleyState>>
>()({
  name: 'page-hinkley',
  summary: 'Changes of a mean, by the sum of what exceeds it.',
  source: 'Page 1954; Hinkley 1971; whitening: Kendall 1954; Andrews & Monahan 1992',
  merges: 'never',
  roles: { value, time },
  parameters: z.object({
    ...whitening,
    side: side('either'),
    tolerance: positive()
      .default(0.1)
      .describe('deviation that is no drift; with `prewhiten` in the unit of the noise'),
    threshold: positive().default(50).describe('sum of excesses that is one; likewise'),
    warmup: whole(1, 1_000_000).default(30).describe('values before the first alarm'),
    fading: z
      .number('in (0, 1]')
      .gt(0, 'in (0, 1]')
      .max(1, 'in (0, 1]')
      .default(0.9999)
      .describe('what stays of the sum at each value, at most 1'),
  }),
  figures: driftFigures,
  create({ prewhiten, learning, ...parameters }) {
    const plain = pageHinkley(parameters);
    return prewhiten ? driftFold(prewhitened(plain, { learning })) : driftFold(plain);
  },
});
