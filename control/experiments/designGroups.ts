/** Two arms' counts as the groups that exact tests take: by period of the bets and probability of the treatment. */
import type { DesignGroup } from '../../stats/sequential/designCounts.ts';
import { addBins, type OutcomeCell } from './experimentCounts.ts';

/** Arrays of counts that are filled again and again, by their length. */
const spare = new Map<number, Float64Array[]>();

/** @param place of the group among those of one call */
function zeros(length: number, place: number): Float64Array {
  let arrays = spare.get(length);
  if (arrays === undefined) {
    arrays = [];
    spare.set(length, arrays);
  }
  const known = arrays[place];
  if (known !== undefined) return known.fill(0);
  const made = new Float64Array(length);
  arrays.push(made);
  return made;
}

/**
 * @param probabilities of the treatment, by number of the stage; cells of other stages are left out
 * @returns ascending by period, then by probability; their counts hold until the next call
 */
export function designGroups(
  control: readonly OutcomeCell[],
  treatment: readonly OutcomeCell[],
  probabilities: ReadonlyMap<number, number>,
  bins: number,
): DesignGroup[] {
  const groups: DesignGroup[] = [];
  addArm(groups, control, 0, probabilities, bins);
  addArm(groups, treatment, 2 * bins, probabilities, bins);
  return groups.length > 1 ? groups.sort((a, b) => a.period - b.period || a.low - b.low) : groups;
}

function addArm(
  groups: DesignGroup[],
  cells: readonly OutcomeCell[],
  from: number,
  probabilities: ReadonlyMap<number, number>,
  bins: number,
): void {
  for (const { stage, period, tallies } of cells) {
    const probability = probabilities.get(stage);
    if (probability === undefined) continue;
    let group = groups.find((each) => each.period === period && each.low === probability);
    if (group === undefined) {
      const counts = zeros(4 * bins, groups.length);
      group = { period, low: probability, high: probability, counts };
      groups.push(group);
    }
    addBins(tallies, group.counts, from);
  }
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
