/** Two arms' counts as the groups that exact tests take: by period of the bets and probability of the treatment. */
import type { DesignGroup } from '../../stats/sequential/designCounts.ts';
import { addBins, type OutcomeCell } from './experimentCounts.ts';

/**
 * @param probabilities of the treatment, by number of the stage; cells of other stages are left out
 * @returns ascending by period, then by probability
 */
export function designGroups(
  control: readonly OutcomeCell[],
  treatment: readonly OutcomeCell[],
  probabilities: ReadonlyMap<number, number>,
  bins: number,
): DesignGroup[] {
  const groups: DesignGroup[] = [];
  const add = ({ stage, period, tallies }: OutcomeCell, from: number) => {
    const probability = probabilities.get(stage);
    if (probability === undefined) return;
    let group = groups.find((each) => each.stage === period && each.low === probability);
    if (group === undefined) {
      const counts = new Float64Array(4 * bins);
      group = { stage: period, low: probability, high: probability, counts };
      groups.push(group);
    }
    addBins(tallies, group.counts, from);
  };
  for (const cell of control) add(cell, 0);
  for (const cell of treatment) add(cell, 2 * bins);
  return groups.sort((a, b) => a.stage - b.stage || a.low - b.low);
}
