/** The best action, but with probability ε any. Source: Sutton & Barto 2018, §2.2; ε of Vowpal Wabbit. */
import { z } from 'zod';
import { allLearners, defineAlgorithm } from './algorithm.ts';
import { type Best, shareAmongBest } from './best.ts';

export const epsilonGreedy = defineAlgorithm({
  name: 'epsilon-greedy',
  summary: 'The action with the largest expected reward, or with probability epsilon any.',
  source: 'Sutton & Barto 2018',
  learners: allLearners,
  parameters: z.strictObject({
    epsilon: z
      .number()
      .min(0)
      .max(1)
      .default(0.05)
      .describe('share of the decisions that are uniform over the eligible actions'),
  }),
  build({ epsilon }) {
    const best: Best = { value: 0, count: 0 };
    return {
      draws: 0,
      probabilities({ scores }, into) {
        shareAmongBest(scores.eligible, scores.rewards, epsilon, best, into);
      },
    };
  },
});
