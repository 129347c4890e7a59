/**
 * Families that draw traffic and variant from one number: with which probability a unit has which variant, counted
 * bucket by bucket.
 *
 * The weights do not tell: among those whom a stage newly takes in the variants may have other shares, down to none.
 */

export interface OneNumber {
  /** Number of buckets, all as likely. */
  readonly size: number;
  /** Number of variants in each stage. */
  readonly variants: readonly number[];
  /** Index of the variant that a bucket has in a stage, −1 for none. */
  place(bucket: number, stage: number): number;
}

/**
 * Of each stage, the share of each variant among the buckets that have one in it.
 *
 * @param sticky counts only the buckets that no earlier stage has placed: those whose units belong to the stage
 */
export function placedShares({ size, variants, place }: OneNumber, sticky: boolean): number[][] {
  const isPlaced = new Uint8Array(size);
  return variants.map((count, stage) => {
    const counts = new Array<number>(count).fill(0);
    let total = 0;
    for (let bucket = 0; bucket < size; bucket += 1) {
      if (sticky && isPlaced[bucket] === 1) continue;
      const variant = place(bucket, stage);
      if (variant < 0) continue;
      isPlaced[bucket] = 1;
      counts[variant]! += 1;
      total += 1;
    }
    return counts.map((each) => (total === 0 ? 0 : each / total));
  });
}
