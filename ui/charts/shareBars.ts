/**
 * Shares of values or bins in the reference and on one day: two bars each, lying, with their names before them.
 *
 * The reference is hatched, the day is filled: told apart without colour.
 */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import type { DriftDetail } from '../../contracts/driftApi.ts';
import { formatShare, formatValue } from '../format/numbers.ts';
import { detail as words } from '../words/drift.ts';
import { type ChartLook, seriesColor } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { niceExtent } from './niceExtent.ts';
import type { Shape } from './overlays.ts';
import { tooltipOption } from './tooltip.ts';

type Spread = Pick<DriftDetail, 'density' | 'values' | 'others' | 'missing'>;

function binName({ from, to }: DriftDetail['density'][number]): string {
  if (from === null) return to === null ? '–' : words.upTo(formatValue(to));
  return to === null ? words.above(formatValue(from)) : `${formatValue(from)} – ${formatValue(to)}`;
}

/** What a row of the table is of: a bin, a value, all others, or none. */
export type SharePart =
  | { readonly of: 'bin'; readonly from: number | null; readonly to: number | null }
  | { readonly of: 'value'; readonly value: string }
  | { readonly of: 'others' | 'missing' };

/** In the order of the table's rows. */
export function shareParts({ density, values, others, missing }: Spread): readonly ShareRow[] {
  return [
    ...density.map((bin) => ({ of: 'bin' as const, name: binName(bin), ...bin })),
    ...values.map((value) => ({ of: 'value' as const, name: value.value, ...value })),
    ...(others === null || others.before + others.after < 1e-9
      ? []
      : [{ of: 'others' as const, name: words.others, ...others }]),
    ...(missing === null || missing.before + missing.after === 0
      ? []
      : [{ of: 'missing' as const, name: words.missing, ...missing }]),
  ];
}

type ShareRow = SharePart & {
  readonly name: string;
  readonly before: number;
  readonly after: number;
};

export function shareTable(spread: Spread): ChartTable {
  const rows = shareParts(spread);
  return {
    columns: [
      { label: words.bin, kind: 'count', names: rows.map(({ name }) => name) },
      { label: words.before, kind: 'share' },
      { label: words.after, kind: 'share' },
    ],
    rows: rows.map(({ before, after }, i) => [i, before, after]),
  };
}

const rowPx = 30;
const axisPx = 26;
const legendPx = 26;
const left = { wide: 150, compact: 116 };

export function shareBarsHeight(table: ChartTable): number {
  return legendPx + table.rows.length * rowPx + axisPx;
}

export function shareBars(table: ChartTable, look: ChartLook): EChartsOption {
  const colors = [seriesColor(look, 4), seriesColor(look, 0)];
  const label = { color: look.muted, fontFamily: look.font, fontSize: 11 };
  const leftPx = look.compact ? left.compact : left.wide;
  const most = Math.max(...table.rows.flatMap(([, before, after]) => [before ?? 0, after ?? 0]));
  const extent = niceExtent(0, Math.max(most, 0.01), look.compact ? 3 : 5, 0.01);
  const names = table.columns[0]?.names ?? [];

  const bars: CustomSeriesRenderItem = (params, api) => {
    const [name = 0, before, after] = table.rows[params.dataIndex] ?? [];
    const plot = params.coordSys as unknown as { x: number; y: number };
    const middle = plot.y + (params.dataIndex + 0.5) * rowPx;
    const width = (share: number) => Math.max(1, (api.coord([share, 0])[0] ?? 0) - plot.x);
    const bar = (share: number, order: number): Shape[] => {
      const box = {
        x: plot.x,
        y: middle + (order === 0 ? -10 : 1),
        width: width(share),
        height: 9,
      };
      if (order === 1) return [{ type: 'rect', shape: box, style: { fill: colors[1]! } }];
      return [
        { type: 'rect', shape: box, style: { fill: colors[0]!, opacity: 0.35 } },
        {
          type: 'rect',
          shape: { ...box, x: box.x + 0.5, y: box.y + 0.5, height: box.height - 1 },
          style: { fill: 'transparent', stroke: colors[0]!, lineWidth: 1 },
        },
      ];
    };
    return {
      type: 'group',
      children: [
        {
          type: 'text',
          style: {
            ...{ text: names[name ?? 0] ?? '', x: plot.x - 8, y: middle, fill: look.text },
            ...{ align: 'right', verticalAlign: 'middle', width: leftPx - 12 },
            ...{ overflow: 'truncate', fontFamily: look.font, fontSize: 12 },
          },
        },
        ...bar(before ?? 0, 0),
        ...bar(after ?? 0, 1),
      ],
    };
  };

  const legend: CustomSeriesRenderItem = (params) => {
    const plot = params.coordSys as unknown as { x: number };
    const entries = [words.before, words.after];
    return {
      type: 'group',
      children: entries.flatMap((text, i): Shape[] => {
        const x = plot.x + i * 96;
        return [
          {
            type: 'rect',
            shape: { x: x + 0.5, y: 6.5, width: 16, height: 9 },
            style:
              i === 0
                ? { fill: colors[0]!, fillOpacity: 0.35, stroke: colors[0]!, lineWidth: 1 }
                : { fill: colors[1]! },
          },
          {
            type: 'text',
            style: {
              ...{ text, x: x + 22, y: 11, fill: look.text, verticalAlign: 'middle' },
              ...{ fontFamily: look.font, fontSize: 12 },
            },
          },
        ];
      }),
    };
  };

  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    dataset: { source: table.rows.map((row) => [...row]), sourceHeader: false },
    tooltip: tooltipOption(table, look, 'item'),
    grid: {
      ...{ left: leftPx, right: 20, top: legendPx, height: table.rows.length * rowPx },
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'value',
      ...extent,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: look.grid } },
      axisLabel: { ...label, formatter: (share: number) => formatShare(share) },
    },
    yAxis: { type: 'value', show: false, min: 0, max: 1 },
    series: [
      { type: 'custom', renderItem: bars, encode: { x: [1, 2], y: [] } },
      {
        ...{ type: 'custom', renderItem: legend, silent: true, data: [[0, 0]] },
        tooltip: { show: false },
      },
    ],
  };
}
