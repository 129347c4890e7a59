/** The solution of linear sums: θ = (λI + s S)⁻¹ s b and the Gaussian about it, s what the sums have faded by. */
import { addDiagonal, factorize, invertFactor, solveLower, solveUpper } from './cholesky.ts';
import { rowAt } from './fadingRow.ts';
import type { GaussianPosterior } from './gaussianPosterior.ts';
import type { LinearSums } from './linearSums.ts';

/**
 * Solves a row as of a time.
 *
 * @param ridge λ, > 0
 */
export function solveSums(
  sums: LinearSums,
  values: Float64Array,
  at: number,
  ridge: number,
  time: number,
): GaussianPosterior {
  const { dimension, productsAt, width } = sums;
  const scale = sums.scale(values, at, time);
  const factor = new Float64Array(width - productsAt);
  for (let i = 0; i < factor.length; i += 1) factor[i] = scale * values[at + productsAt + i]!;
  addDiagonal(factor, 0, dimension, ridge);
  factorize(factor, 0, dimension);
  const momentsAt = at + rowAt.own;
  const weights = values.slice(momentsAt, momentsAt + dimension);
  for (let i = 0; i < dimension; i += 1) weights[i]! *= scale;
  solveLower(factor, 0, weights);
  solveUpper(factor, 0, weights);
  const covariance = factor.slice();
  invertFactor(covariance, 0, dimension);
  return { weights, covariance, factor, isDiagonal: false };
}
