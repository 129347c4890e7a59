/**
 * Cuts a day into blocks of time of which each has enough people: what is told of a time is told of whole blocks.
 *
 * A block begins where the one before ends, and ends as soon as it has enough people, so it is as fine as the data allow: a minute
 * in busy hours, some hours in a quiet night. What is left at the end of the day joins the last block. Since blocks are disjoint,
 * whatever is computed by adding and subtracting figures of them is of whole blocks again, and so of enough people: no other
 * cells have to be withheld to keep a small one from being computed, and none is released twice in two shapes.
 *
 * Blocks are cut in the order of time and never change once they are told, so that nothing follows from looking twice either:
 * a block is told when the next one is complete as well, or the day over, because what is left may yet join it.
 *
 * Source: Defays & Nanopoulos 1993 (microaggregation: groups of at least k in the place of cells), here along time.
 */
import { type People, PeopleUnion } from './people.ts';

/** Half-open, ms since 1970. */
export interface TimeBlock {
  readonly start: number;
  readonly end: number;
}

export interface TimeCell extends TimeBlock {
  readonly people: People;
}

export interface DayOfBlocks {
  readonly blocks: readonly TimeBlock[];
  /** The first instant that no block tells of, among those with cells: undefined when all are told. */
  readonly untoldFrom: number | undefined;
}

/**
 * @param cells  of one day, ascending and disjoint; none of them will change
 * @param least  smallest group that may be told of
 * @param isOver whether these are all cells that the day will have
 *
 * @example
 * // Minutes with 4, 8, 3 and 20 users, all different, and k = 10, when the day is over:
 * // [0, 2) has 12 users, [2, 4) has 23.
 */
export function timeBlocks(
  cells: readonly TimeCell[],
  least: number,
  isOver: boolean,
): DayOfBlocks {
  const blocks: TimeBlock[] = [];
  let union = new PeopleUnion();
  let start: number | undefined;
  for (const cell of cells) {
    start ??= cell.start;
    union.add(cell.people);
    if (union.count < least) continue;
    blocks.push({ start, end: cell.end });
    start = undefined;
    union = new PeopleUnion();
  }
  const last = blocks.pop();
  if (last === undefined) return { blocks, untoldFrom: start };
  if (!isOver) return { blocks, untoldFrom: last.start };
  blocks.push({ start: last.start, end: cells.at(-1)!.end });
  return { blocks, untoldFrom: undefined };
}
