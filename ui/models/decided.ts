/** What a threshold does, in counts of cases. */
import type { ModelPerformance } from '../../contracts/performanceApi.ts';

export type Decided = ModelPerformance['thresholds'][number];

/** The row of the sweep that is nearest. */
export function decidedAt(sweep: readonly Decided[], threshold: number): Decided | undefined {
  let nearest = sweep[0];
  for (const each of sweep) {
    const distance = Math.abs(each.threshold - threshold);
    if (nearest === undefined || distance < Math.abs(nearest.threshold - threshold)) nearest = each;
  }
  return nearest;
}

export function flaggedOf({ truePositives, falsePositives }: Decided): number {
  return truePositives + falsePositives;
}

/** null when nothing is flagged. */
export function precisionOf(decided: Decided): number | null {
  const flagged = flaggedOf(decided);
  return flagged === 0 ? null : decided.truePositives / flagged;
}

/** null when nothing came true. */
export function recallOf({ truePositives, falseNegatives }: Decided): number | null {
  const ones = truePositives + falseNegatives;
  return ones === 0 ? null : truePositives / ones;
}
