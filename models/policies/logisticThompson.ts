/**
 * Thompson sampling over the probability of a reward of 0 or 1. Scores are logits: the best logit is the best action.
 *
 * Source: Chapelle & Li 2011.
 */
import { z } from 'zod';
import { defineAlgorithm, logisticLearners } from './algorithm.ts';
import { thompson } from './thompson.ts';
import { drawsParameter } from './thompsonParameters.ts';

export const logisticThompson = defineAlgorithm({
  name: 'logistic-thompson',
  summary: 'Each action as often as it is believed to have the largest probability of a reward.',
  source: 'Chapelle & Li 2011',
  learners: logisticLearners,
  parameters: z.strictObject({
    spread: z
      .number()
      .min(0)
      .max(1e6)
      .default(0.5)
      .describe('by what standard deviations are multiplied; smaller is greedier'),
    draws: drawsParameter,
  }),
  build: ({ spread, draws }) => thompson(spread, draws),
});
