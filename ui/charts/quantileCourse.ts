/** Where the values of a number lie by day: the median, and the band that holds eight in ten. */
import type { EChartsOption } from 'echarts';
import type { DriftDetail } from '../../contracts/driftApi.ts';
import { heatmap as common, detail as words } from '../words/drift.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

export function quantileTable(course: DriftDetail['course']): ChartTable {
  return {
    columns: [
      { label: common.day, kind: 'date' },
      { label: words.p50, kind: 'value' },
      { label: words.p10, kind: 'value' },
      { label: words.width, kind: 'value', silent: true },
      { label: words.p90, kind: 'value' },
    ],
    rows: course.map(({ day, p10, p50, p90 }) => [
      ...[day, p50, p10],
      ...[p10 === null || p90 === null ? null : p90 - p10, p90],
    ]),
  };
}

function panelOf(median: number | null): Panel {
  return {
    ...{ title: words.quantilesTitle, kind: 'value', heightPx: 190, fromZero: false },
    series: [{ column: 1, mark: 'line', color: 0, band: [2, 3] }],
    rules: median === null ? [] : [{ value: median, label: '' }],
  };
}

export const quantileHeight = panelsHeight([panelOf(null)]);

/** @param median of the reference */
export function quantileCourse(
  table: ChartTable,
  look: ChartLook,
  median: number | null,
): EChartsOption {
  return timePanels(table, [panelOf(median)], { ...look, zone: 'UTC' });
}
