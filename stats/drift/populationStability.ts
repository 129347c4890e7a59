/**
 * Population stability index: Σ (q − p) ln(q / p) over the shares of bins, beside what it is when nothing has changed.
 *
 * It is the sum of both Kullback–Leibler divergences. An empty bin would make it infinite, so half a count is added to each bin that
 * holds anything of either. When both samples, of n and m values, come from one distribution, PSI / (1/n + 1/m) is about
 * chi-square with B − 1 degrees of freedom: the usual limits of .1 and .2 mean nothing without n, m and B.
 *
 * Source: Yurdakul 2018, "Statistical properties of population stability index"; half counts: Krichevsky & Trofimov 1981.
 *
 * @param alpha probability of exceeding `critical` when nothing has changed, in (0, 1)
 * @throws RangeError when lengths differ, a count is negative, or alpha is outside (0, 1)
 *
 * @example
 * populationStability({ reference: [300, 400, 300], current: [300, 400, 300] }).distance; // 0
 */
import { unexpected } from '../../contracts/statistic.ts';
import { chiSquareQuantile, chiSquareTail } from '../special/chiSquare.ts';
import { type BinnedDistance, type BinnedPair, pairSums } from './bins.ts';

export function populationStability(pair: BinnedPair, alpha = 0.01): BinnedDistance {
  const { reference, current } = pair;
  const sums = pairSums(pair);
  let distance = 0;
  for (let i = 0; i < reference.length; i += 1) {
    if (reference[i]! + current[i]! === 0) continue;
    const p = (reference[i]! + 0.5) / (sums.reference + sums.bins / 2);
    const q = (current[i]! + 0.5) / (sums.current + sums.bins / 2);
    distance += (q - p) * Math.log(q / p);
  }
  return besideChance(distance, sums, alpha, 1);
}

/**
 * What chance makes of a distance that is, for small changes, `factor` × Σ (p − q)² / p.
 *
 * @returns NaNs where either sample is empty
 * @throws RangeError when alpha is outside (0, 1)
 */
export function besideChance(
  distance: number,
  { reference, current, bins }: ReturnType<typeof pairSums>,
  alpha: number,
  factor: number,
): BinnedDistance {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(unexpected('alpha', 'in (0, 1)', alpha));
  if (reference === 0 || current === 0) {
    return { distance: NaN, noise: NaN, critical: NaN, pValue: NaN };
  }
  const unit = factor * (1 / reference + 1 / current);
  const freedom = bins - 1;
  if (freedom === 0) return { distance: 0, noise: 0, critical: 0, pValue: 1 };
  return {
    distance,
    noise: freedom * unit,
    critical: unit * chiSquareQuantile(1 - alpha, freedom, alpha),
    pValue: chiSquareTail(distance / unit, freedom),
  };
}
