/** The Jensen–Shannon divergence as a streaming statistic; see `jensenShannon`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { jensenShannon } from '../drift/jensenShannon.ts';
import {
  type BinnedState,
  distanceFigures,
  distanceFold,
  distanceParameters,
  distanceRoles,
} from './binnedDistance.ts';

export const jensenShannonDivergence = defineStatistic<BinnedState>()({
  name: 'jensen-shannon',
  summary: 'How far values are distributed from a reference, at most ln 2, beside chance.',
  source: 'Lin 1991',
  merges: 'exactly',
  roles: distanceRoles,
  parameters: z.object(distanceParameters),
  figures: {
    distance: { unit: 'nats', summary: 'Jensen–Shannon divergence' },
    ...distanceFigures,
  },
  create: (parameters) => distanceFold(parameters, jensenShannon),
});
