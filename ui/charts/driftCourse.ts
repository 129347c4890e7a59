/** How far a column is from its reference by day: PSI with its limit, Jensen–Shannon, and for numbers how far values have moved. */
import type { EChartsOption } from 'echarts';
import type { DriftDetail } from '../../contracts/driftApi.ts';
import { heatmap as common, detail as words } from '../words/drift.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import type { Span } from './overlays.ts';
import { overlaysOf, type TimeLayer } from './timeLayer.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

const dayMs = 86_400_000;

export function driftCourseTable({ column, course }: DriftDetail): ChartTable {
  const moved = new Map(course.map((each) => [each.day, each]));
  return {
    columns: [
      { label: common.day, kind: 'date' },
      { label: common.distance, kind: 'ratio' },
      { label: common.limit, kind: 'ratio' },
      { label: common.noise, kind: 'ratio' },
      { label: common.divergence, kind: 'ratio' },
      { label: words.moved, kind: 'value', silent: column.kind === 'text' },
      { label: words.movedNoise, kind: 'value', silent: column.kind === 'text' },
      { label: common.rows, kind: 'count' },
    ],
    rows: column.days.map(({ day, distance, limit, noise, divergence, rows }) => [
      ...[day, distance, limit, noise, divergence],
      ...[moved.get(day)?.moved ?? null, moved.get(day)?.movedNoise ?? null, rows],
    ]),
  };
}

function panelsOf(isText: boolean): readonly Panel[] {
  const line = { mark: 'line', fromZero: true } as const;
  const plot = { kind: 'ratio', fromZero: true } as const;
  const own: Panel[] = [
    {
      ...{ ...plot, title: words.distanceTitle, heightPx: 150 },
      series: [
        { ...line, column: 1, color: 0 },
        { ...line, column: 2, color: 1, dashed: true },
        { ...line, column: 3, color: 4, dashed: true },
      ],
    },
    {
      ...{ ...plot, title: words.divergenceTitle, heightPx: 60 },
      series: [{ ...line, column: 4, color: 0 }],
    },
  ];
  if (isText) return own;
  return [
    ...own,
    {
      ...{ ...plot, kind: 'value', title: words.movedTitle, heightPx: 70 },
      series: [{ ...line, column: 5, color: 0 }],
    },
  ];
}

export function driftCourseHeight(isText: boolean): number {
  return panelsHeight(panelsOf(isText), true);
}

/** @param day that is compared below */
export function driftCourse(
  table: ChartTable,
  look: ChartLook,
  { isText, reference, day }: { isText: boolean; reference: readonly number[]; day: number | null },
  layer?: TimeLayer,
): EChartsOption {
  const chosen: Span[] =
    day === null
      ? []
      : [{ from: day - dayMs / 3, to: day + dayMs / 3, label: '', color: look.text }];
  const runs = runsOf(reference).map(
    ([from, to], i): Span => ({
      ...{ from, to, color: look.muted },
      label: i === 0 ? common.reference : '',
    }),
  );
  const first = { ...look, zone: 'UTC' };
  const [flags, days] = overlaysOf(layer, look);
  return timePanels(table, panelsOf(isText), first, flags, [...runs, ...days, ...chosen]);
}

/** Days in a row, from the first to the last of each. */
function runsOf(days: readonly number[]): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last !== undefined && day - last[1] === dayMs) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}
