/** SPOT as a streaming statistic: limits that a stationary stream hardly ever passes; see `spot`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type SpotState, spot } from '../extremes/spot.ts';
import { type LimitState, limitFigures, limitFold, limitParameters } from './limitFigures.ts';
import { value } from './roles.ts';

export const extremeLimits = defineStatistic<LimitState<SpotState>>()({
  name: 'spot',
  summary: 'Limits that a stationary stream passes with a given small probability.',
  source: 'Siffer, Fouque, Termier & Largouët 2017, algorithm 2',
  merges: 'never',
  roles: { value },
  parameters: z.object(limitParameters),
  figures: limitFigures,
  create: (parameters) => limitFold(spot(parameters)),
});
