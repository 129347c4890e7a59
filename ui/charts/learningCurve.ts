/** AUC and log loss of a model over event time, with the number of predictions behind each point. */
import type { EChartsOption } from 'echarts';
import type { QualityPoint } from '../../contracts/api.ts';
import { aucInterval } from '../format/aucInterval.ts';
import { messages } from '../words/shell.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { overlaysOf, type TimeLayer } from './timeLayer.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

const words = messages.charts.learning;

export function learningTable(points: readonly QualityPoint[]): ChartTable {
  return {
    columns: [
      { label: messages.charts.time, kind: 'time' },
      { label: words.auc, kind: 'ratio' },
      { label: words.lower, kind: 'ratio' },
      { label: words.width, kind: 'ratio', silent: true },
      { label: words.upper, kind: 'ratio' },
      { label: words.logLoss, kind: 'ratio' },
      { label: words.count, kind: 'count' },
    ],
    rows: points.map(({ time, auc, logLoss, count, baseRate }) => {
      const interval = aucInterval({ auc, count, baseRate });
      const { lower, upper } = interval ?? { lower: null, upper: null };
      const width = lower === null || upper === null ? null : upper - lower;
      return [time, auc, lower, width, upper, logLoss, count];
    }),
  };
}

const panels: readonly Panel[] = [
  {
    title: words.aucTitle,
    kind: 'ratio',
    heightPx: 152,
    fromZero: false,
    series: [{ column: 1, mark: 'line', color: 0, band: [2, 3] }],
  },
  {
    title: words.logLossTitle,
    kind: 'ratio',
    heightPx: 94,
    fromZero: false,
    series: [{ column: 5, mark: 'line', color: 1, dashed: true }],
  },
  {
    title: words.countTitle,
    kind: 'count',
    heightPx: 46,
    fromZero: true,
    series: [{ column: 6, mark: 'bar', color: 4 }],
  },
];

export const learningHeight = panelsHeight(panels, true);

export function learningCurve(
  table: ChartTable,
  look: ChartLook,
  layer?: TimeLayer,
): EChartsOption {
  return timePanels(table, panels, look, ...overlaysOf(layer, look));
}
