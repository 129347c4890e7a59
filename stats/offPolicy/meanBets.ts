/**
 * Bets that a mean is larger than a candidate, from counts alone: a lower confidence bound that holds at all times.
 *
 * Terms x ≥ −k have, given the past, a mean of at most m under the hypothesis. A bet λ multiplies its wealth by
 *
 *     1 + λ (x − m) ≥ 0,   λ ≤ `stake` / (k + m),
 *
 * of expectation at most 1; nothing bounds x from above. Wealth is spread once, over constant bets on a logarithmic grid: the
 * average is an e-process, and ln wealth = Σ count × ln(factor) is a function of the counts. It falls in m, so that the
 * bound is one root: the largest m at which the wealth has reached 1 / alpha.
 *
 * It bounds the mean that all terms share. Where means drift it bounds the largest of them so far, not their average: see
 * `runningValueSequence`.
 *
 * Source: Waudby-Smith & Ramdas 2024, 2010.09686; Waudby-Smith, Wu, Ramdas, Karampatziakis & Mineiro 2022, 2210.10768 (terms
 * bounded from below). Constant bets in the place of predictable ones are what makes it merge.
 */
import { lnSumExp } from '../sequential/eValue.ts';
import { bracketedRoot } from '../special/bracketedRoot.ts';
import { coarseCeiling, coarseValue } from './coarseNumber.ts';
import type { TermCounts } from './termCounts.ts';

/** Largest part of its wealth that a bet may lose at one term. */
export const stake = 0.9;

/** λ, ascending: each is best for one excess over the candidate, λ = excess / variance; all have the same wealth at first. */
export const usualBets: readonly number[] = Array.from(
  { length: 20 },
  (_, j) => 0.0003 * 10_000 ** (j / 19),
);

/** What is known of the terms before any is seen. */
export interface MeanRange {
  /** k: no term is below −k; ≥ 0. */
  readonly floor: number;
  /** Smallest and largest possible mean, with −floor ≤ meanMin < meanMax. */
  readonly meanMin: number;
  readonly meanMax: number;
}

/** The bet on one candidate mean: λ, or the largest that is allowed. */
export function betOn(mean: number, bet: number, floor: number): number {
  return Math.min(bet, stake / (floor + mean));
}

/**
 * ln wealth of the average bet against "no term's mean is above `mean`": an e-process.
 *
 * @param floor −floor must be on the grid, see `coarseCeiling`
 */
export function lnMeanWealth(
  counts: TermCounts,
  mean: number,
  floor: number,
  bets: readonly number[] = usualBets,
): number {
  const wealth = new Float64Array(bets.length);
  const allowed = Float64Array.from(bets, (bet) => betOn(mean, bet, floor));
  for (const place in counts) {
    const count = counts[place]!;
    const excess = coarseValue(Number(place)) - mean;
    for (let j = 0; j < wealth.length; j += 1) {
      wealth[j]! += count * Math.log1p(allowed[j]! * excess);
    }
  }
  return lnSumExp(wealth) - Math.log(bets.length);
}

/**
 * Lower confidence bound: below the mean at all times together with probability at least 1 − alpha.
 *
 * @param alpha of this side alone, in (0, 1)
 * @returns in [meanMin, meanMax]
 * @throws RangeError when an argument is outside its range
 */
export function lowerMeanBound(
  counts: TermCounts,
  { floor, meanMin, meanMax }: MeanRange,
  alpha: number,
  bets: readonly number[] = usualBets,
): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  if (!(floor >= 0 && -floor <= meanMin)) {
    throw new RangeError(`floor: expected at least ${Math.max(0, -meanMin)}, got ${floor}`);
  }
  const lowest = coarseCeiling(floor);
  const excess = (mean: number) => lnMeanWealth(counts, mean, lowest, bets) + Math.log(alpha);
  if (excess(meanMax) >= 0) return meanMax;
  if (excess(meanMin) < 0) return meanMin;
  return bracketedRoot(excess, meanMin, meanMax, 1e-9);
}
