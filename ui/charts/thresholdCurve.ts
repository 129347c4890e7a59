/** What each decision threshold wins and loses: precision and recall, and how many cases are acted upon. */
import type { EChartsOption } from 'echarts';
import { formatValue } from '../format/numbers.ts';
import { type Decided, flaggedOf, precisionOf, recallOf } from '../models/decided.ts';
import { threshold as words } from '../words/models.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';
import { probabilityBounds, withAxis } from './withAxis.ts';

export function thresholdTable(sweep: readonly Decided[]): ChartTable {
  return {
    columns: [
      { label: words.slider, kind: 'value' },
      { label: words.precision, kind: 'share' },
      { label: words.recall, kind: 'share' },
      { label: words.acted, kind: 'count' },
    ],
    rows: sweep.map((each) => [each.threshold, precisionOf(each), recallOf(each), flaggedOf(each)]),
  };
}

const panels: readonly Panel[] = [
  {
    title: words.rates,
    kind: 'share',
    heightPx: 168,
    fromZero: true,
    extent: { min: 0, max: 1, interval: 0.25 },
    series: [
      { column: 1, mark: 'line', color: 0 },
      { column: 2, mark: 'line', color: 1, dashed: true },
    ],
  },
  {
    title: words.load,
    kind: 'count',
    heightPx: 70,
    fromZero: true,
    series: [{ column: 3, mark: 'line', color: 4, area: true }],
  },
];

export const thresholdHeight = panelsHeight(panels, true);

/** @param chosen where the slider stands */
export function thresholdCurve(table: ChartTable, look: ChartLook, chosen: number): EChartsOption {
  const flag = { at: chosen, label: formatValue(chosen) };
  return withAxis(timePanels(table, panels, look, [flag]), probabilityBounds);
}
