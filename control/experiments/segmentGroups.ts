/**
 * Which segments may be shown: small groups of people are not, nor what would let them be computed.
 *
 * A value of a segment with too few units in an arm is left out. The values of a name that are left out follow, as one, from each arm
 * less the values that are shown: so they must have enough units in each arm together, and where they have not, the next smallest
 * is left out too.
 */
import { groupMinDefault } from '../../contracts/groupMin.ts';

export interface SegmentSize {
  /** `name=value`. */
  readonly segment: string;
  /** Units of each arm. */
  readonly units: readonly number[];
}

export interface SegmentGroups {
  /** Ascending by name. */
  readonly shown: readonly string[];
  readonly suppressed: readonly string[];
}

/** @param least units in each arm */
export function segmentGroups(
  sizes: readonly SegmentSize[],
  least: number = groupMinDefault,
): SegmentGroups {
  const suppressed = new Set<string>();
  const names = new Map<string, SegmentSize[]>();
  for (const size of sizes) {
    const name = size.segment.slice(0, size.segment.indexOf('='));
    names.set(name, [...(names.get(name) ?? []), size]);
  }
  for (const values of names.values()) {
    const ascending = values.toSorted(
      (a, b) => total(a) - total(b) || (a.segment < b.segment ? -1 : 1),
    );
    const hidden = ascending.filter(({ units }) => Math.min(...units) < least);
    for (const each of ascending) {
      if (hidden.length === 0 || isEnough(hidden, least)) break;
      if (!hidden.includes(each)) hidden.push(each);
    }
    for (const { segment } of hidden) suppressed.add(segment);
  }
  const all = sizes.map(({ segment }) => segment).sort();
  return {
    shown: all.filter((segment) => !suppressed.has(segment)),
    suppressed: all.filter((segment) => suppressed.has(segment)),
  };
}

function isEnough(hidden: readonly SegmentSize[], least: number): boolean {
  const arms = hidden[0]!.units.length;
  return Array.from({ length: arms }, (_, arm) =>
    hidden.reduce((sum, { units }) => sum + units[arm]!, 0),
  ).every((units) => units >= least);
}

function total({ units }: SegmentSize): number {
  return units.reduce((sum, each) => sum + each, 0);
}
