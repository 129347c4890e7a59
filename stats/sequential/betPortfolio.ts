/**
 * The effects on which an experiment's wealth is spread before it begins.
 *
 * Each bet of the portfolio is the one that would grow fastest if the effect were its own (Kelly 1956); the average of all
 * bets grows nearly as fast as the best of them. Effects are in standard deviations of the outcome, so that one portfolio
 * serves every metric, split and ramp. The weights follow the density of |T| for Student's t with three degrees of freedom
 * and scale `typicalEffect`: near the normal mixture of usual practice around that scale, with a tail for large effects.
 *
 * Measured medians of units stand in docs/decisions/0015-bets-on-candidate-effects.md.
 */
export interface BetPortfolio {
  /** Candidate sizes of the effect, in standard deviations of the outcome, ascending, > 0. */
  readonly effects: Float64Array;
  /** Of each, summing to 1; the two signs share the wealth equally. */
  readonly weights: Float64Array;
}

export interface BetPortfolioOptions {
  /** Scale of the effects that are expected, in standard deviations of the outcome; best between ½ and 3 times it. */
  readonly typicalEffect?: number;
  /** Candidates, logarithmically spaced; 12 to 40 differ by less than 1 % of the units. */
  readonly count?: number;
  readonly smallest?: number;
  readonly largest?: number;
}

/**
 * @throws RangeError when an option is outside its range
 *
 * @example
 * betPortfolio({ count: 2, smallest: 0.08, largest: 0.8 }).effects; // 0.08, 0.8
 */
export function betPortfolio({
  typicalEffect = 0.08,
  count = 16,
  smallest = 0.003,
  largest = 0.9,
}: BetPortfolioOptions = {}): BetPortfolio {
  if (!(typicalEffect > 0 && typicalEffect < Infinity)) {
    throw new RangeError(`typicalEffect: expected above 0, got ${typicalEffect}`);
  }
  if (!(Number.isSafeInteger(count) && count >= 2)) {
    throw new RangeError(`count: expected an integer from 2, got ${count}`);
  }
  if (!(smallest > 0 && smallest < largest && largest < Infinity)) {
    throw new RangeError(`smallest: expected in (0, ${largest}), got ${smallest}`);
  }
  const effects = new Float64Array(count);
  const weights = new Float64Array(count);
  const span = Math.log(largest / smallest);
  let total = 0;
  for (let j = 0; j < count; j += 1) {
    const effect = smallest * Math.exp((span * j) / (count - 1));
    const scaled = effect / typicalEffect;
    effects[j] = effect;
    // Density times effect: the points are even in ln effect.
    weights[j] = effect / (1 + (scaled * scaled) / 3) ** 2;
    total += weights[j]!;
  }
  for (let j = 0; j < count; j += 1) weights[j]! /= total;
  return { effects, weights };
}
