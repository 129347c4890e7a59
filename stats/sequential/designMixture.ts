/**
 * The engine's core test: is there an effect, and how large, judged at any time from counts alone, exactly.
 *
 * Unit i is given to treatment with the logged probability π; its outcome Y lies in [0, 1]. With a centre m fixed before,
 *
 *     D = W (Y − m),   W = 1/π under treatment, −1/(1 − π) under control,
 *
 * has E[D | past] = τ, the unit's average effect, because the assignment is the only chance needed: E[W] = 0 takes m out and
 * E[W Y] is the difference of the two potential outcomes. Rounding Y and W at random to neighbours on a grid, independently
 * and each with its mean kept, leaves E[D] as it is. A bet s λ, s = ±1, λ ≥ 0, fixed before the unit, multiplies its wealth by
 *
 *     1 + s λ (D − τ₀) ≥ 0,   of expectation 1 + s λ (τ − τ₀),
 *
 * which is 1 if τ = τ₀, and at most 1 if s (τ − τ₀) ≤ 0. Wealth is therefore a martingale under "no average effect at any
 * unit", for any outcomes, drift, ramp or bandit, and a supermartingale under the one-sided hypotheses; so is each average
 * over bets that was fixed before. It stays non-negative because λ ≤ `stake` / (1 + the most that −s D can be in the group).
 *
 * Bets: one for each effect δ of the portfolio and each sign, λ = δ π (1 − π) / σ, the Kelly fraction δσ / Var(D) for an
 * effect of δ predicted standard deviations σ. Within a group (period and class of probability) m, σ and λ are constant, so
 * that ln wealth = Σ count × ln(factor) over the cells, and the wealth of groups adds up. An interval for a constant effect
 * holds the τ₀ that neither side rejects at alpha / 2: the wealth falls in τ₀ for s = 1, so each end is one root.
 *
 * Source: Waudby-Smith & Ramdas 2024, 2010.09686 (betting on means); Ham, Bojinov, Lindon & Tingley 2022, 2210.08639
 * (design-based sequences); Liang & Bojinov 2023, 2311.05794 (adaptive assignment). The portfolio on counts is our own.
 */
import type { Interval } from '../interval.ts';
import { bracketedRoot } from '../special/bracketedRoot.ts';
import type { BetPortfolio } from './betPortfolio.ts';
import { designRows } from './designCounts.ts';
import { designEstimate } from './designEstimate.ts';
import { lnSumExp } from './eValue.ts';
import type { PredictedGroup } from './predictGroups.ts';

/** Largest part of its wealth that a bet may lose at one unit. */
const stake = 0.9;

/** Natural logarithms of e-values. */
export interface DesignEvidence {
  /** Against "no unit's effect is above 0". */
  readonly higher: number;
  /** Against "no unit's effect is below 0". */
  readonly lower: number;
  /** Against "no effect": the average of both. */
  readonly either: number;
}

/** D at τ₀ = 0 of a unit in the cell: its signed inverse-probability weight times the outcome less the centre. */
export function scoreAt({ low, high, centre, counts }: PredictedGroup, cell: number): number {
  const bins = counts.length / designRows;
  const row = (cell / bins) | 0;
  const probability = (row & 1) === 0 ? low : high;
  const weight = row < 2 ? -1 / (1 - probability) : 1 / probability;
  return weight * ((cell - row * bins) / (bins - 1) - centre);
}

/** λ of each candidate effect for one sign. */
export function betsOf(group: PredictedGroup, portfolio: BetPortfolio, sign: 1 | -1): Float64Array {
  const { low, high, centre, deviation } = group;
  const treated = sign === 1 ? centre : 1 - centre;
  const worst = Math.max(treated / low, (1 - treated) / (1 - high));
  const largest = stake / (1 + worst);
  const probability = (low + high) / 2;
  const scale = (probability * (1 - probability)) / deviation;
  return portfolio.effects.map((effect) => Math.min(effect * scale, largest));
}

/** ln factor at each cell: candidate effects are consecutive, cells ascend; for one sign, at one τ₀. */
function addLogs(
  into: Float64Array,
  from: number,
  group: PredictedGroup,
  bets: Float64Array,
  signedEffect: number,
  sign: 1 | -1,
): void {
  const { counts } = group;
  const length = bets.length;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i]!;
    if (count === 0) continue;
    const score = sign * scoreAt(group, i) - signedEffect;
    for (let j = 0; j < length; j += 1) into[from + j]! += count * Math.log(1 + bets[j]! * score);
  }
}

/**
 * ln wealth of every bet: first those on a positive effect in the order of the portfolio, then those on a negative one.
 *
 * That of disjoint sets of groups adds up: keep the sum over closed periods.
 *
 * @param effect τ₀, in [−1, 1]
 */
export function designWealth(
  groups: readonly PredictedGroup[],
  portfolio: BetPortfolio,
  effect = 0,
): Float64Array {
  const length = portfolio.effects.length;
  const wealth = new Float64Array(2 * length);
  for (const group of groups) {
    addLogs(wealth, 0, group, betsOf(group, portfolio, 1), effect, 1);
    addLogs(wealth, length, group, betsOf(group, portfolio, -1), -effect, -1);
  }
  return wealth;
}

/** @param wealth from `designWealth` with the same portfolio, or a sum of several */
export function designEvidence(wealth: Float64Array, { weights }: BetPortfolio): DesignEvidence {
  const higher = lnSumExp(wealth, weights, 0, weights.length);
  const lower = lnSumExp(wealth, weights, weights.length, weights.length);
  return { higher, lower, either: lnSumExp([higher, lower], [0.5, 0.5]) };
}

/**
 * One end of the confidence sequence of a constant effect.
 *
 * @param sign  1 for the lower end, which bets on larger effects reject what lies below; −1 for the upper end
 * @param alpha of this end alone, in (0, 1)
 * @returns in [−1, 1]; the end of that range where nothing is rejected
 */
export function designBound(
  groups: readonly PredictedGroup[],
  portfolio: BetPortfolio,
  sign: 1 | -1,
  alpha: number,
): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  const { weights } = portfolio;
  const bets = groups.map((group) => betsOf(group, portfolio, sign));
  const wealth = new Float64Array(weights.length);
  let length = weights.length;
  /** Falls in x = sign × τ₀, as the wealth of each bet does. */
  const excess = (x: number): number => {
    wealth.fill(0);
    groups.forEach((group, g) => {
      addLogs(wealth, 0, group, bets[g]!.subarray(0, length), x, sign);
    });
    return lnSumExp(wealth, weights, 0, length) + Math.log(alpha);
  };
  const { effect, standardError } = designEstimate(groups);
  // From the estimate outwards: what is searched lies a few standard errors away.
  let inner = Number.isFinite(effect) ? Math.max(-1, Math.min(1, sign * effect)) : 1;
  if (excess(inner) >= 0) {
    if (excess(1) >= 0) return sign;
    inner = 1;
  }
  let step = Number.isFinite(standardError) ? Math.max(3 * standardError, 0.01) : 2;
  while (inner > -1) {
    const outer = Math.max(-1, inner - step);
    if (excess(outer) >= 0) {
      // Large bets that are ruined here stay so up to the root: leaving them out changes no digit.
      const ruined = -Math.log(alpha) - 40;
      while (length > 1 && wealth[length - 1]! < ruined) length -= 1;
      return sign * bracketedRoot(excess, outer, inner, 1e-9);
    }
    inner = outer;
    step *= 2;
  }
  return -sign;
}

/**
 * Confidence sequence for a constant effect: it covers the effect at all times together with probability at least 1 − alpha.
 *
 * Where effects differ between units or drift, it speaks of no single number; the evidence stays exact.
 */
export function designInterval(
  groups: readonly PredictedGroup[],
  portfolio: BetPortfolio,
  alpha: number,
): Interval {
  return {
    lower: designBound(groups, portfolio, 1, alpha / 2),
    upper: designBound(groups, portfolio, -1, alpha / 2),
  };
}
