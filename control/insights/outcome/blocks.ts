/** The times that are compared: blocks of equal length on both sides of an acceptance. Pure. */

/** What was measured in one block. */
export interface Block {
  readonly mean: number;
  /** Rows in it. */
  readonly count: number;
}

export interface BlockPlan {
  /** Where before and after part, ms. */
  readonly at: number;
  readonly blockMs: number;
  /** On each side. */
  readonly blocks: number;
}

const dayMs = 86_400_000;
/** Of a horizon that is shorter than so many days. */
const daysMin = 3;
const partsOfShort = 6;

/**
 * Whole days, so that what differs from hour to hour is in all alike, and what differs from day to day is seen as variation; of a
 * horizon of less than three days, sixths of it.
 */
export function planBlocks(at: number, horizonMs: number): BlockPlan {
  const days = Math.floor(horizonMs / dayMs);
  return days >= daysMin
    ? { at, blockMs: dayMs, blocks: days }
    : { at, blockMs: horizonMs / partsOfShort, blocks: partsOfShort };
}

/** Ends of all that is compared, ms. */
export function spanOf({ at, blockMs, blocks }: BlockPlan): {
  readonly from: number;
  readonly to: number;
} {
  return { from: at - blocks * blockMs, to: at + blocks * blockMs };
}

/** @param index of the block, from −blocks to blocks − 1; below 0: before */
export function sidesOf(
  measured: ReadonlyMap<number, Block>,
  { blocks }: BlockPlan,
): { readonly before: readonly Block[]; readonly after: readonly Block[] } {
  const of = (from: number) =>
    Array.from({ length: blocks }, (_, i) => measured.get(from + i)).filter(
      (block) => block !== undefined && Number.isFinite(block.mean),
    ) as Block[];
  return { before: of(-blocks), after: of(0) };
}
