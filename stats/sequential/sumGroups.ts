/**
 * Sums over the groups of an experiment, of which all but the newest seldom change: taken up where nothing has changed.
 *
 * What groups hold is told by fingerprints of 64 bits. The sums are added in the groups' order, so that they have the same
 * bits whether they were taken up or begun anew.
 */
import type { PredictedGroup } from './predictGroups.ts';

/** Of one portfolio and one sequence of groups, from one call to the next. */
export interface SumsMemo {
  /** Two words a group, of as many groups as are known. */
  fingerprints: Int32Array;
  known: number;
  /** Groups in `sums`. */
  groups: number;
  /** As the caller lays them out. */
  sums: Float64Array;
}

export const emptyMemo = (): SumsMemo => ({
  fingerprints: new Int32Array(0),
  known: 0,
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
 * @param into takes the sums; what it held is overwritten
 * @param memo from the last call with the same `add`; it is brought up to date
 * @returns `into`
 */
export function sumGroups(
  groups: readonly PredictedGroup[],
  into: Float64Array,
  add: (sums: Float64Array, group: PredictedGroup) => void,
  memo: SumsMemo | undefined,
): Float64Array {
  into.fill(0);
  if (memo === undefined) {
    for (const group of groups) add(into, group);
    return into;
  }
  const unchanged = bringUpToDate(memo, groups);
  const isUsable = memo.groups > 0 && memo.groups <= unchanged && memo.sums.length === into.length;
  if (isUsable) into.set(memo.sums);
  // What has not changed since the last call probably will not until the next.
  const keep = Math.min(unchanged, groups.length - 1);
  if (!isUsable) memo.groups = 0;
  for (let i = memo.groups; i < groups.length; i += 1) {
    if (i === keep && i > memo.groups) remember(memo, into, i);
    add(into, groups[i]!);
  }
  return into;
}

/** @returns how many groups, from the first on, are as they were */
function bringUpToDate(memo: SumsMemo, groups: readonly PredictedGroup[]): number {
  if (memo.fingerprints.length < 2 * groups.length) {
    const grown = new Int32Array(2 * (groups.length + 1));
    grown.set(memo.fingerprints);
    memo.fingerprints = grown;
  }
  let unchanged = 0;
  for (let i = 0; i < groups.length; i += 1) {
    const at = 2 * i;
    const high = memo.fingerprints[at];
    const low = memo.fingerprints[at + 1];
    fingerprint(groups[i]!, memo.fingerprints, at);
    const isSame =
      i < memo.known && high === memo.fingerprints[at] && low === memo.fingerprints[at + 1];
    if (isSame && unchanged === i) unchanged = i + 1;
  }
  memo.known = groups.length;
  return unchanged;
}

function remember(memo: SumsMemo, sums: Float64Array, groups: number): void {
  if (memo.sums.length !== sums.length) memo.sums = new Float64Array(sums.length);
  memo.sums.set(sums);
  memo.groups = groups;
}
