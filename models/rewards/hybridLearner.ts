/**
 * Weights that all actions share, over features of action and context, and weights of its own for each action over the context:
 * what is common is learnt from everyone, what is particular from the action alone.
 *
 * Source: Li et al. 2010, algorithm 2.
 */
import { randomState } from '../../stats/random.ts';
import { rowAt } from '../linear/fadingRow.ts';
import { covarianceWith, drawDeviation, meanOf, varianceOf } from '../linear/gaussianPosterior.ts';
import { hybridPosterior } from '../linear/hybridPosterior.ts';
import { linearSums } from '../linear/linearSums.ts';
import { dot } from '../linear/packedProducts.ts';
import { checkRidge, type RegressionOptions } from '../linear/regression.ts';
import { checkVector } from './checkVector.ts';
import { contributionsOf } from './contributions.ts';
import { checkDraws, roomForDraws } from './draws.ts';
import { noSampling, type RewardLearner } from './rewardLearner.ts';

/** @throws RangeError when an option is out of range */
export function hybridLearner(
  contextSize: number,
  sharedSize: number,
  { ridge, halfLifeMs }: RegressionOptions,
): RewardLearner {
  checkRidge(ridge);
  const sums = linearSums(contextSize + sharedSize, halfLifeMs);
  const joint = new Float64Array(sums.dimension);
  return {
    rows: 'action',
    reads: 'both',
    width: sums.width,
    mergeClass: 'exact',
    learn(values, at, context, interaction, reward, weight, time) {
      checkVector('context', context, contextSize);
      checkVector('interaction', interaction, sharedSize);
      joint.set(context);
      joint.set(interaction, contextSize);
      sums.add(values, at, joint, reward, weight, time);
    },
    merge: sums.merge,
    model(rows, time, { draws, seed } = noSampling) {
      checkDraws(draws);
      const tick = sums.clock.tick(time);
      const { shared, actions } = hybridPosterior(sums, contextSize, rows, ridge, tick);
      let observations = 0;
      for (const row of rows) observations += row?.values[row.at + rowAt.count] ?? 0;
      const random = randomState(seed);
      const pairs = draws / 2;
      const sharedDraws = new Float64Array(pairs * sharedSize);
      const ownDraws = new Float64Array(pairs * actions.length * contextSize);
      for (let pair = 0; pair < pairs; pair += 1) {
        const start = pair * sharedSize;
        drawDeviation(shared, random, sharedDraws.subarray(start, start + sharedSize));
        for (let action = 0; action < actions.length; action += 1) {
          const own = (pair * actions.length + action) * contextSize;
          const into = ownDraws.subarray(own, own + contextSize);
          drawDeviation(actions[action]!.own, random, into);
        }
      }
      /** What of z is not told by x: z − (A⁻¹B)ᵀ x. */
      const rest = new Float64Array(sharedSize);

      function takeRest(lean: Float64Array, x: Float64Array, z: Float64Array): void {
        for (let i = 0; i < sharedSize; i += 1) rest[i] = z[i]!;
        for (let j = 0; j < contextSize; j += 1) {
          const xj = x[j]!;
          if (xj === 0) continue;
          for (let i = 0; i < sharedSize; i += 1) rest[i]! -= lean[j * sharedSize + i]! * xj;
        }
      }

      return {
        score({ context, interactions }, scores) {
          checkVector('context', context, contextSize);
          const drawn = roomForDraws(scores, draws);
          const count = scores.actions;
          for (let action = 0; action < count; action += 1) {
            const z = interactions[action]!;
            checkVector('interaction', z, sharedSize);
            const { own, lean } = actions[action]!;
            takeRest(lean, context, z);
            const mean = meanOf(own, context) + meanOf(shared, z);
            const variance = varianceOf(own, context) + varianceOf(shared, rest);
            scores.means[action] = mean;
            scores.deviations[action] = Math.sqrt(Math.max(0, variance));
            scores.rewards[action] = mean;
            for (let pair = 0; pair < pairs; pair += 1) {
              const deviation =
                dot(sharedDraws, pair * sharedSize, rest) +
                dot(ownDraws, (pair * actions.length + action) * contextSize, context);
              drawn[2 * pair * count + action] = deviation;
              drawn[(2 * pair + 1) * count + action] = -deviation;
            }
          }
          scores.independent = count === 1;
          scores.observations = observations;
        },
        explain({ context, interactions }, action) {
          const { own, lean } = actions[action]!;
          takeRest(lean, context, interactions[action]!);
          const covariance = new Float64Array(sharedSize);
          covarianceWith(shared, rest, covariance);
          // Cov(θ, score) = A⁻¹x − A⁻¹B Cov(β, score), for θ leans on β.
          const particular = contributionsOf(own, context, 'context').map((each) => {
            const leaning = dot(lean, each.feature * sharedSize, covariance);
            return { ...each, variance: each.variance - each.value * leaning };
          });
          const z = interactions[action]!;
          const common = contributionsOf(shared, z, 'interaction').map((each) => ({
            ...each,
            variance: each.value * covariance[each.feature]!,
          }));
          return [...particular, ...common];
        },
      };
    },
  };
}
