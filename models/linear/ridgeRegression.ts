/**
 * Ridge regression from sums alone: the learner of LinUCB and of linear Thompson sampling.
 *
 * Learning costs dimension² / 2 multiplications and knows no solution; who publishes solves. Merges are exact.
 *
 * Source: Li et al. 2010; Agrawal & Goyal 2013, "Thompson sampling for contextual bandits with linear payoffs". The
 * noise, where it is estimated: the mode of the normal-inverse-gamma posterior, Bishop 2006, §3.3 and exercise 3.12.
 */
import { rowAt } from './fadingRow.ts';
import { type LinearSums, linearSums } from './linearSums.ts';
import { dot } from './packedProducts.ts';
import { checkRidge, type Regression, type RegressionOptions } from './regression.ts';
import { solveSums } from './solveSums.ts';

/**
 * Variance of the rewards about their means. `unit`: 1, as in the papers. `estimated`: from the residuals, as if one
 * observation of variance 1 had come before them; then exploration fits the scale of the reward.
 */
export type Noise = 'unit' | 'estimated';

export interface RidgeRegression extends Regression {
  readonly sums: LinearSums;
}

/** @throws RangeError when an option is out of range */
export function ridgeRegression(
  dimension: number,
  { ridge, halfLifeMs, noise = 'unit' }: RegressionOptions & { readonly noise?: Noise },
): RidgeRegression {
  checkRidge(ridge);
  const sums = linearSums(dimension, halfLifeMs);
  return {
    dimension,
    width: sums.width,
    mergeClass: 'exact',
    sums,
    learn: sums.add,
    merge: sums.merge,
    posterior(values, at, time) {
      const tick = sums.clock.tick(time);
      const posterior = solveSums(sums, values, at, ridge, tick);
      if (noise === 'unit') return posterior;
      // Σ w (r − θᵀx)² + λ|θ|² = Σ w r² − θᵀ Σ w r x, at the solution.
      const scale = sums.scale(values, at, tick);
      const moments = values.subarray(at + rowAt.own, at + sums.productsAt);
      const fitted = dot(posterior.weights, 0, moments);
      const residual = Math.max(0, scale * (values[at + rowAt.squares]! - fitted));
      const variance = (1 + residual) / (1 + scale * values[at + rowAt.weight]!);
      const root = 1 / Math.sqrt(variance);
      for (let i = 0; i < posterior.factor.length; i += 1) {
        posterior.covariance[i]! *= variance;
        posterior.factor[i]! *= root;
      }
      return posterior;
    },
    reward: (mean) => mean,
  };
}
