/** What a regression believes of its weights: a Gaussian, as published for scoring. Plain data; nothing here changes it. */
import { packedLength } from '../../stats/exact/packedSymmetric.ts';
import { normal, type RandomState } from '../../stats/random.ts';
import { addDiagonal, solveUpper } from './cholesky.ts';
import { dot, formOf, multiply } from './packedProducts.ts';

export interface GaussianPosterior {
  /** Means of the weights. */
  readonly weights: Float64Array;
  /** Covariance: packed, or the variances alone if `isDiagonal`. */
  readonly covariance: Float64Array;
  /** L of the precision L Lᵀ = covariance⁻¹, packed; or the roots of the precisions. */
  readonly factor: Float64Array;
  readonly isDiagonal: boolean;
}

/** Mean of the score xᵀw. */
export function meanOf({ weights }: GaussianPosterior, x: Float64Array): number {
  return dot(weights, 0, x);
}

/** Variance of the score xᵀw: xᵀ A⁻¹ x, times the noise. */
export function varianceOf({ covariance, isDiagonal }: GaussianPosterior, x: Float64Array): number {
  if (!isDiagonal) return formOf(covariance, 0, x);
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) sum += covariance[i]! * x[i]! * x[i]!;
  return sum;
}

/** Covariance of each weight with the score: Cov x, replacing `into`. */
export function covarianceWith(
  { covariance, isDiagonal }: GaussianPosterior,
  x: Float64Array,
  into: Float64Array,
): void {
  if (!isDiagonal) multiply(covariance, 0, x, into);
  else for (let i = 0; i < x.length; i += 1) into[i] = covariance[i]! * x[i]!;
}

/** Replaces `into` by a deviation of the weights from their means, drawn from N(0, covariance): L⁻ᵀ z. */
export function drawDeviation(
  { factor, isDiagonal }: GaussianPosterior,
  random: RandomState,
  into: Float64Array,
): void {
  for (let i = 0; i < into.length; i += 1) into[i] = normal(random);
  if (!isDiagonal) solveUpper(factor, 0, into);
  else for (let i = 0; i < into.length; i += 1) into[i]! /= factor[i]!;
}

/**
 * What is believed before the first observation: N(0, I / ridge).
 *
 * @param ridge λ, > 0
 */
export function priorPosterior(dimension: number, ridge: number): GaussianPosterior {
  const covariance = new Float64Array(packedLength(dimension));
  const factor = new Float64Array(packedLength(dimension));
  addDiagonal(covariance, 0, dimension, 1 / ridge);
  addDiagonal(factor, 0, dimension, Math.sqrt(ridge));
  return { weights: new Float64Array(dimension), covariance, factor, isDiagonal: false };
}
