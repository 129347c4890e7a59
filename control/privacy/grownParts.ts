/**
 * Whether a figure that adds up since its beginning may be told anew: what came since it was told last must be of enough people, in
 * every part that is told.
 *
 * A figure that grows, told in such steps, is a partition of time into blocks: two looks differ by whole blocks, and so by no small
 * group. Between two steps the answer stays as it was.
 *
 * Source: as {@link timeBlocks}.
 */

/** One part of what is told. */
export interface GrownPart {
  /** Units so far; they only become more. */
  readonly people: number;
  /** What is told of them, to see whether anything changed without another person. */
  readonly figures: string;
}

/** By name. A part that is not there has nobody yet. */
export type GrownParts = ReadonlyMap<string, GrownPart>;

const nobody: GrownPart = { people: 0, figures: '' };

/**
 * @param before as it was told last; empty: nothing was
 * @param after  as it is
 * @returns whether each part has grown by nobody, or by enough, and at least one has grown
 *
 * @example
 * // Arms of 40 and 52 units, told when they were 30 and 40, with k = 10: true. Told at 30 and 45: false.
 */
export function hasGrown(before: GrownParts, after: GrownParts, least: number): boolean {
  let grew = false;
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name) ?? nobody, after.get(name) ?? nobody];
    const growth = is.people - was.people;
    if (growth === 0 && is.people > 0 && is.figures !== was.figures) return false;
    if (growth !== 0 && growth < least) return false;
    grew ||= growth > 0;
  }
  return grew;
}
