/** DSPOT as a streaming statistic: limits around a level that moves slowly; see `dspot`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type DspotState, dspot } from '../extremes/dspot.ts';
import { type LimitState, limitFigures, limitFold, limitParameters } from './limitFigures.ts';
import { whole } from './parameters.ts';
import { value } from './roles.ts';

export const driftingLimits = defineStatistic<LimitState<DspotState>>()({
  name: 'dspot',
  summary: 'Limits around a moving level that are passed with a given small probability.',
  source: 'Siffer, Fouque, Termier & Largouët 2017, algorithm 3',
  merges: 'never',
  roles: { value },
  parameters: z.object({
    ...limitParameters,
    drift: whole(1, 100_000).default(50).describe('ordinary values whose mean is the level'),
  }),
  figures: limitFigures,
  create: (parameters) => limitFold(dspot(parameters)),
});
