/** HDDM-W as a streaming statistic; see `hddmW`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type HddmWState, hddmW } from '../drift/hddmW.ts';
import { driftFigures, driftFold, type Timed } from './driftFigures.ts';
import { loss, side } from './driftParameters.ts';
import { share } from './parameters.ts';
import { time } from './roles.ts';

export const hddmWDrift = defineStatistic<Timed<HddmWState>>()({
  name: 'hddm-w',
  summary: 'Changes of a mean loss, by weighted averages and McDiarmid’s bound.',
  source: 'Frías-Blanco et al. 2015, W-test',
  merges: 'never',
  roles: { value: loss, time },
  parameters: z.object({
    alpha: share().default(0.001).describe('error level of a drift'),
    warningAlpha: share().default(0.005).describe('error level of a warning, at least `alpha`'),
    side: side('rise'),
    weight: share().default(0.05).describe('of the newest value in its mean'),
  }),
  figures: driftFigures,
  create: (parameters) => driftFold(hddmW(parameters)),
});
