/**
 * Weights made smaller, for less variance at the price of a bias.
 *
 * | family | weight | ends |
 * | --- | --- | --- |
 * | `clip` | min(w, λ) | λ = ∞: w |
 * | `switch` | w where w ≤ λ, else 0 | 0: none; ∞: w |
 * | `optimistic` | λ w / (w² + λ) | 0: none; ∞: w |
 * | `subGaussian` | w / (1 − λ + λ w) | 0: w; 1: 1 |
 *
 * Source: Ionides 2008 (clip); Wang, Agarwal & Dudík 2017, 1612.01205 (switch); Su, Dimakopoulou, Krishnamurthy & Dudík 2020,
 * 1907.09623 (optimistic); Metelli, Russo & Restelli 2021 (sub-Gaussian).
 */
export const shrinkages = ['clip', 'switch', 'optimistic', 'subGaussian'] as const;
export type Shrinkage = (typeof shrinkages)[number];

/**
 * @param weight w, ≥ 0
 * @param lambda ≥ 0; in [0, 1] for `subGaussian`
 *
 * @example
 * shrunkWeight('optimistic', 3, 9); // = 1.5
 */
export function shrunkWeight(family: Shrinkage, weight: number, lambda: number): number {
  switch (family) {
    case 'clip':
      return Math.min(weight, lambda);
    case 'switch':
      return weight <= lambda ? weight : 0;
    case 'optimistic':
      if (lambda === Infinity) return weight;
      return lambda === 0 ? 0 : weight / (1 + (weight * weight) / lambda);
    case 'subGaussian':
      if (lambda === 0) return weight;
      return weight === 0 ? 0 : weight / (1 - lambda + lambda * weight);
  }
}

/** λ of each family to choose among: from none to much shrinkage, so that the unbiased estimator is one of them. */
export const usualLambdas: Readonly<Record<Shrinkage, readonly number[]>> = {
  clip: [Infinity, 256, 128, 64, 32, 16, 8, 4, 2, 1],
  switch: [Infinity, 256, 128, 64, 32, 16, 8, 4, 2, 1, 0],
  optimistic: [Infinity, 65_536, 16_384, 4_096, 1_024, 256, 64, 16, 4, 1, 0],
  subGaussian: [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
};
