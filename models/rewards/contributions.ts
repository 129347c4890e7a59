/** A score taken apart by features. */
import { covarianceWith, type GaussianPosterior } from '../linear/gaussianPosterior.ts';
import type { Contribution } from './scoreModel.ts';

/**
 * What each feature that is there gives to xᵀw: w_j x_j to the mean, x_j Cov(w_j, xᵀw) to the variance. Both add up.
 *
 * @returns nothing for features whose value is 0
 */
export function contributionsOf(
  posterior: GaussianPosterior,
  x: Float64Array,
  vector: Contribution['vector'],
): Contribution[] {
  const covariance = new Float64Array(x.length);
  covarianceWith(posterior, x, covariance);
  const contributions: Contribution[] = [];
  for (let feature = 0; feature < x.length; feature += 1) {
    const value = x[feature]!;
    if (value === 0) continue;
    const weight = posterior.weights[feature]!;
    contributions.push({
      feature,
      vector,
      value,
      weight,
      score: weight * value,
      variance: value * covariance[feature]!,
    });
  }
  return contributions;
}
