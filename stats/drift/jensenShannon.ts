/**
 * Jensen–Shannon divergence of two histograms in nats, in [0, ln 2], beside what it is when nothing has changed.
 *
 * ½ Σ p ln(p / m) + ½ Σ q ln(q / m) with m = (p + q) / 2: finite with empty bins, so nothing is smoothed. For small changes it is
 * an eighth of the PSI, and so is its noise.
 *
 * Source: Lin 1991, "Divergence measures based on the Shannon entropy"; the noise by the expansion to second order, as in
 * `populationStability`.
 *
 * @param alpha probability of exceeding `critical` when nothing has changed, in (0, 1)
 * @throws RangeError when lengths differ, a count is negative, or alpha is outside (0, 1)
 *
 * @example
 * jensenShannon({ reference: [10, 0], current: [0, 10] }).distance; // ln 2 ≈ 0.6931
 */
import { type BinnedDistance, type BinnedPair, pairSums } from './bins.ts';
import { besideChance } from './populationStability.ts';

export function jensenShannon(pair: BinnedPair, alpha = 0.01): BinnedDistance {
  const { reference, current } = pair;
  const sums = pairSums(pair);
  let distance = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const p = reference[i]! / sums.reference;
    const q = current[i]! / sums.current;
    const middle = (p + q) / 2;
    if (p > 0) distance += (p / 2) * Math.log(p / middle);
    if (q > 0) distance += (q / 2) * Math.log(q / middle);
  }
  return besideChance(Math.max(0, distance), sums, alpha, 1 / 8);
}
