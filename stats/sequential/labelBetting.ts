/**
 * Does the treatment change anything for anyone? Judged by betting on each unit's arm from its outcome.
 *
 * If the treatment has no effect on any unit, the arm is independent of the outcome given the past, however heavy the tails:
 * no moments, no cap. A bet sees the outcome's bin, states odds, and is paid by the logged probability π:
 *
 *     treatment:  1 + β / π = eˣ / (π eˣ + 1 − π),    control:  1 − β / (1 − π) = 1 / (π eˣ + 1 − π),    x = ± δ s,
 *
 * where s is the bin's score in predicted standard deviations from the predicted centre, cut at ±4, and δ an effect of the
 * portfolio. The expectation over the arm is π (1 + β/π) + (1 − π)(1 − β/(1 − π)) = 1 for every outcome. In classes of
 * probabilities β is that of the class and the weights 1/π keep their mean under rounding, so it stays 1; β is cut so that no
 * bet loses more than .99 of its wealth.
 *
 * It detects, it does not estimate: the evidence is of "no effect on anyone" alone, also that of one direction. Beside it
 * stands the interval of `designMixture`. Counts are those of `designCounts` with the score bins for outcomes.
 *
 * Source: Zampieri 2026, 2512.04366 (e-RT: betting on labels in a randomised trial); the logistic bets on counts are our own.
 */
import type { BetPortfolio } from './betPortfolio.ts';
import type { PredictedGroup } from './predictGroups.ts';

/** Scores are cut here, in predicted standard deviations. */
const scoreMax = 4;
/** Largest part of its wealth that a bet may lose at one unit. */
const stake = 0.99;

/** β of one bet for one bin: what is put on treatment, in units of the weights. */
function amount(x: number, { low, high }: PredictedGroup): number {
  const probability = (low + high) / 2;
  const rest = 1 - probability;
  const gain = Math.expm1(x);
  const beta = (probability * rest * gain) / (probability * gain + 1);
  return Math.max(-stake * low, Math.min(beta, stake * (1 - high)));
}

/**
 * ln wealth of every bet: first those that larger scores go with treatment, in the order of the portfolio, then the opposite.
 *
 * That of disjoint sets of groups adds up; `designEvidence` makes the e-values of it.
 *
 * @param groups with what was predicted for them, outcomes being places of score bins from 0 to 1
 */
export function labelWealth(
  groups: readonly PredictedGroup[],
  { effects }: BetPortfolio,
): Float64Array {
  const wealth = new Float64Array(2 * effects.length);
  for (const group of groups) {
    const { low, high, counts, centre, deviation } = group;
    const bins = counts.length / 4;
    const weights = [-1 / (1 - low), -1 / (1 - high), 1 / low, 1 / high];
    for (let bin = 0; bin < bins; bin += 1) {
      const raw = (bin / (bins - 1) - centre) / deviation;
      const score = Math.max(-scoreMax, Math.min(raw, scoreMax));
      for (let row = 0; row < 4; row += 1) {
        const count = counts[row * bins + bin]!;
        if (count === 0) continue;
        const weight = weights[row]!;
        for (let j = 0; j < effects.length; j += 1) {
          const x = effects[j]! * score;
          wealth[j]! += count * Math.log1p(amount(x, group) * weight);
          wealth[effects.length + j]! += count * Math.log1p(amount(-x, group) * weight);
        }
      }
    }
  }
  return wealth;
}
