/** How a pipeline went, over the engine's clock: throughput, lag, commit time, and events that were set aside. */
import type { EChartsOption } from 'echarts';
import type { EpochSeries } from '../../contracts/api.ts';
import { epochs } from '../words/pipelines.ts';
import { messages } from '../words/shell.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { overlaysOf, type TimeLayer } from './timeLayer.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

type Points = EpochSeries['points'];

const words = epochs;
const time = { label: messages.charts.time, kind: 'time' } as const;

export function throughputTable(points: Points): ChartTable {
  return {
    columns: [
      time,
      { label: words.eventsPerSecond, kind: 'rate' },
      { label: words.events, kind: 'count' },
    ],
    rows: points.map((point) => [point.time, point.eventsPerSecond, point.events]),
  };
}

export function lagTable(points: Points): ChartTable {
  return {
    columns: [time, { label: words.lag, kind: 'count' }],
    rows: points.map((point) => [point.time, point.lagEvents]),
  };
}

export function commitTable(points: Points): ChartTable {
  return {
    columns: [
      time,
      { label: words.median, kind: 'durationMs' },
      { label: words.p99, kind: 'durationMs' },
      { label: words.epochs, kind: 'count' },
    ],
    rows: points.map((point) => [
      point.time,
      point.commitMsMedian,
      point.commitMsP99,
      point.epochs,
    ]),
  };
}

export function asideTable(points: Points): ChartTable {
  return {
    columns: [
      time,
      { label: words.late, kind: 'count' },
      { label: words.duplicates, kind: 'count' },
      { label: words.refused, kind: 'count' },
    ],
    rows: points.map((point) => [point.time, point.late, point.duplicates, point.refused]),
  };
}

function panel(
  title: string,
  kind: Panel['kind'],
  series: Panel['series'],
): { panels: readonly Panel[]; heightPx: number } {
  const panels = [{ title, kind, heightPx: 132, fromZero: true, series }];
  return { panels, heightPx: panelsHeight(panels, true) };
}

const throughputPanel = panel(words.throughputTitle, 'rate', [
  { column: 1, mark: 'line', color: 0, area: true },
]);
const lagPanel = panel(words.lagTitle, 'count', [
  { column: 1, mark: 'line', color: 3, area: true },
]);
const commitPanel = panel(words.commitTitle, 'durationMs', [
  { column: 1, mark: 'line', color: 2, connected: true },
  { column: 2, mark: 'line', color: 1, dashed: true, connected: true },
]);
const asidePanel = panel(words.asideTitle, 'count', [
  { column: 1, mark: 'bar', color: 0 },
  { column: 2, mark: 'bar', color: 4 },
  { column: 3, mark: 'bar', color: 1 },
]);

/** The four have one height, so that they line up. */
export const epochHeight = throughputPanel.heightPx;

export function throughput(table: ChartTable, look: ChartLook, layer?: TimeLayer): EChartsOption {
  return timePanels(table, throughputPanel.panels, look, ...overlaysOf(layer, look));
}

export function lag(table: ChartTable, look: ChartLook, layer?: TimeLayer): EChartsOption {
  return timePanels(table, lagPanel.panels, look, ...overlaysOf(layer, look));
}

export function commitTime(table: ChartTable, look: ChartLook, layer?: TimeLayer): EChartsOption {
  return timePanels(table, commitPanel.panels, look, ...overlaysOf(layer, look));
}

export function setAside(table: ChartTable, look: ChartLook, layer?: TimeLayer): EChartsOption {
  return timePanels(table, asidePanel.panels, look, ...overlaysOf(layer, look));
}
