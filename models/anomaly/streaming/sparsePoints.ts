/** Half-space trees as a streaming statistic, bounds learnt; see `halfSpaceTrees`. Small trees: a state is written at each cut. */
import { z } from 'zod';
import { defineStatistic } from '../../../contracts/statistic.ts';
import { share, whole } from '../../../stats/streaming/parameters.ts';
import { parametersOf } from '../../spec.ts';
import {
  type HalfSpaceTreesParameters,
  type HalfSpaceTreesState,
  halfSpaceTrees,
} from '../halfSpaceTrees.ts';
import { pointRoles, type ScoreState, scoreFigures, scoreFold } from './scoreFigures.ts';

export const sparsePoints = defineStatistic<ScoreState<HalfSpaceTreesState>>()({
  name: 'half-space-trees',
  summary: 'Scores a point of up to four values by how few of the last window were near it.',
  source: 'Tan, Ting & Liu 2011',
  merges: 'never',
  roles: pointRoles,
  parameters: z.object({
    trees: whole(1, 100).default(10).describe('trees'),
    depth: whole(1, 12)
      .default(8)
      .describe('cuts on each path; a state has 8 × trees × 2^(depth + 1) bytes'),
    window: whole(2, 100_000).default(250).describe('points that are compared with'),
    threshold: share().default(0.95).describe('score from which a point is an alarm'),
  }),
  figures: scoreFigures,
  create({ threshold, ...given }) {
    const parameters = { ...given, features: 4 };
    return scoreFold(
      halfSpaceTrees.create(
        parametersOf<HalfSpaceTreesParameters>(halfSpaceTrees.parameters, parameters),
      ),
      threshold,
    );
  },
});
