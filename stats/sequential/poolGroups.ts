/**
 * Adds up groups whose bets are the same: their wealth is a function of the sum of their counts.
 *
 * Beliefs settle after the first periods, and they are on coarse steps, so that dozens of periods become a few groups.
 */
import type { PredictedGroup } from './predictGroups.ts';

/** @returns new groups in order of first appearance, each with the first of its periods; the input stays as it is */
export function poolGroups(groups: readonly PredictedGroup[]): PredictedGroup[] {
  const pooled: PredictedGroup[] = [];
  for (const group of groups) {
    const same = pooled.find(
      ({ low, high, centre, deviation }) =>
        low === group.low &&
        high === group.high &&
        centre === group.centre &&
        deviation === group.deviation,
    );
    if (same === undefined) pooled.push({ ...group, counts: group.counts.slice() });
    else for (let i = 0; i < same.counts.length; i += 1) same.counts[i]! += group.counts[i]!;
  }
  return pooled;
}
