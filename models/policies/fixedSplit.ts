/** Fixed shares, whatever the context: an A/B test among actions, or the policy that was in force before. */
import { z } from 'zod';
import { countEligible } from '../rewards/scores.ts';
import { defineAlgorithm } from './algorithm.ts';
import { applyEvenly, applySplit, Split, weightsOf } from './split.ts';

export const fixedSplit = defineAlgorithm({
  name: 'fixed-split',
  summary: 'Fixed shares of the decisions for each action.',
  source: '–',
  learners: [],
  parameters: z.strictObject({
    weights: Split.describe(
      'weight of each action, relative to the others; those not named have none. ' +
        'Where only such are eligible, all are equally likely',
    ),
  }),
  build({ weights }) {
    const split = weightsOf(weights);
    return {
      draws: 0,
      probabilities(input, into) {
        const count = countEligible(input.scores);
        if (!applySplit(split, input, into)) applyEvenly(input, count, into);
      },
    };
  },
});
