/** ADWIN as a streaming statistic; see `adwin` and `prewhitened`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type AdwinState, adwin } from '../drift/adwin.ts';
import { calibratedAdwin, type PrewhitenedState, prewhitened } from '../drift/prewhitened.ts';
import { driftFigures, driftFold, type Timed } from './driftFigures.ts';
import { whitening } from './driftParameters.ts';
import { positive, share, whole } from './parameters.ts';
import { time, value } from './roles.ts';

export const adwinDrift = defineStatistic<Timed<AdwinState | PrewhitenedState<AdwinState>>>()({
  name: 'adwin',
  summary: 'Changes of a mean, by a window that loses its old part when its parts disagree.',
  source: 'Bifet & Gavaldà 2007; whitening: Kendall 1954; Andrews & Monahan 1992',
  merges: 'never',
  roles: { value, time },
  parameters: z.object({
    ...whitening,
    delta: share()
      .default(calibratedAdwin.delta)
      .describe('error level of one look; .002 in the paper'),
    horizon: positive()
      .default(calibratedAdwin.horizon)
      .describe('longest window with that level: one of width W has delta √(horizon / W)'),
    clock: whole(1, 1_000_000).default(32).describe('values between two looks'),
    range: positive()
      .default(1)
      .describe('largest less least value; with `prewhiten`: in the unit of the noise'),
  }),
  figures: driftFigures,
  create({ prewhiten, learning, ...parameters }) {
    const plain = adwin(parameters);
    return prewhiten ? driftFold(prewhitened(plain, { learning })) : driftFold(plain);
  },
});
