/** A table beside which stands what the same figures were in the range before. */
import { messages } from '../words/shell.ts';
import type { ChartTable } from './chartTable.ts';

export interface Before {
  readonly table: ChartTable;
  /** How long before, ms. */
  readonly shiftMs: number;
  /** Columns that are compared, from 1. */
  readonly columns: readonly number[];
}

/**
 * With a column for each that is compared, behind all others: the figure of the nearest instant that lies `shiftMs` before,
 * and none where there is no such instant within a step. As it was when nothing is known of the time before.
 */
export function withBefore(
  table: ChartTable,
  { table: before, shiftMs, columns }: Before,
): ChartTable {
  const tolerance = Math.max(stepOf(table), stepOf(before));
  const matched = table.rows.map((row) => nearest(before, (row[0] ?? 0) - shiftMs, tolerance));
  const known = columns.filter((column) => matched.some((row) => row?.[column] != null));
  return {
    columns: [
      ...table.columns,
      ...known.flatMap((column) => {
        const own = table.columns[column];
        if (own === undefined) return [];
        return { label: messages.charts.before(own.label), kind: own.kind, before: column };
      }),
    ],
    rows: table.rows.map((row, i) => [
      ...row,
      ...known.map((column) => matched[i]?.[column] ?? null),
    ]),
  };
}

/** Mean distance of two instants. */
function stepOf({ rows }: ChartTable): number {
  const [first = 0, last = 0] = [rows[0]?.[0] ?? 0, rows.at(-1)?.[0] ?? 0];
  return rows.length > 1 ? (last - first) / (rows.length - 1) : 0;
}

function nearest({ rows }: ChartTable, time: number, tolerance: number) {
  let found: ChartTable['rows'][number] | undefined;
  let least = tolerance / 2 + 1;
  for (const row of rows) {
    const apart = Math.abs((row[0] ?? 0) - time);
    if (apart < least) [found, least] = [row, apart];
  }
  return found;
}
