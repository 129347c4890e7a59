/** The labels of a reference by score bin, as a list to be kept with a model and given to a monitor of it. */
import { binScore, scoreBins } from '../scoreBins.ts';
import type { EstimatedPerformanceState } from './estimatedPerformance.ts';

/** Bin, ones and zeros of each bin that has labels. */
export type ReferenceCounts = [bin: number, ones: number, zeros: number][];

/**
 * The reference of a state, and the labels that have come in its window: what is the reference of windows to come.
 *
 * @example
 * referenceOf(state); // such as [[250, 3, 4], [251, 2, 2]]
 */
export function referenceOf({ reference, realised }: EstimatedPerformanceState): ReferenceCounts {
  const counts: ReferenceCounts = [];
  for (let at = 0; at < scoreBins; at += 1) {
    const ones = reference.positives[at]! + realised.positives[at]!;
    const zeros = reference.negatives[at]! + realised.negatives[at]!;
    if (ones + zeros > 0) counts.push([at, ones, zeros]);
  }
  return counts;
}

/** Adds a kept reference to a state's own; its predictions count as the middle of their bins. */
export function addReference(
  { reference, referencePredicted }: EstimatedPerformanceState,
  counts: ReferenceCounts,
): void {
  for (const [at, ones, zeros] of counts) {
    reference.positives[at]! += ones;
    reference.negatives[at]! += zeros;
    referencePredicted[at]! += (ones + zeros) * binScore(at);
  }
}
