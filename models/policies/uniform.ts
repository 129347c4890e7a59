/** Every action as likely: for the first data, and for controls. */
import { z } from 'zod';
import { countEligible } from '../rewards/scores.ts';
import { defineAlgorithm } from './algorithm.ts';

export const uniform = defineAlgorithm({
  name: 'uniform',
  summary: 'Every action is as likely as every other.',
  source: '–',
  learners: [],
  parameters: z.strictObject({}),
  build: () => ({
    draws: 0,
    probabilities({ scores }, into) {
      const share = 1 / countEligible(scores);
      for (let i = 0; i < scores.actions; i += 1) into[i] = scores.eligible[i]! > 0 ? share : 0;
    },
  }),
});
