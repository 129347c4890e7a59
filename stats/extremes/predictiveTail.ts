/**
 * How rare the next value is, by a sample, beyond its largest values too: with what the sample does not tell taken into account.
 *
 * Of n + 1 exchangeable values the next one is above the (k + 1)th largest of the others with probability (k + 1) / (n + 1). How far
 * above is told by the excesses over it: if they are exponential with any mean, next excess / sum of the k others is a pivot, and
 * P(next excess > z) = (1 + z / sum)^−k, exactly and for every k. No parameter is taken for known, so small samples raise no more
 * alarms than large ones: they need more to be surprised.
 *
 * Conservative for tails lighter than exponential. On the scale of logarithms an exponential tail is a power law, so there it serves
 * whatever has a power law or less. What it does not cover: tails that become heavier farther out than the sample reaches.
 *
 * Source: Rényi 1953 (excesses over an order statistic); Hill 1975 (logarithms); Lawless & Fredette 2005 (pivotal predictive
 * distributions), example 1.
 */
export interface PredictiveTail {
  /** An order statistic of the sample; −Infinity of an empty one. */
  readonly threshold: number;
  /** Values of the sample. */
  readonly count: number;
  /** How many of them are above the threshold, and the sum of their excesses. */
  readonly excesses: number;
  readonly sum: number;
}

/**
 * @param sorted ascending
 * @param share  of the sample that makes the tail, in (0, 1): at most so many are above the threshold
 */
export function predictiveTail(sorted: ArrayLike<number>, share: number): PredictiveTail {
  const count = sorted.length;
  const at = count - 1 - Math.floor(share * count);
  const threshold = at >= 0 ? sorted[at]! : -Infinity;
  let excesses = 0;
  let sum = 0;
  // Values that are alike may make it fewer.
  for (let i = count - 1; i >= 0 && sorted[i]! > threshold; i -= 1) {
    excesses += 1;
    sum += sorted[i]! - threshold;
  }
  return { threshold, count, excesses, sum };
}

/**
 * Logarithm of the probability that the next value is above `x`.
 *
 * @param x at least the threshold
 * @param own whether `x` is of the sample itself: then it is judged by the others
 *
 * @example
 * lnExceedance({ threshold: 0, count: 99, excesses: 9, sum: 9 }, 9); // ln(0.1 / 2⁹) ≈ −8.54
 */
export function lnExceedance(
  { threshold, count, excesses, sum }: PredictiveTail,
  x: number,
  own = false,
): number {
  const beyond = x - threshold;
  if (!own) return Math.log((excesses + 1) / (count + 1)) - power(beyond, sum, excesses);
  return Math.log(excesses / count) - power(beyond, Math.max(0, sum - beyond), excesses - 1);
}

/** k ln(1 + z / sum); 0 where no excess tells anything: a record among n + 1 is all that is known. */
function power(beyond: number, sum: number, excesses: number): number {
  return excesses > 0 && sum > 0 ? excesses * Math.log1p(beyond / sum) : 0;
}
