/**
 * Which segments may be shown: small groups of people are not, nor what would let them be computed.
 *
 * A value of a segment with fewer than ten units in an arm is left out. If it is the only one of its name, it would follow
 * from the whole less the others, so the next smallest is left out too.
 */

export const groupLeast = 10;

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

export function segmentGroups(sizes: readonly SegmentSize[]): SegmentGroups {
  const suppressed = new Set<string>();
  const names = new Map<string, SegmentSize[]>();
  for (const size of sizes) {
    const name = size.segment.slice(0, size.segment.indexOf('='));
    names.set(name, [...(names.get(name) ?? []), size]);
  }
  for (const values of names.values()) {
    const small = values.filter(({ units }) => Math.min(...units) < groupLeast);
    for (const { segment } of small) suppressed.add(segment);
    if (small.length !== 1) continue;
    const [next] = values
      .filter((each) => each !== small[0])
      .sort((a, b) => total(a) - total(b) || (a.segment < b.segment ? -1 : 1));
    if (next !== undefined) suppressed.add(next.segment);
  }
  const all = sizes.map(({ segment }) => segment).sort();
  return {
    shown: all.filter((segment) => !suppressed.has(segment)),
    suppressed: all.filter((segment) => suppressed.has(segment)),
  };
}

function total({ units }: SegmentSize): number {
  return units.reduce((sum, each) => sum + each, 0);
}
