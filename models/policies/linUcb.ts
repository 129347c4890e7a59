/**
 * LinUCB: the action with the largest upper confidence bound, mean + alpha × deviation; chosen for certain unless several have the
 * same bound.
 *
 * As there is no randomness, its decisions cannot be evaluated offline for another policy: give it a floor
 * (`raiseToFloor`) where that is wanted.
 *
 * Source: Li et al. 2010. A bound that holds with probability 1 − δ: alpha = 1 + √(ln(2/δ) / 2).
 */
import { z } from 'zod';
import { allLearners, defineAlgorithm } from './algorithm.ts';
import { type Best, shareAmongBest } from './best.ts';

export const linUcb = defineAlgorithm({
  name: 'linucb',
  summary: 'The action with the largest upper confidence bound.',
  source: 'Li et al. 2010',
  learners: allLearners,
  parameters: z.strictObject({
    alpha: z
      .number()
      .min(0)
      .max(1e6)
      .default(1)
      .describe('standard deviations that are added to the expected score'),
  }),
  build({ alpha }) {
    const best: Best = { value: 0, count: 0 };
    let bounds = new Float64Array(0);
    return {
      draws: 0,
      probabilities({ scores: { actions, eligible, means, deviations } }, into) {
        if (bounds.length < actions) bounds = new Float64Array(actions);
        for (let i = 0; i < actions; i += 1) bounds[i] = means[i]! + alpha * deviations[i]!;
        shareAmongBest(eligible, bounds, 0, best, into);
      },
    };
  },
});
