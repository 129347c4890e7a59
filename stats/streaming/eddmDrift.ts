/** EDDM as a streaming statistic; see `eddm`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type EddmState, eddm } from '../drift/eddm.ts';
import { driftFigures, driftFold, type Timed } from './driftFigures.ts';
import { error } from './driftParameters.ts';
import { share, whole } from './parameters.ts';
import { time } from './roles.ts';

export const eddmDrift = defineStatistic<Timed<EddmState>>()({
  name: 'eddm',
  summary: 'Slow rises of an error rate, by the distances between errors.',
  source: 'Baena-García et al. 2006',
  merges: 'never',
  roles: { value: error, time },
  parameters: z.object({
    warmup: whole(1, 1_000_000).default(30).describe('errors before it begins to look'),
    warningAt: share().default(0.95).describe('of the largest distance, at least `driftAt`'),
    driftAt: share().default(0.9).describe('of the largest distance'),
  }),
  figures: driftFigures,
  create: (parameters) => driftFold(eddm(parameters)),
});
