/** Bars in lanes: those that overlap in time stand beneath each other, in as few rows as that takes. */

export interface Bar {
  readonly lane: number;
  readonly from: number;
  readonly to: number;
}

export interface LaneLayout {
  /** Row of each bar within its lane. */
  readonly rowOf: readonly number[];
  /** Rows of each lane, at least 1. */
  readonly rows: readonly number[];
}

/** Rows that a lane has at most: what needs more shares the last. */
export const rowsMax = 24;

/**
 * The first row that is free, in order of beginning: as few rows as bars overlap at any one time.
 *
 * @param leastMs how much of the time a bar needs to be seen, however short it is
 *
 * @example
 * laneLayout([{ lane: 0, from: 0, to: 5 }, { lane: 0, from: 3, to: 9 }], 1, 1); // rowOf [0, 1], rows [2]
 */
export function laneLayout(bars: readonly Bar[], lanes: number, leastMs: number): LaneLayout {
  const ends: number[][] = Array.from({ length: lanes }, () => []);
  const rowOf = new Array<number>(bars.length).fill(0);
  const order = bars.map((_, i) => i).sort((a, b) => bars[a]!.from - bars[b]!.from || a - b);
  for (const i of order) {
    const { lane, from, to } = bars[i]!;
    const rows = ends[lane];
    if (rows === undefined) continue;
    const end = Math.max(to, from + leastMs);
    const free = rows.findIndex((taken) => taken <= from);
    const row = free >= 0 ? free : Math.min(rows.length, rowsMax - 1);
    rows[row] = Math.max(end, rows[row] ?? end);
    rowOf[i] = row;
  }
  return { rowOf, rows: ends.map((rows) => Math.max(1, rows.length)) };
}
