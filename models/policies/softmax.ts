/** Probabilities that grow exponentially with the expected reward. Source: Luce 1959; λ of Vowpal Wabbit. */
import { z } from 'zod';
import { allLearners, defineAlgorithm } from './algorithm.ts';
import { type Best, findBest } from './best.ts';

export const softmax = defineAlgorithm({
  name: 'softmax',
  summary: 'Probabilities proportional to the exponential of the expected reward.',
  source: 'Luce 1959',
  learners: allLearners,
  parameters: z.strictObject({
    lambda: z
      .number()
      .min(0)
      .max(1e6)
      .default(50)
      .describe('greed: a reward larger by range / lambda makes an action e times as likely'),
  }),
  build({ lambda }, range) {
    const greed = lambda / range;
    const best: Best = { value: 0, count: 0 };
    return {
      draws: 0,
      probabilities({ scores: { eligible, rewards } }, into) {
        findBest(eligible, rewards, best);
        let sum = 0;
        for (let i = 0; i < eligible.length; i += 1) {
          into[i] = eligible[i] === 0 ? 0 : Math.exp(greed * (rewards[i]! - best.value));
          sum += into[i]!;
        }
        for (let i = 0; i < eligible.length; i += 1) into[i]! /= sum;
      },
    };
  },
});
