/** Thompson sampling over a linear reward. Source: Agrawal & Goyal 2013. */
import { z } from 'zod';
import { defineAlgorithm, linearLearners } from './algorithm.ts';
import { thompson } from './thompson.ts';
import { drawsParameter } from './thompsonParameters.ts';

export const linearThompson = defineAlgorithm({
  name: 'linear-thompson',
  summary: 'Each action as often as it is believed to have the largest linear reward.',
  source: 'Agrawal & Goyal 2013',
  learners: linearLearners,
  parameters: z.strictObject({
    spread: z
      .number()
      .min(0)
      .max(1e6)
      .default(0.5)
      .describe('v: by what standard deviations are multiplied; smaller is greedier'),
    draws: drawsParameter,
  }),
  build: ({ spread, draws }) => thompson(spread, draws),
});
