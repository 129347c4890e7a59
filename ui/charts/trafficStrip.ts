/** What served when: the share of users of each version through time, as areas that stack and change in steps. */
import type { EChartsOption } from 'echarts';
import type { Traffic } from '../versions/traffic.ts';
import { messages } from '../words/shell.ts';
import { traffic as words } from '../words/versions.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { overlaysOf, type TimeLayer } from './timeLayer.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

export function trafficTable({ versions, points }: Traffic): ChartTable {
  return {
    columns: [
      { label: messages.charts.time, kind: 'time' },
      ...versions.map(({ version }) => ({ label: version, kind: 'share' }) as const),
    ],
    rows: points.map(({ at, shares }) => [at, ...shares]),
  };
}

const heightPx = 118;
export const trafficHeight = panelsHeight([{ heightPx }], true);

export function trafficStrip(
  table: ChartTable,
  look: ChartLook,
  { versions }: Traffic,
  layer?: TimeLayer,
): EChartsOption {
  const panel: Panel = {
    title: words.share,
    kind: 'share',
    heightPx,
    fromZero: true,
    extent: { min: 0, max: 1, interval: 0.5 },
    series: versions.map(
      ({ color }, i) => ({ column: i + 1, mark: 'area', color, stepped: true }) as const,
    ),
  };
  return timePanels(table, [panel], look, ...overlaysOf(layer, look));
}
