/** DDM as a streaming statistic; see `ddm`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type DdmState, ddm } from '../drift/ddm.ts';
import { driftFigures, driftFold, type Timed } from './driftFigures.ts';
import { error } from './driftParameters.ts';
import { positive, whole } from './parameters.ts';
import { time } from './roles.ts';

export const ddmDrift = defineStatistic<Timed<DdmState>>()({
  name: 'ddm',
  summary: 'Rises of an error rate above the least that it was.',
  source: 'Gama, Medas, Castillo & Rodrigues 2004',
  merges: 'never',
  roles: { value: error, time },
  parameters: z.object({
    warmup: whole(1, 1_000_000).default(30).describe('values before it begins to look'),
    warningAt: positive()
      .default(2)
      .describe('standard deviations above the least, at most `driftAt`'),
    driftAt: positive().default(3).describe('standard deviations above the least'),
  }),
  figures: driftFigures,
  create: (parameters) => driftFold(ddm(parameters)),
});
