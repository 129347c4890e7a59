/**
 * When and where something was unusual: a lane for each place in the flow, and in it a capsule for each incident, as long as
 * it lasted. Those that are open fade to the end of the time shown.
 *
 * What is told is filled, what is only noticed is hollow; what cannot be judged is hatched. Days of the calendar are stripes
 * behind all lanes, what else happened are flags above them.
 */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import { laneNames } from '../data/search.ts';
import { formatTick } from '../format/times.ts';
import { chart as words } from '../words/anomalies.ts';
import type { ChartLook } from './chartLook.ts';
import { type ChartTable, cellText } from './chartTable.ts';
import {
  compactLeftPx,
  type LanesShown,
  lanePadPx,
  lanePlaces,
  leastPx,
  leftPx,
  nameRowPx,
  rightPx,
  topPx,
} from './lanePlaces.ts';
import { capsule, laneShapes, type Stripe, stripeShapes } from './laneShapes.ts';
import { laneColumns as at, capsuleKinds } from './lanesTable.ts';
import { type Flag, flagSeries } from './overlays.ts';
import { escapeHtml, tooltipOption } from './tooltip.ts';

export interface LanesContext extends LanesShown {
  readonly stripes: readonly Stripe[];
  readonly flags: readonly Flag[];
}

export function alertLanes(
  table: ChartTable,
  look: ChartLook,
  context: LanesContext,
): EChartsOption {
  const { window, lanes, stripes, flags } = context;
  const { rowOf, tops, bottom } = lanePlaces(table, context, look.compact);
  const left = look.compact ? compactLeftPx : leftPx;
  const label = { color: look.muted, fontFamily: look.font, fontSize: 11 };
  const plotOf = (coordSys: unknown) => coordSys as { x: number; width: number };

  const renderItem: CustomSeriesRenderItem = (params, api) => {
    const i = params.dataIndex;
    const row = table.rows[i] ?? [];
    const lane = tops[lanes.indexOf(row[at.lane] ?? -1)];
    if (lane === undefined) return { type: 'group', children: [] };
    const plot = plotOf(params.coordSys);
    const x = (time: number) =>
      Math.min(Math.max(api.coord([time, 0])[0] ?? 0, plot.x), plot.x + plot.width);
    const [from, to] = [x(row[at.since] ?? 0), x(row[at.until] ?? window.to)];
    const width = Math.max(leastPx - 2, to - from);
    const used = lane.rows * lane.rowPx;
    const inner = lane.heightPx - 2 * lanePadPx - (look.compact ? nameRowPx : 0);
    const start = lane.top + lanePadPx + (look.compact ? nameRowPx : 0) + (inner - used) / 2;
    const height = lane.rowPx - (lane.rowPx > 12 ? 4 : 2);
    const y = start + (rowOf[i] ?? 0) * lane.rowPx + (lane.rowPx - height) / 2;
    const box = { x: Math.min(from, plot.x + plot.width - width), y, width, height };
    const kind = capsuleKinds[row[at.state] ?? 0] ?? 'over';
    return {
      type: 'group',
      children: capsule(kind, box, {
        isOpen: row[at.until] == null,
        count: row[at.count] ?? 1,
        look,
      }),
    };
  };

  const behind: CustomSeriesRenderItem = (params, api) => {
    const plot = plotOf(params.coordSys);
    const x = (time: number) =>
      Math.min(Math.max(api.coord([time, 0])[0] ?? 0, plot.x), plot.x + plot.width);
    return {
      type: 'group',
      children: [
        ...stripes.flatMap((stripe) =>
          stripeShapes(stripe, [x(stripe.from), x(stripe.to)], bottom, look),
        ),
        ...tops.flatMap(({ top, heightPx }, i) =>
          laneShapes(laneNames[lanes[i] ?? 0] ?? 'ingest', {
            ...{ top, heightPx, look, right: plot.x + plot.width },
            countText: countIn(table, lanes[i] ?? 0),
          }),
        ),
      ],
    };
  };

  const times = [window.from, window.to];
  const spanMs = window.to - window.from;
  return {
    animation: false,
    useUTC: look.zone === 'UTC',
    textStyle: { fontFamily: look.font },
    tooltip: {
      ...tooltipOption(table, look, 'item'),
      extraCssText: 'max-width: min(340px, 84vw); white-space: normal;',
      formatter: (params: unknown) => tipHtml(table, params, look.zone),
    },
    grid: { left, right: rightPx, top: topPx, height: bottom - topPx, outerBoundsMode: 'none' },
    xAxis: {
      type: 'time',
      min: window.from,
      max: window.to,
      axisLine: { lineStyle: { color: look.grid } },
      axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: look.grid, opacity: 0.6 } },
      axisPointer: { show: false },
      axisLabel: {
        ...label,
        hideOverlap: true,
        formatter: (time: number) => formatTick(time, spanMs, look.zone),
      },
      splitNumber: look.compact ? 3 : 6,
    },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      {
        type: 'custom',
        renderItem,
        data: table.rows.map((row) => [row[at.since] ?? 0, 0, row[at.until] ?? window.to]),
        encode: { x: [0, 2], y: 1 },
        clip: false,
        z: 4,
      },
      {
        type: 'custom',
        renderItem: behind,
        data: [[window.from, 0]],
        silent: true,
        tooltip: { show: false },
        clip: false,
        z: 1,
      },
      ...flagSeries(flags, times, { panel: 0, look }),
    ],
  };
}

function countIn(table: ChartTable, lane: number): string {
  const count = table.rows
    .filter((row) => row[at.lane] === lane)
    .reduce((sum, row) => sum + (row[at.count] ?? 1), 0);
  return count === 0 ? '' : String(count);
}

/** The headline first, then the rest as in the table. */
function tipHtml(table: ChartTable, params: unknown, zone: string): string {
  const { dataIndex } = params as { dataIndex?: unknown };
  const row = typeof dataIndex === 'number' ? table.rows[dataIndex] : undefined;
  if (row === undefined) return '';
  const text = (column: number) => {
    const described = table.columns[column];
    if (described === undefined) return '';
    if (column === at.until && row[column] == null) return words.still;
    return cellText(described, row[column] ?? null, zone);
  };
  const shown = [at.lane, at.key, at.state, at.severity, at.since, at.until, at.count].filter(
    (column) => column !== at.count || (row[at.count] ?? 1) > 1,
  );
  const lines = shown.map(
    (column) =>
      `<div class="chart-tip-row"><span>${escapeHtml(table.columns[column]?.label ?? '')}</span><b>${escapeHtml(text(column))}</b></div>`,
  );
  return `<div class="chart-tip"><div class="chart-tip-title">${escapeHtml(text(at.headline))}</div>${lines.join('')}</div>`;
}
