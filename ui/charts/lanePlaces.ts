/** Where lanes lie in the timeline of alerts, and in which of its rows each capsule. */
import type { ChartTable } from './chartTable.ts';
import { type Bar, laneLayout } from './laneLayout.ts';
import { laneColumns } from './lanesTable.ts';

export const leftPx = 124;
export const compactLeftPx = 2;
export const rightPx = 26;
/** The lane of flags and names of days. */
export const topPx = 24;
const axisPx = 26;
export const lanePadPx = 8;
const laneLeastPx = 38;
/** On telephones a lane has its name above it. */
export const nameRowPx = 18;
const emptyLanePx = 26;
/** What a capsule needs to be seen, and how wide a plot usually is, px. */
export const leastPx = 10;
const usualPx = { wide: 1_000, compact: 330 };

export interface LanesShown {
  /** The time shown, ms since 1970; what is open ends with it. */
  readonly window: { readonly from: number; readonly to: number };
  /** Numbers of the lanes that are shown. */
  readonly lanes: readonly number[];
}

/** Many rows are low ones. */
function rowPx(rows: number): number {
  if (rows <= 3) return 20;
  return rows <= 8 ? 13 : 8;
}

export function lanePlaces(table: ChartTable, { window, lanes }: LanesShown, compact: boolean) {
  const span = Math.max(1, window.to - window.from);
  const leastMs = (span * leastPx) / (compact ? usualPx.compact : usualPx.wide);
  const bars: Bar[] = table.rows.map((row) => ({
    lane: lanes.indexOf(row[laneColumns.lane] ?? -1),
    from: row[laneColumns.since] ?? 0,
    to: row[laneColumns.until] ?? window.to,
  }));
  const layout = laneLayout(bars, lanes.length, leastMs);
  let y = topPx;
  const tops = layout.rows.map((rows, lane) => {
    const isEmpty = !bars.some((bar) => bar.lane === lane);
    // On telephones the name of an empty lane is all of it.
    const inner =
      compact && isEmpty ? 0 : Math.max(rows * rowPx(rows), laneLeastPx - 2 * lanePadPx);
    const heightPx =
      compact && isEmpty ? emptyLanePx : inner + 2 * lanePadPx + (compact ? nameRowPx : 0);
    const placed = { top: y, heightPx, rowPx: rowPx(rows), rows };
    y += heightPx;
    return placed;
  });
  return { ...layout, tops, bottom: y };
}

export function lanesHeight(table: ChartTable, context: LanesShown, compact: boolean): number {
  return lanePlaces(table, context, compact).bottom + axisPx;
}
