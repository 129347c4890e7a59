/** The population stability index as a streaming statistic; see `populationStability`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { populationStability } from '../drift/populationStability.ts';
import {
  type BinnedState,
  distanceFigures,
  distanceFold,
  distanceParameters,
  distanceRoles,
} from './binnedDistance.ts';

export const populationStabilityIndex = defineStatistic<BinnedState>()({
  name: 'population-stability',
  summary: 'How far values are distributed from a reference, beside what chance makes of it.',
  source: 'Yurdakul 2018',
  merges: 'exactly',
  roles: distanceRoles,
  parameters: z.object(distanceParameters),
  figures: {
    distance: { unit: 'nats', summary: 'population stability index' },
    ...distanceFigures,
  },
  create: (parameters) => distanceFold(parameters, populationStability),
});
