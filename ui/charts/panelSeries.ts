/**
 * One series of a panel over time: a line, with its interval if it has one, or bars or areas that stack.
 *
 * Lines differ by dash as well as by colour; bars that stack differ by pattern; areas have their names in them. Points are hollow.
 */
import type { SeriesOption } from 'echarts';
import { type ChartLook, seriesColor } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';

export interface PanelSeries {
  /** Column of the table, from 1. */
  readonly column: number;
  readonly mark: 'line' | 'bar' | 'area' | 'point';
  /** In the legend, where it is shorter than its column's; series of one name are one there. */
  readonly name?: string;
  /** Index into the look's colours. */
  readonly color: number;
  readonly dashed?: boolean;
  /** A line that is only compared with: pale and dotted. */
  readonly muted?: boolean;
  /** A line with a mark at each figure: of few, each of which counts. */
  readonly marked?: boolean;
  readonly area?: boolean;
  /** An area whose figure holds from its instant until the next. */
  readonly stepped?: boolean;
  /** Drawn through steps without a figure: for what is measured now and then, not all the time. */
  readonly connected?: boolean;
  /** Columns of lower bound and width of an interval around the line. */
  readonly band?: readonly [lower: number, width: number];
}

/** Of the second and third bar of a stack; the first is plain. */
const patterns = [
  { dashArrayX: [1, 0], dashArrayY: [1, 4], rotation: -Math.PI / 4 },
  { dashArrayX: [1, 0], dashArrayY: [1, 7], rotation: Math.PI / 4 },
];

function decal(order: number, look: ChartLook) {
  const pattern = patterns[order - 1];
  return pattern === undefined ? {} : { decal: { ...pattern, color: look.surface } };
}

function bandSeries(band: readonly [number, number], panel: number, color: string): SeriesOption[] {
  const common = {
    type: 'line',
    xAxisIndex: panel,
    yAxisIndex: panel,
    // Each its own: bands of two lines are not piled up.
    stack: `band-${panel}-${band[0]}`,
    // Without it a lower bound below zero is not the base of the width above it.
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  } as const;
  return [
    { ...common, encode: { x: 0, y: band[0] } },
    { ...common, encode: { x: 0, y: band[1] }, areaStyle: { color, opacity: 0.16 } },
  ];
}

/** Rows with a figure between two without. */
function lonelyRows({ rows }: ChartTable, column: number): ReadonlySet<number> {
  const absent = (row: number) => (rows[row]?.[column] ?? null) === null;
  return new Set(
    [...rows.keys()].filter((row) => !absent(row) && absent(row - 1) && absent(row + 1)),
  );
}

/**
 * @param place.order number of the series within its panel
 * @param place.panel number of the panel, whose axes it uses
 */
export function panelSeries(
  table: ChartTable,
  series: PanelSeries,
  place: { readonly order: number; readonly panel: number; readonly look: ChartLook },
): SeriesOption[] {
  const { order, panel, look } = place;
  const color = series.muted === true ? look.muted : seriesColor(look, series.color);
  const common = {
    name: series.name ?? table.columns[series.column]?.label ?? '',
    xAxisIndex: panel,
    yAxisIndex: panel,
    encode: { x: 0, y: series.column },
  } as const;
  if (series.mark === 'bar') {
    const bar: SeriesOption = {
      ...common,
      type: 'bar',
      stack: `bars-${panel}`,
      barMaxWidth: 14,
      itemStyle: { color, ...decal(order, look) },
      emphasis: { disabled: true },
    };
    return [bar];
  }
  if (series.mark === 'area') {
    const area: SeriesOption = {
      ...common,
      type: 'line',
      stack: `areas-${panel}`,
      symbol: 'none',
      ...(series.stepped === true ? { step: 'end' } : {}),
      // What parts it from the next above.
      lineStyle: { color: look.surface, width: 1.5 },
      itemStyle: { color },
      areaStyle: { color, opacity: 0.75 },
      emphasis: { disabled: true },
    };
    return [area];
  }
  if (series.mark === 'point') {
    const points: SeriesOption = {
      ...common,
      type: 'line',
      symbol: 'circle',
      symbolSize: 8,
      showSymbol: true,
      lineStyle: { width: 0, color },
      itemStyle: { color: look.surface, borderColor: color, borderWidth: 2 },
      emphasis: { disabled: true },
    };
    return [points];
  }
  const lonely = lonelyRows(table, series.column);
  const line: SeriesOption = {
    ...common,
    type: 'line',
    symbol: 'circle',
    // A point between two gaps has no line: without a mark it would not be seen.
    symbolSize:
      series.marked === true
        ? 7
        : lonely.size === 0
          ? 5
          : (_: unknown, { dataIndex }) => (lonely.has(dataIndex) ? 5 : 0),
    showSymbol: series.marked === true || lonely.size > 0,
    connectNulls: series.connected === true,
    lineStyle:
      series.muted === true
        ? { color, width: 1.5, type: [2, 4], opacity: 0.9 }
        : { color, width: 2, type: series.dashed === true ? [6, 4] : 'solid' },
    itemStyle: { color },
    emphasis: { disabled: false, scale: 1.4, lineStyle: { width: 2 } },
    ...(series.area === true ? { areaStyle: { color, opacity: 0.1 } } : {}),
  };
  return series.band === undefined ? [line] : [...bandSeries(series.band, panel, color), line];
}
