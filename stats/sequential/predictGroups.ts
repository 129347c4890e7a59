/**
 * What is believed of the outcomes of each period before it: a function of the counts of earlier periods, nothing else.
 *
 * Nothing is stored for it, so that a replay of the counts gives the same bets. A wrong belief costs power, never validity;
 * where several are at hand, the average of their e-values (`lnAverage`) is one again.
 * The belief of a period may rest on outcomes that became complete only while it ran: they belong to units that were exposed
 * before, and where one unit's assignment does not change another's outcome they say nothing of the period's own.
 */
import { type DesignGroup, designRows } from './designCounts.ts';

export interface OutcomeBelief {
  /** Mean outcome, in [0, 1]. */
  readonly mean: number;
  /** Standard deviation of the outcome, > 0. */
  readonly deviation: number;
  /** Units that the belief is worth, > 0. */
  readonly weight: number;
}

/** Knows nothing, and bets little at first; a baseline of the metric is better. */
export const vagueBelief: OutcomeBelief = { mean: 0.5, deviation: 0.5, weight: 10 };

export interface PredictedGroup extends DesignGroup {
  /** From which outcomes are measured, in [0, 1]; constant within the group. */
  readonly centre: number;
  /** Predicted standard deviation of the outcome, > 0; constant within the group. */
  readonly deviation: number;
}

/** Means of the arms are drawn to the common one as by this many units. */
const shrinkage = 100;
/** Centres are multiples of 1 / 256 and deviations powers of 2^¼, so that tables of bets are shared between experiments. */
const centreSteps = 256;
const deviationSteps = 4;

/** Running sums over periods: arm 0 is control, arm 1 treatment. */
interface Seen {
  readonly units: [number, number];
  readonly sum: [number, number];
  squares: number;
}

function add(seen: Seen, { counts }: DesignGroup): void {
  const bins = counts.length / designRows;
  for (let row = 0; row < designRows; row += 1) {
    const arm = row >> 1;
    for (let bin = 0; bin < bins; bin += 1) {
      const count = counts[row * bins + bin]!;
      if (count === 0) continue;
      const outcome = bin / (bins - 1);
      seen.units[arm]! += count;
      seen.sum[arm]! += count * outcome;
      seen.squares += count * outcome * outcome;
    }
  }
}

function predict(group: DesignGroup, seen: Seen, belief: OutcomeBelief): PredictedGroup {
  const units = belief.weight + seen.units[0] + seen.units[1];
  const mean = (belief.weight * belief.mean + seen.sum[0] + seen.sum[1]) / units;
  const ofArm = (arm: 0 | 1): number =>
    (shrinkage * mean + seen.sum[arm]) / (shrinkage + seen.units[arm]);
  // Of all centres this one gives the estimator its smallest variance: the rarer arm's mean counts most.
  const probability = (group.low + group.high) / 2;
  const centre = (1 - probability) * ofArm(1) + probability * ofArm(0);
  const believed = belief.deviation * belief.deviation + belief.mean * belief.mean;
  const variance = (belief.weight * believed + seen.squares) / units - mean * mean;
  const octave = Math.round((deviationSteps / 2) * Math.log2(Math.max(variance, 1e-12)));
  // Written out: a spread takes ten times as long, and this is done for every period of every metric.
  const { period, low, high, counts } = group;
  return {
    period,
    low,
    high,
    counts,
    centre: Math.round(centre * centreSteps) / centreSteps,
    deviation: 2 ** (octave / deviationSteps),
  };
}

/**
 * Adds to each group what was predicted for it.
 *
 * @param groups ascending by period, as `designCounts` reads them
 * @param belief before the first period
 * @throws RangeError when the belief is outside its range
 */
export function predictGroups(
  groups: readonly DesignGroup[],
  belief: OutcomeBelief = vagueBelief,
): PredictedGroup[] {
  const { mean, deviation, weight } = belief;
  if (!(mean >= 0 && mean <= 1)) throw new RangeError(`mean: expected in [0, 1], got ${mean}`);
  if (!(deviation > 0)) throw new RangeError(`deviation: expected above 0, got ${deviation}`);
  if (!(weight > 0)) throw new RangeError(`weight: expected above 0, got ${weight}`);
  const seen: Seen = { units: [0, 0], sum: [0, 0], squares: 0 };
  const predicted: PredictedGroup[] = [];
  for (let from = 0; from < groups.length; ) {
    let to = from;
    while (to < groups.length && groups[to]!.period === groups[from]!.period) to += 1;
    for (let i = from; i < to; i += 1) predicted.push(predict(groups[i]!, seen, belief));
    for (let i = from; i < to; i += 1) add(seen, groups[i]!);
    from = to;
  }
  return predicted;
}
