/**
 * Sums over the groups of an experiment, of which all but the newest seldom change: taken up where nothing has changed.
 *
 * What groups hold is told by fingerprints of 64 bits. The sums are added in the groups' order, so that they have the same
 * bits whether they were taken up or begun anew.
 */
import type { PredictedGroup } from './predictGroups.ts';

/** Of one portfolio and one sequence of groups, from one call to the next. */
export interface SumsMemo {
  /** Two words a group. */
  fingerprints: Int32Array;
  /** Groups in `sums`. */
  groups: number;
  /** As the caller lays them out. */
  sums: Float64Array;
}

export const emptyMemo = (): SumsMemo => ({
  fingerprints: new Int32Array(0),
  groups: 0,
  sums: new Float64Array(0),
});

const words = new Int32Array(2);
const double = new Float64Array(words.buffer);

function fingerprint(group: PredictedGroup, into: Int32Array, at: number): void {
  let high = 0x2c1b3c6d;
  let low = 0x297a2d39;
  const absorb = (value: number) => {
    double[0] = value;
    high = Math.imul(high ^ words[0]!, 0x85ebca6b) + words[1]!;
    high ^= high >>> 15;
    low = Math.imul(low ^ words[1]!, 0xc2b2ae35) + words[0]!;
    low ^= low >>> 13;
  };
  const { period, low: from, high: to, centre, deviation, counts } = group;
  for (const value of [period, from, to, centre, deviation, counts.length]) absorb(value);
  for (let i = 0; i < counts.length; i += 1) {
    if (counts[i] === 0) continue;
    absorb(i);
    absorb(counts[i]!);
  }
  into[at] = high;
  into[at + 1] = low;
}

/**
 * Σ over groups of what `add` adds.
 *
 * @param length of the sums
 * @param memo   from the last call with the same `add`; it is brought up to date
 */
export function sumGroups(
  groups: readonly PredictedGroup[],
  length: number,
  add: (sums: Float64Array, group: PredictedGroup) => void,
  memo: SumsMemo | undefined,
): Float64Array {
  if (memo === undefined) {
    const sums = new Float64Array(length);
    for (const group of groups) add(sums, group);
    return sums;
  }
  const found = new Int32Array(2 * groups.length);
  for (let i = 0; i < groups.length; i += 1) fingerprint(groups[i]!, found, 2 * i);
  const known = memo.fingerprints;
  const comparable = Math.min(found.length, known.length);
  let same = 0;
  while (same < comparable && found[same] === known[same]) same += 1;
  const unchanged = same >> 1;
  const isUsable = memo.groups <= unchanged && memo.sums.length === length;
  const sums = isUsable ? memo.sums.slice() : new Float64Array(length);
  const from = isUsable ? memo.groups : 0;
  // What has not changed since the last call probably will not until the next.
  const keep = Math.min(unchanged, groups.length - 1);
  for (let i = from; i < groups.length; i += 1) {
    if (i === keep && keep > 0) remember(memo, sums, i);
    add(sums, groups[i]!);
  }
  if (!isUsable && keep <= 0) remember(memo, new Float64Array(length), 0);
  memo.fingerprints = found;
  return sums;
}

function remember(memo: SumsMemo, sums: Float64Array, groups: number): void {
  memo.sums = sums.slice();
  memo.groups = groups;
}
