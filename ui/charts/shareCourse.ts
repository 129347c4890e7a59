/** Who gets what over time: the share of the decisions that each action has, as areas that stack, above their number. */
import type { EChartsOption } from 'echarts';
import type { ActionCourse } from '../personalization/courses.ts';
import { charts as words } from '../words/personalization.ts';
import { messages } from '../words/shell.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { overlaysOf, type TimeLayer } from './timeLayer.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

/** The last column is the number of decisions of all actions. */
export function shareTable(courses: readonly ActionCourse[]): ChartTable {
  const times = courses[0]?.points.map(({ at }) => at) ?? [];
  return {
    columns: [
      { label: messages.charts.time, kind: 'time' },
      ...courses.map(({ name }) => ({ label: name, kind: 'share' }) as const),
      { label: words.decisions, kind: 'count' },
    ],
    rows: times.map((time, i) => {
      const points = courses.map(({ points }) => points[i]);
      return [
        time,
        ...points.map((point) => point?.share ?? null),
        points.reduce((sum, point) => sum + (point?.decisions ?? 0), 0),
      ];
    }),
  };
}

const decisionsPx = 44;

/** @param heightPx of the areas */
function panelsOf(heightPx: number, courses: readonly ActionCourse[]): readonly Panel[] {
  return [
    {
      title: words.shareTitle,
      kind: 'share',
      heightPx,
      fromZero: true,
      extent: { min: 0, max: 1, interval: 0.25 },
      series: courses.map(({ color }, i) => ({ column: i + 1, mark: 'area', color }) as const),
    },
    {
      title: words.decisionsTitle,
      kind: 'count',
      heightPx: decisionsPx,
      fromZero: true,
      series: [{ column: courses.length + 1, mark: 'bar', color: 4 }],
    },
  ];
}

/** Height of the areas with which the chart is as high as wanted. */
function areasPx(heightPx: number): number {
  return heightPx - panelsHeight([{ heightPx: 0 }, { heightPx: decisionsPx }], true);
}

/** @param context.heightPx of the whole chart */
export function shareCourse(
  table: ChartTable,
  look: ChartLook,
  {
    courses,
    heightPx,
  }: {
    readonly courses: readonly ActionCourse[];
    readonly heightPx: number;
  },
  layer?: TimeLayer,
): EChartsOption {
  return timePanels(table, panelsOf(areasPx(heightPx), courses), look, ...overlaysOf(layer, look));
}
