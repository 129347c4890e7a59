/**
 * The design-based mixture of bets on yes-or-no outcomes, as an experiment of the planner's benchmark plays it.
 *
 * A unit multiplies the wealth of the bet on effect s δ by 1 + s λ W (Y − m), W = 1/π under treatment and −1/(1 − π) under
 * control, λ = δ π (1 − π) / σ up to a largest stake; m and σ are what was planned.
 */
import type { EffectPortfolio } from '../../stats/planning/designBasedBoundary.ts';
import type { PlannedExperiment } from './plannedExperiments.ts';

/** Effects from 0.003 to 0.9 deviations with the weights of |T| of three degrees of freedom at scale 0.08. */
export const portfolio: EffectPortfolio = (() => {
  const effects = Float64Array.from({ length: 16 }, (_, j) => 0.003 * 300 ** (j / 15));
  const weights = effects.map((effect) => effect / (1 + (effect / 0.08) ** 2 / 3) ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { effects, weights: weights.map((weight) => weight / total) };
})();

/** The hooks of an experiment that is judged by bets. */
export function designBets(
  rate: number,
  alpha: number,
): Pick<PlannedExperiment, 'excludes' | 'reset' | 'take'> {
  const deviation = Math.sqrt(rate * (1 - rate));
  const { effects, weights } = portfolio;
  const bets = effects.length;
  /** Counts by split: control no, control yes, treatment no, treatment yes. */
  const counts = new Map<number, Float64Array>();
  /** ln factors of each split: cell, then bets on an increase, then on a decrease. */
  const factors = new Map<number, Float64Array>();
  const factorsOf = (share: number): Float64Array => {
    const table = new Float64Array(4 * 2 * bets);
    for (let cell = 0; cell < 4; cell += 1) {
      const score = (cell < 2 ? -1 / (1 - share) : 1 / share) * ((cell & 1) - rate);
      for (let bet = 0; bet < 2 * bets; bet += 1) {
        const sign = bet < bets ? 1 : -1;
        const centre = sign === 1 ? rate : 1 - rate;
        const worst = Math.max(centre / share, (1 - centre) / (1 - share));
        const size = (effects[bet % bets]! * share * (1 - share)) / deviation;
        table[cell * 2 * bets + bet] = Math.log1p(sign * Math.min(size, 0.9 / (1 + worst)) * score);
      }
    }
    return table;
  };
  const wealth = new Float64Array(2 * bets);
  return {
    reset: () => {
      for (const cells of counts.values()) cells.fill(0);
    },
    take: (treated, unit, share) => {
      let cells = counts.get(share);
      if (cells === undefined) {
        cells = new Float64Array(4);
        counts.set(share, cells);
        factors.set(share, factorsOf(share));
      }
      cells[(treated ? 2 : 0) + unit[0]!]! += 1;
    },
    excludes: () => {
      wealth.fill(0);
      for (const [share, cells] of counts) {
        const table = factors.get(share)!;
        for (let cell = 0; cell < 4; cell += 1) {
          const count = cells[cell]!;
          for (let bet = 0; bet < 2 * bets; bet += 1) {
            wealth[bet]! += count * table[cell * 2 * bets + bet]!;
          }
        }
      }
      let sum = 0;
      for (let bet = 0; bet < 2 * bets; bet += 1) {
        sum += 0.5 * weights[bet % bets]! * Math.exp(wealth[bet]!);
      }
      return sum >= 1 / alpha;
    },
  };
}
