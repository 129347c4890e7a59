/** The engine's own design-based test, as an experiment of the planner's benchmark plays it: with its periods and its belief. */
import { engineBets } from '../../control/experiments/compareByDesign.ts';
import { randomState, uniform } from '../../stats/random.ts';
import { type DesignGroup, designRows } from '../../stats/sequential/designCounts.ts';
import { designEvidence, designWealth } from '../../stats/sequential/designMixture.ts';
import { periodOf } from '../../stats/sequential/periodOf.ts';
import { type OutcomeBelief, predictGroups } from '../../stats/sequential/predictGroups.ts';
import { quickWealth } from '../../stats/sequential/quickWealth.ts';
import { roundToGrid } from '../../stats/sequential/roundToGrid.ts';
import { emptyMemo, type SumsMemo } from '../../stats/sequential/sumGroups.ts';
import type { PlannedExperiment } from './plannedExperiments.ts';

const dayMs = 86_400_000;
const wealthOf = quickWealth(designWealth);

export interface BetOptions {
  readonly alpha: number;
  /** Where outcomes are in [0, 1]. */
  readonly belief: OutcomeBelief;
  /** Least and largest outcome: of the grid. */
  readonly cap: readonly [number, number];
  /** Of the grid, as the engine has it: 2 for a yes or no, 64 otherwise. */
  readonly bins: number;
}

/** The hooks of an experiment that is judged by bets. */
export function designBets({
  alpha,
  belief,
  cap: [least, largest],
  bins,
}: BetOptions): Pick<PlannedExperiment, 'excludes' | 'reset' | 'take'> {
  const threshold = Math.log(1 / alpha);
  const rounding = randomState(99);
  /** Ascending by period, then by split. */
  let groups: DesignGroup[] = [];
  let memo: SumsMemo = emptyMemo();
  const groupOf = (period: number, share: number): DesignGroup => {
    const known = groups.find((group) => group.period === period && group.low === share);
    if (known !== undefined) return known;
    const counts = new Float64Array(designRows * bins);
    const group = { period, low: share, high: share, counts };
    groups.push(group);
    groups.sort((a, b) => a.period - b.period || a.low - b.low);
    return group;
  };
  return {
    reset: () => {
      groups = [];
      memo = emptyMemo();
    },
    take: (treated, unit, share, day) => {
      const place = Math.min(1, Math.max(0, (unit[0]! - least) / (largest - least)));
      const bin = bins === 2 ? place : roundToGrid(place, bins, uniform(rounding));
      const { counts } = groupOf(periodOf(day * dayMs), share);
      counts[(treated ? 2 * bins : 0) + bin]! += 1;
    },
    excludes: () => {
      const wealth = wealthOf(predictGroups(groups, belief), engineBets, memo);
      return designEvidence(wealth, engineBets).either >= threshold;
    },
  };
}
