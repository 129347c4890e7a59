/** KSWIN as a streaming statistic; see `kswin` and `prewhitened`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type KswinState, kswin } from '../drift/kswin.ts';
import { type PrewhitenedState, prewhitened } from '../drift/prewhitened.ts';
import { driftFigures, driftFold, type Timed } from './driftFigures.ts';
import { whitening } from './driftParameters.ts';
import { share, whole } from './parameters.ts';
import { time, value } from './roles.ts';

export const kswinDrift = defineStatistic<Timed<KswinState | PrewhitenedState<KswinState>>>()({
  name: 'kswin',
  summary: 'Changes of a distribution, by Kolmogorov–Smirnov tests within a sliding window.',
  source: 'Raab, Heusinger & Schleif 2020; whitening: Kendall 1954; Andrews & Monahan 1992',
  merges: 'never',
  roles: { value, time },
  parameters: z.object({
    ...whitening,
    alpha: share()
      .default(0.005)
      .describe('error level of the test at each value; its false alarms are many'),
    window: whole(4, 100_000).default(100).describe('values in the window'),
    recent: whole(2, 50_000).default(30).describe('newest of them that are compared'),
    seed: whole(0, 2 ** 31)
      .default(1)
      .describe('of the draws from the older ones'),
  }),
  figures: driftFigures,
  create({ prewhiten, learning, ...parameters }) {
    const plain = kswin(parameters);
    return prewhiten ? driftFold(prewhitened(plain, { learning })) : driftFold(plain);
  },
});
