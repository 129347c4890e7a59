/**
 * What each action earns over time: its mean reward with interval, one panel an action, all on one scale.
 *
 * By inverse probability: as if everybody had got the action, whoever was given it. The dashed line is what the control earns.
 */
import type { EChartsOption } from 'echarts';
import { formatValue } from '../format/numbers.ts';
import { messages } from '../messages.ts';
import type { ActionCourse } from '../personalization/courses.ts';
import { charts as words } from '../personalization/words.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { type Extent, niceExtent, settledBounds } from './niceExtent.ts';
import type { Flag } from './overlays.ts';
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

function extentOf(table: ChartTable, control: number | null): Extent {
  const values = table.rows.map((row) => row.slice(1).filter((_, column) => column % own !== 2));
  const [low, high] = settledBounds(values, control === null ? [] : [control]);
  return niceExtent(low, high, 2, 0.01);
}

/** @param context.control mean reward of the held-out; null when nothing is known of it */
export function worthCourse(
  table: ChartTable,
  look: ChartLook,
  {
    courses,
    flags,
    control,
  }: {
    readonly courses: readonly ActionCourse[];
    readonly flags: readonly Flag[];
    readonly control: number | null;
  },
): EChartsOption {
  const extent = extentOf(table, control);
  const panels = courses.map(({ name, color }, i) => {
    const column = 1 + own * i;
    return {
      title: name,
      kind: 'value',
      heightPx: plotPx,
      fromZero: false,
      extent,
      tick: formatValue,
      series: [{ column, mark: 'line', color, band: [column + 1, column + 2] }],
      rules:
        control === null
          ? []
          : [{ value: control, label: i === 0 ? words.control : '', start: true }],
    } as const;
  });
  return timePanels(table, panels, look, flags);
}
