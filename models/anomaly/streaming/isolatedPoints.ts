/** Random cut forest as a streaming statistic; see `randomCutForest`. Its state is large: few keys, or a smaller sample. */
import { z } from 'zod';
import { defineStatistic } from '../../../contracts/statistic.ts';
import { positive, whole } from '../../../stats/streaming/parameters.ts';
import { parametersOf } from '../../spec.ts';
import {
  type RandomCutForestParameters,
  type RandomCutForestState,
  randomCutForest,
} from '../randomCutForest.ts';
import { pointRoles, type ScoreState, scoreFigures, scoreFold } from './scoreFigures.ts';

export const isolatedPoints = defineStatistic<ScoreState<RandomCutForestState>>()({
  name: 'random-cut-forest',
  summary: 'Scores a point of up to four values, with those before it, by how soon cuts part it.',
  source: 'Guha, Mishra, Roy & Schrijvers 2016',
  merges: 'never',
  roles: pointRoles,
  parameters: z.object({
    shingle: whole(1, 32).default(1).describe('points scored together'),
    trees: whole(1, 200).default(30).describe('trees'),
    sample: whole(8, 2_048)
      .default(128)
      .describe(
        'sample of a tree; a state has about 50 + 96 × shingle bytes for each sampled point',
      ),
    threshold: positive().default(2).describe('score from which a point is an alarm'),
  }),
  figures: scoreFigures,
  create({ threshold, ...given }) {
    const parameters = { ...given, features: 4, decay: 0.1 / given.sample };
    return scoreFold(
      randomCutForest.create(
        parametersOf<RandomCutForestParameters>(randomCutForest.parameters, parameters),
      ),
      threshold,
    );
  },
});
