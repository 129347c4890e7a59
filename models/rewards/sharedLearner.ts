/**
 * One vector of weights over the features of action and context together: an action that is new starts from what others with
 * its features have earned.
 *
 * The scores of different actions are correlated, so a chance of being best has no closed form; joint draws of the weights, made once
 * with the model, stand in for the belief (`linearThompson`).
 */
import { randomState } from '../../stats/random.ts';
import { rowAt } from '../linear/fadingRow.ts';
import { drawDeviation, meanOf, priorPosterior, varianceOf } from '../linear/gaussianPosterior.ts';
import type { Regression } from '../linear/regression.ts';
import { checkVector } from './checkVector.ts';
import { contributionsOf } from './contributions.ts';
import { checkDraws, fillDraws, roomForDraws } from './draws.ts';
import { noSampling, type RewardLearner } from './rewardLearner.ts';

/** @param ridge that of the regression */
export function sharedLearner(regression: Regression, ridge: number): RewardLearner {
  const { dimension } = regression;
  return {
    rows: 'policy',
    reads: 'interaction',
    width: regression.width,
    mergeClass: regression.mergeClass,
    learn(values, at, _, interaction, reward, weight, time) {
      regression.learn(values, at, interaction, reward, weight, time);
    },
    merge: regression.merge,
    model(rows, time, { draws, seed } = noSampling) {
      checkDraws(draws);
      const row = rows[0];
      const posterior =
        row === undefined
          ? priorPosterior(dimension, ridge)
          : regression.posterior(row.values, row.at, time);
      const observations = row?.values[row.at + rowAt.count] ?? 0;
      const random = randomState(seed);
      // Draws come in pairs about the mean, so that together they are centred on it; one of each pair is kept.
      const pairs = new Float64Array((draws / 2) * dimension);
      for (let pair = 0; pair < draws / 2; pair += 1) {
        const start = pair * dimension;
        drawDeviation(posterior, random, pairs.subarray(start, start + dimension));
      }
      return {
        score({ interactions }, scores) {
          const { actions } = scores;
          roomForDraws(scores, draws);
          for (let action = 0; action < actions; action += 1) {
            const x = interactions[action]!;
            checkVector('interaction', x, dimension);
            const mean = meanOf(posterior, x);
            const variance = varianceOf(posterior, x);
            scores.means[action] = mean;
            scores.deviations[action] = Math.sqrt(Math.max(0, variance));
            scores.rewards[action] = regression.reward(mean, variance);
            fillDraws(pairs, x, action, scores);
          }
          scores.independent = actions === 1;
          scores.observations = observations;
        },
        explain: ({ interactions }, action) =>
          contributionsOf(posterior, interactions[action]!, 'interaction'),
      };
    },
  };
}
