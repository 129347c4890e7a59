/** What lies over every axis of time of a page: what happened, numbered, and days that were unlike others. */
import { messages } from '../words/shell.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import type { Flag, Span } from './overlays.ts';

export interface LayerItem {
  /** ms since 1970. */
  readonly at: number;
  /** From 1, the same in all charts of a page and in the list beneath them. */
  readonly number: number;
  readonly sentence: string;
}

export interface LayerDay {
  /** ms since 1970. */
  readonly from: number;
  readonly to: number | null;
  readonly label: string;
}

export interface TimeLayer {
  readonly items: readonly LayerItem[];
  readonly days: readonly LayerDay[];
}

export function flagsOf({ items }: TimeLayer): Flag[] {
  return items.map(({ at, number }) => ({ at, label: String(number) }));
}

/** Days as bands, muted: they explain, and are not what is looked at. */
export function spansOf({ days }: TimeLayer, look: ChartLook): Span[] {
  return days.map((day) => ({ ...day, color: look.muted }));
}

/** Flags and spans for `timePanels`; without a layer there is no lane for flags. */
export function overlaysOf(
  layer: TimeLayer | undefined,
  look: ChartLook,
): readonly [flags: Flag[] | undefined, spans: Span[]] {
  return layer === undefined ? [undefined, []] : [flagsOf(layer), spansOf(layer, look)];
}

/** With a last column that says what happened in the step of each row; as it was when nothing did. */
export function withHappened(table: ChartTable, { items, days }: TimeLayer): ChartTable {
  const times = table.rows.map((row) => row[0] ?? 0);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return table;
  const texts = times.map((): string[] => []);
  for (const { at, number, sentence } of items) {
    if (at > last) continue;
    const row = Math.max(
      0,
      times.findLastIndex((time) => time <= at),
    );
    // Shortly before the first point, as flags are drawn.
    if (row > 0 || at >= first - 0.1 * (last - first)) texts[row]?.push(`${number} ${sentence}`);
  }
  times.forEach((time, row) => {
    const of = days.filter(({ from, to }) => from <= time && time < (to ?? Infinity));
    texts[row]?.push(...of.map(({ label }) => label));
  });
  const names = texts.map((of) => of.join(' '));
  if (names.every((name) => name === '')) return table;
  return {
    columns: [
      ...table.columns,
      { label: messages.charts.happened, kind: 'count', names, sparse: true },
    ],
    rows: table.rows.map((row, i) => [...row, names[i] === '' ? null : i]),
  };
}
