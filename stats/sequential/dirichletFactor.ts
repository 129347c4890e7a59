/**
 * Bayes factor of categorical counts: a Dirichlet mixture around the stated probabilities against these themselves.
 *
 * An e-process of "each item falls into category k with probability pₖ", that depends on the totals only.
 *
 * Source: Lindon & Malek 2022, 2011.03567; with two categories it is the beta-binomial mixture
 * of Howard & Ramdas 2022, 1906.09712.
 */
import { lnGamma } from '../special/lnGamma.ts';

/**
 * ln of the factor.
 *
 * @param counts        of each category, integers ≥ 0
 * @param probabilities of each, > 0, summing to 1
 * @param concentration of the Dirichlet law: the larger, the smaller the departures it looks for
 *
 * @example
 * lnDirichletFactor([60, 40], [0.5, 0.5], 2); // ≈ -0.09096: ln of 2¹⁰⁰ / (101 × C(100, 40))
 */
export function lnDirichletFactor(
  counts: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  concentration: number,
): number {
  let total = 0;
  let ln = 0;
  for (let k = 0; k < counts.length; k += 1) {
    const count = counts[k]!;
    if (count === 0) continue;
    const prior = concentration * probabilities[k]!;
    total += count;
    ln += lnGamma(prior + count) - lnGamma(prior) - count * Math.log(probabilities[k]!);
  }
  return ln + lnGamma(concentration) - lnGamma(concentration + total);
}
