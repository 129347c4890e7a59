/** The columns of a batch and the places in an event that fill them. */
import type { Columns } from '../../contracts/batch.ts';

/** A place in the tree of an event's keys; the root is the event itself. */
export interface PathNode {
  /** String column that takes the value, −1 for none. */
  codes: number;
  /** Number column that takes the value, −1 for none. */
  numbers: number;
  readonly children: Map<string, PathNode>;
}

export interface ColumnPlan {
  /** Names of the string columns: `type`, `user`, `item`, then those asked for. */
  readonly strings: readonly string[];
  /** Names of the number columns: `time`, `value`, then those asked for. */
  readonly numbers: readonly string[];
  readonly root: PathNode;
}

/** Positions in `ColumnPlan.strings`. */
export const typeColumn = 0;
export const userColumn = 1;
export const itemColumn = 2;
/** Positions in `ColumnPlan.numbers`. */
export const timeColumn = 0;
export const valueColumn = 1;

const names = ['id', 'type', 'user', 'item', 'session', 'decision'];
const figures = ['time', 'value'];

/** @throws RangeError when a path is empty or asks for text as number or the reverse */
export function planColumns(columns: Columns): ColumnPlan {
  const strings = [...new Set(['type', 'user', 'item', ...columns.strings])];
  const numbers = [...new Set([...figures, ...columns.numbers])];
  const root: PathNode = { codes: -1, numbers: -1, children: new Map() };
  for (const [slot, path] of strings.entries()) {
    if (figures.includes(path)) throw new RangeError(`strings: expected text, got ${path}`);
    nodeAt(root, path).codes = slot;
  }
  for (const [slot, path] of numbers.entries()) {
    if (names.includes(path)) throw new RangeError(`numbers: expected a number, got ${path}`);
    nodeAt(root, path).numbers = slot;
  }
  return { strings, numbers, root };
}

function nodeAt(root: PathNode, path: string): PathNode {
  let node = root;
  for (const key of path.split('.')) {
    if (key === '') throw new RangeError(`columns: expected keys joined by points, got '${path}'`);
    let child = node.children.get(key);
    if (child === undefined) {
      child = { codes: -1, numbers: -1, children: new Map() };
      node.children.set(key, child);
    }
    node = child;
  }
  return node;
}
