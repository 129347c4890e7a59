/** Families with few buckets: how these are divided among variants, and what probabilities that makes. */

/**
 * Ends of the variants' buckets, rounded to whole ones: variant i has those from the end before to its own.
 *
 * @param weights add up to 1
 *
 * @example
 * bucketEnds([0.5, 0.3, 0.2], 10); // [5, 8, 10]
 */
export function bucketEnds(weights: readonly number[], size: number): number[] {
  let sum = 0;
  return weights.map((weight, i) => {
    sum += weight;
    return i === weights.length - 1 ? size : Math.round(sum * size);
  });
}

/** Index of the variant whose buckets contain this one. */
export function variantAt(ends: readonly number[], bucket: number): number {
  let i = 0;
  while (bucket >= ends[i]!) i += 1;
  return i;
}

/** The share of the buckets that each variant has. */
export function bucketShares(ends: readonly number[], size: number): number[] {
  return ends.map((end, i) => (end - (ends[i - 1] ?? 0)) / size);
}

/** A share as a number of buckets, without the last digit's noise: 0.57 × 100 is 57, not 56.99999999999999. */
export function threshold(share: number, size: number): number {
  return Number((share * size).toFixed(6));
}
