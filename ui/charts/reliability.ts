/**
 * Reliability diagram: how often the outcome was 1 among predictions of each height, with Wilson intervals.
 *
 * On the diagonal a prediction means what it says. Beneath, how many predictions stand behind each point.
 * Source: Murphy & Winkler 1977.
 */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import type { ModelDetail } from '../../contracts/api.ts';
import { formatCount, formatShare } from '../format/numbers.ts';
import { messages } from '../words/shell.ts';
import { type ChartLook, seriesColor } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { tooltipOption } from './tooltip.ts';

const words = messages.charts.reliability;

export const reliabilityHeight = 392;

export function reliabilityTable(bins: ModelDetail['calibration']): ChartTable {
  return {
    columns: [
      { label: words.predicted, kind: 'share' },
      { label: words.observed, kind: 'share' },
      { label: words.lower, kind: 'share' },
      { label: words.upper, kind: 'share' },
      { label: words.count, kind: 'count' },
    ],
    rows: bins.map((bin) => [bin.predicted, bin.observed, bin.lower, bin.upper, bin.count]),
  };
}

function whisker(color: string): CustomSeriesRenderItem {
  return (_, api) => {
    const x = api.value(0);
    const [left = 0, bottom = 0] = api.coord([x, api.value(2)]);
    const [, top = 0] = api.coord([x, api.value(3)]);
    const cap = 3;
    const line = (x1: number, y1: number, x2: number, y2: number) => ({
      type: 'line' as const,
      shape: { x1, y1, x2, y2 },
      style: { stroke: color, lineWidth: 1.5 },
    });
    return {
      type: 'group',
      children: [
        line(left, bottom, left, top),
        line(left - cap, bottom, left + cap, bottom),
        line(left - cap, top, left + cap, top),
      ],
    };
  };
}

export function reliability(table: ChartTable, look: ChartLook): EChartsOption {
  const color = seriesColor(look, 0);
  const label = { color: look.muted, fontFamily: look.font, fontSize: 11 };
  const title = { color: look.text, fontFamily: look.font, fontSize: 12, fontWeight: 600 } as const;
  const share = (value: number) => formatShare(value);
  const axis = {
    type: 'value',
    // Both plots span 0 … 1 exactly, bars or not.
    containShape: false,
    min: 0,
    max: 1,
    interval: 0.25,
    axisTick: { show: false },
    axisLabel: { ...label, formatter: share },
  } as const;
  const left = 44;
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    dataset: { source: table.rows.map((row) => [...row]), sourceHeader: false },
    tooltip: tooltipOption(table, look, 'item'),
    title: [
      { text: words.observedTitle, left: 0, top: 4, padding: 0, textStyle: title },
      { text: words.countTitle, left: 0, top: 274, padding: 0, textStyle: title },
    ],
    grid: [
      { left, right: 26, top: 32, height: 216, outerBoundsMode: 'none' },
      { left, right: 26, top: 302, height: 46, outerBoundsMode: 'none' },
    ],
    xAxis: [
      {
        ...axis,
        gridIndex: 0,
        axisLabel: { show: false },
        axisLine: { lineStyle: { color: look.grid } },
        splitLine: { lineStyle: { color: look.grid } },
      },
      {
        ...axis,
        gridIndex: 1,
        axisLine: { lineStyle: { color: look.grid } },
        splitLine: { show: false },
        name: words.predictedTitle,
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: label,
      },
    ],
    yAxis: [
      {
        ...axis,
        gridIndex: 0,
        axisLine: { show: false },
        splitLine: { lineStyle: { color: look.grid } },
      },
      {
        type: 'value',
        gridIndex: 1,
        splitNumber: 2,
        minInterval: 1,
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: look.grid } },
        axisLabel: {
          ...label,
          hideOverlap: true,
          formatter: (value: number) => formatCount(value),
        },
      },
    ],
    series: [
      {
        type: 'line',
        data: [
          [0, 0],
          [1, 1],
        ],
        symbol: 'none',
        silent: true,
        lineStyle: { color: look.muted, width: 1, type: [4, 4] },
        tooltip: { show: false },
      },
      {
        type: 'custom',
        renderItem: whisker(color),
        encode: { x: 0, y: [2, 3] },
        silent: true,
      },
      {
        type: 'line',
        encode: { x: 0, y: 1 },
        symbol: 'circle',
        symbolSize: 8,
        lineStyle: { color, width: 1.5 },
        itemStyle: { color, borderColor: look.surface, borderWidth: 1.5 },
      },
      {
        type: 'bar',
        xAxisIndex: 1,
        yAxisIndex: 1,
        encode: { x: 0, y: 4 },
        barWidth: 8,
        itemStyle: { color: seriesColor(look, 4) },
      },
    ],
  };
}
