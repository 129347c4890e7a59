/** The design-based mixture on yes-or-no outcomes, as an experiment of the planner's benchmark plays it: with the planned belief. */
import { betPortfolio } from '../../stats/sequential/betPortfolio.ts';
import { designRows } from '../../stats/sequential/designCounts.ts';
import { designEvidence, designWealth } from '../../stats/sequential/designMixture.ts';
import type { PredictedGroup } from '../../stats/sequential/predictGroups.ts';
import type { PlannedExperiment } from './plannedExperiments.ts';

export const portfolio = betPortfolio();
const bins = 2;

/** The hooks of an experiment that is judged by bets. */
export function designBets(
  rate: number,
  alpha: number,
): Pick<PlannedExperiment, 'excludes' | 'reset' | 'take'> {
  const deviation = Math.sqrt(rate * (1 - rate));
  const threshold = Math.log(1 / alpha);
  /** By split. */
  const groups = new Map<number, PredictedGroup>();
  return {
    reset: () => {
      for (const { counts } of groups.values()) counts.fill(0);
    },
    take: (treated, unit, share) => {
      let group = groups.get(share);
      if (group === undefined) {
        const counts = new Float64Array(designRows * bins);
        group = { period: 0, low: share, high: share, counts, centre: rate, deviation };
        groups.set(share, group);
      }
      group.counts[(treated ? 2 * bins : 0) + unit[0]!]! += 1;
    },
    excludes: () =>
      designEvidence(designWealth([...groups.values()], portfolio), portfolio).either >= threshold,
  };
}
