/**
 * SquareCB, inverse-gap weighting: an action is less likely the further its expected reward lies behind the best.
 *
 * p = 1 / (K + γ gap) for each action but the best, which has what remains; several best ones share it. γ grows with the
 * observations, γ = scale × observations^exponent, so exploration narrows as the regression improves; where they fade, it stays
 * as wide as those that are left allow, so that what has changed is found. The theory has
 * rewards in [0, 1]; gaps of others are divided by their range.
 *
 * Source: Foster & Rakhlin 2020, "Beyond UCB: optimal and efficient contextual bandits with regression oracles",
 * algorithm 1 with μ = K; the course of γ: Vowpal Wabbit, cb_explore_adf_squarecb.
 */
import { z } from 'zod';
import { allLearners, defineAlgorithm } from './algorithm.ts';
import { type Best, findBest } from './best.ts';

export const squareCb = defineAlgorithm({
  name: 'squarecb',
  summary: 'Inverse-gap weighting: the further behind the best, the less likely.',
  source: 'Foster & Rakhlin 2020',
  learners: allLearners,
  parameters: z.strictObject({
    gammaScale: z
      .number()
      .min(0)
      .max(1e9)
      .default(10)
      .describe('greed after the first observation, per range of the rewards'),
    gammaExponent: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('power of the number of observations, faded, with which greed grows'),
  }),
  build({ gammaScale, gammaExponent }, range) {
    const best: Best = { value: 0, count: 0 };
    return {
      draws: 0,
      probabilities({ scores: { eligible, rewards, faded } }, into) {
        const count = findBest(eligible, rewards, best);
        const gamma = (gammaScale / range) * faded ** gammaExponent;
        let rest = 1;
        for (let i = 0; i < eligible.length; i += 1) {
          const gap = best.value - rewards[i]!;
          into[i] = eligible[i] === 0 || gap === 0 ? 0 : 1 / (count + gamma * gap);
          rest -= into[i]!;
        }
        for (let i = 0; i < eligible.length; i += 1) {
          if (eligible[i]! > 0 && rewards[i] === best.value) into[i] = rest / best.count;
        }
      },
    };
  },
});
