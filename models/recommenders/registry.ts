/** The recommenders that pipelines, documentation and checks know by name: one entry makes another available. */
import { factorRecommender } from './factorRecommender.ts';
import { machineRecommender } from './machineRecommender.ts';
import { popularityBaseline } from './popularityBaseline.ts';
import type { Recommender } from './recommender.ts';
import { similarItemsBaseline } from './similarItemsBaseline.ts';

export const recommenders: ReadonlyMap<string, Recommender> = new Map(
  [factorRecommender, machineRecommender, similarItemsBaseline, popularityBaseline].map((each) => [
    each.name,
    each,
  ]),
);
