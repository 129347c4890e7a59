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
    let group = groups.find((each) => each.period === period && each.low === probability);
    if (group === undefined) {
      const counts = new Float64Array(4 * bins);
      group = { period, low: probability, high: probability, counts };
      groups.push(group);
    }
    addBins(tallies, group.counts, from);
  };
  for (const cell of control) add(cell, 0);
  for (const cell of treatment) add(cell, 2 * bins);
  return groups.sort((a, b) => a.period - b.period || a.low - b.low);
}

/** Units of one stage. */
interface StagedUnits {
  readonly stage: number;
  readonly units: number;
}

/**
 * Information of two arms: Σ over units of π (1 − π), which is n_t n_c / (n_t + n_c) in expectation.
 *
 * Units are added up before they are weighed, stages in their order, so that the order of the parts leaves no trace.
 */
export function pairsOf(
  parts: Iterable<StagedUnits>,
  probabilities: ReadonlyMap<number, number>,
): number {
  const units = new Map<number, number>();
  for (const part of parts) units.set(part.stage, (units.get(part.stage) ?? 0) + part.units);
  let pairs = 0;
  for (const [stage, probability] of probabilities) {
    pairs += (units.get(stage) ?? 0) * probability * (1 - probability);
  }
  return pairs;
}
