/**
 * What each action earns over time: its mean reward with interval, one panel an action, all on one scale.
 *
 * By inverse probability: as if everybody had got the action, whoever was given it. The dashed line is what the control earns.
 */
import type { EChartsOption } from 'echarts';
import { formatValue } from '../format/numbers.ts';
import type { ActionCourse } from '../personalization/courses.ts';
import { charts as words } from '../words/personalization.ts';
import { messages } from '../words/shell.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { type Extent, niceExtent } from './niceExtent.ts';
import { overlaysOf, type TimeLayer } from './timeLayer.ts';
import { panelsHeight, timePanels } from './timePanels.ts';

/** Columns of each action: mean, from, width, to. */
const own = 4;

export function worthTable(courses: readonly ActionCourse[]): ChartTable {
  const times = courses[0]?.points.map(({ at }) => at) ?? [];
  return {
    columns: [
      { label: messages.charts.time, kind: 'time' },
      ...courses.flatMap(
        ({ name }) =>
          [
            { label: name, kind: 'value' },
            { label: words.from(name), kind: 'value' },
            { label: words.width(name), kind: 'value', silent: true },
            { label: words.to(name), kind: 'value' },
          ] as const,
      ),
    ],
    rows: times.map((time, i) => [
      time,
      ...courses.flatMap(({ points }) => {
        const { mean = null, low = null, high = null } = points[i] ?? {};
        return [mean, low, low === null || high === null ? null : high - low, high];
      }),
    ]),
  };
}

const plotPx = 58;

export function worthHeight(actions: number): number {
  return panelsHeight(Array(Math.max(3, actions)).fill({ heightPx: plotPx }), true);
}

/** Part of the ends of intervals, at each side, that may be cut off: those of steps with few decisions. */
const cutPart = 0.1;

/** Around all estimates and most of the intervals. */
function extentOf(table: ChartTable, control: number | null): Extent {
  const column = (offset: number) =>
    table.rows.flatMap((row) =>
      row.flatMap((value, i) =>
        // A column of words has no figures.
        i > 0 && table.columns[i]?.names === undefined && (i - 1) % own === offset && value !== null
          ? [value]
          : [],
      ),
    );
  const [means, lows, highs] = [column(0), column(1).sort(ascending), column(3).sort(ascending)];
  const low = lows[Math.floor(cutPart * lows.length)];
  const high = highs[Math.ceil((1 - cutPart) * highs.length) - 1];
  const seen = [...means, low, high, control].filter((value) => value != null);
  return seen.length === 0
    ? niceExtent(0, 1, 3)
    : niceExtent(Math.min(...seen), Math.max(...seen), 3, 0.01);
}

const ascending = (a: number, b: number) => a - b;

/** @param context.control mean reward of the held-out; null when nothing is known of it */
export function worthCourse(
  table: ChartTable,
  look: ChartLook,
  {
    courses,
    control,
  }: {
    readonly courses: readonly ActionCourse[];
    readonly control: number | null;
  },
  layer?: TimeLayer,
): EChartsOption {
  const extent = extentOf(table, control);
  const panels = courses.map(({ name, color, points }, i) => {
    const column = 1 + own * i;
    // Its word stands where the line is not.
    const below = (points.findLast(({ mean }) => mean !== null)?.mean ?? 0) >= (control ?? 0);
    return {
      title: name,
      kind: 'value',
      heightPx: plotPx,
      fromZero: false,
      extent,
      tick: formatValue,
      series: [{ column, mark: 'line', color, band: [column + 1, column + 2] }],
      rules:
        control === null ? [] : [{ value: control, label: i === 0 ? words.control : '', below }],
    } as const;
  });
  return timePanels(table, panels, look, ...overlaysOf(layer, look));
}
