/**
 * Weights of its own for each action, over the context; nothing that is learnt of one tells of another.
 *
 * Source: Li et al. 2010, algorithm 1.
 */
import { rowAt } from '../linear/fadingRow.ts';
import { meanOf, priorPosterior, varianceOf } from '../linear/gaussianPosterior.ts';
import type { Regression } from '../linear/regression.ts';
import { checkVector } from './checkVector.ts';
import { contributionsOf } from './contributions.ts';
import type { RewardLearner } from './rewardLearner.ts';

/** @param ridge that of the regression: what is believed of actions without a row */
export function disjointLearner(regression: Regression, ridge: number): RewardLearner {
  return {
    rows: 'action',
    reads: 'context',
    width: regression.width,
    mergeClass: regression.mergeClass,
    learn(values, at, context, _, reward, weight, time) {
      regression.learn(values, at, context, reward, weight, time);
    },
    merge: regression.merge,
    model(rows, time) {
      const prior = priorPosterior(regression.dimension, ridge);
      const posteriors = rows.map((row) =>
        row === undefined ? prior : regression.posterior(row.values, row.at, time),
      );
      let observations = 0;
      for (const row of rows) observations += row?.values[row.at + rowAt.count] ?? 0;
      return {
        score({ context }, scores) {
          checkVector('context', context, regression.dimension);
          for (let action = 0; action < posteriors.length; action += 1) {
            const posterior = posteriors[action]!;
            const mean = meanOf(posterior, context);
            const variance = varianceOf(posterior, context);
            scores.means[action] = mean;
            scores.deviations[action] = Math.sqrt(Math.max(0, variance));
            scores.rewards[action] = regression.reward(mean, variance);
          }
          scores.independent = true;
          scores.observations = observations;
          scores.draws = 0;
        },
        explain: ({ context }, action) => contributionsOf(posteriors[action]!, context, 'context'),
      };
    },
  };
}
