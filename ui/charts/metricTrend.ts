/** Mean of a metric over event time with its 95 % interval, and the number of observations behind it. */
import type { EChartsOption } from 'echarts';
import type { MetricPoint } from '../../contracts/api.ts';
import { messages } from '../words/shell.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { overlaysOf, type TimeLayer } from './timeLayer.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

const words = messages.charts.metric;

export function metricTable(points: readonly MetricPoint[]): ChartTable {
  return {
    columns: [
      { label: messages.charts.time, kind: 'time' },
      { label: words.mean, kind: 'value' },
      { label: words.lower, kind: 'value' },
      { label: words.width, kind: 'value', silent: true },
      { label: words.upper, kind: 'value' },
      { label: words.median, kind: 'value' },
      { label: words.count, kind: 'count' },
    ],
    rows: points.map(({ time, mean, deviation, count, p50 }) => {
      // 95 % interval of the mean, z = 1.96.
      const half =
        mean === null || deviation === null || count === null || count < 2
          ? null
          : (1.96 * deviation) / Math.sqrt(count);
      const lower = mean === null || half === null ? null : mean - half;
      const upper = mean === null || half === null ? null : mean + half;
      return [time, mean, lower, half === null ? null : 2 * half, upper, p50, count];
    }),
  };
}

const panels: readonly Panel[] = [
  {
    title: words.meanTitle,
    kind: 'value',
    heightPx: 150,
    fromZero: false,
    series: [{ column: 1, mark: 'line', color: 0, band: [2, 3] }],
  },
  {
    title: words.countTitle,
    kind: 'count',
    heightPx: 52,
    fromZero: true,
    series: [{ column: 6, mark: 'bar', color: 4 }],
  },
];

export const metricHeight = panelsHeight(panels, true);

/** A metric whose values are all the same says something by their number only. */
const countPanel: readonly Panel[] = [
  {
    title: words.countTitle,
    kind: 'count',
    heightPx: 150,
    fromZero: true,
    series: [{ column: 6, mark: 'bar', color: 0 }],
  },
];

/** Whether the values are all the same, as those of a metric that only counts. */
export function isCounting(points: readonly Pick<MetricPoint, 'mean' | 'deviation'>[]): boolean {
  const first = points.find(({ mean }) => mean !== null)?.mean;
  return (
    first !== undefined &&
    points.every(({ mean, deviation }) => mean === null || (mean === first && !deviation))
  );
}

export function metricTrend(table: ChartTable, look: ChartLook, layer?: TimeLayer): EChartsOption {
  return timePanels(table, panels, look, ...overlaysOf(layer, look));
}

export function countTrend(table: ChartTable, look: ChartLook, layer?: TimeLayer): EChartsOption {
  return timePanels(table, countPanel, look, ...overlaysOf(layer, look));
}
