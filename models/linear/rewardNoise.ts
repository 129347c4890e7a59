/**
 * The variance of rewards about their means: assumed, or estimated from the residuals, so that exploration fits the rewards.
 *
 * The estimate is the mode of the normal-inverse-gamma posterior, as if one observation of the assumed variance had come before.
 *
 * Source: Bishop 2006, §3.3 and exercise 3.12.
 */

/** `unit`: the square of the range. `estimated`: from the residuals. */
export type Noise = 'unit' | 'estimated';

export interface RewardNoise {
  readonly noise?: Noise;
  /** Width of the rewards' bounds: in units of it everything is the same whatever the rewards are measured in. */
  readonly range?: number;
}

/**
 * @param residual Σ w (r − θᵀx)² + λ|θ|² at the solution
 * @param weight   Σ w
 *
 * @example
 * noiseVariance({ noise: 'estimated', range: 1 }, 24, 99); // 0.25
 */
export function noiseVariance(
  { noise = 'unit', range = 1 }: RewardNoise,
  residual: number,
  weight: number,
): number {
  return noise === 'unit' ? range ** 2 : (range ** 2 + Math.max(0, residual)) / (1 + weight);
}
