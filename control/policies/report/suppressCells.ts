/**
 * Which cells of a table must not be shown: groups of too few people, and as many others as keep them from being computed.
 *
 * The totals of columns are known. A column that lacks one cell would give it away by subtraction, and one that lacks only small
 * groups would give away their sum: so a column with a hidden cell has at least two, of which one is large, the smallest that is.
 *
 * Source: Cox 1980, "Suppression methodology and statistical disclosure control" (complementary suppression).
 */
export interface Cell {
  readonly column: string;
  readonly users: number;
}

/**
 * @param least smallest group that may be shown
 * @returns for each cell whether it is hidden
 *
 * @example
 * suppressCells([{ column: 'a', users: 3 }, { column: 'a', users: 40 }, { column: 'a', users: 60 }], 10);
 * // [true, true, false]
 */
export function suppressCells(cells: readonly Cell[], least: number): boolean[] {
  const hidden = cells.map(({ users }) => users < least);
  const columns = new Map<string, number[]>();
  cells.forEach(({ column }, i) => {
    columns.set(column, [...(columns.get(column) ?? []), i]);
  });
  for (const places of columns.values()) {
    if (!places.some((i) => hidden[i])) continue;
    let smallest = -1;
    for (const i of places) {
      if (hidden[i]) continue;
      if (smallest < 0 || cells[i]!.users < cells[smallest]!.users) smallest = i;
    }
    if (smallest >= 0) hidden[smallest] = true;
  }
  return hidden;
}
