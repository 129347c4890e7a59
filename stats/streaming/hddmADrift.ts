/** HDDM-A as a streaming statistic; see `hddmA`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type HddmAState, hddmA } from '../drift/hddmA.ts';
import { driftFigures, driftFold, type Timed } from './driftFigures.ts';
import { loss, side } from './driftParameters.ts';
import { share } from './parameters.ts';
import { time } from './roles.ts';

export const hddmADrift = defineStatistic<Timed<HddmAState>>()({
  name: 'hddm-a',
  summary: 'Changes of a mean loss, by averages and Hoeffding’s bound.',
  source: 'Frías-Blanco et al. 2015, A-test',
  merges: 'never',
  roles: { value: loss, time },
  parameters: z.object({
    alpha: share().default(0.001).describe('error level of a drift'),
    warningAlpha: share().default(0.005).describe('error level of a warning, at least `alpha`'),
    side: side('rise'),
  }),
  figures: driftFigures,
  create: (parameters) => driftFold(hddmA(parameters)),
});
