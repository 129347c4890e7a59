/**
 * One or more panels above one axis, of instants, of days since a start, or of what the first column has: the frame of every
 * chart over time, and of those over a threshold or an age.
 *
 * Panels share the cursor and the tooltip. A panel has a title instead of an axis name, and few grid lines.
 */
import type { EChartsOption } from 'echarts';
import { formatFigure } from '../format/figure.ts';
import { type FigureKind, formatCount, formatValue } from '../format/numbers.ts';
import { formatTick } from '../format/times.ts';
import { messages } from '../words/shell.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import type { Extent } from './niceExtent.ts';
import {
  areaNames,
  type Flag,
  flagSeries,
  type Rule,
  ruleSeries,
  type Span,
  spanSeries,
} from './overlays.ts';
import { type PanelSeries, panelSeries } from './panelSeries.ts';
import { tooltipOption } from './tooltip.ts';

export interface Panel {
  readonly title: string;
  readonly kind: FigureKind;
  /** Height of the plot, px. */
  readonly heightPx: number;
  readonly series: readonly PanelSeries[];
  /** A line or ratio need not start at zero; counts do. */
  readonly fromZero: boolean;
  /** Bounds and step of the vertical axis; what lies beyond is cut off. Absent: as the data are. */
  readonly extent?: Extent;
  /** How a tick is written; by default as the figures are. */
  readonly tick?: (value: number) => string;
  /** Lines at figures that matter. */
  readonly rules?: readonly Rule[];
}

/** Room above the text: a title at the very edge would lose its ascenders. */
const edgePx = 4;
/** Labels may reach over the edge of a plot: shrinking it would put panels out of line. */
const outerBoundsMode = 'none';
const titlePx = 30;
const gapPx = 14;
const axisPx = 26;
/** Room for "1.5 min" in the widest fonts that systems have. */
const leftPx = 52;
/** The lane of flags above the first plot. */
const flagsPx = 20;

/** @param flagged whether there is a lane of flags */
export function panelsHeight(panels: readonly Pick<Panel, 'heightPx'>[], flagged = false): number {
  const plots = panels.reduce((sum, { heightPx }) => sum + titlePx + heightPx + gapPx, 0);
  return plots - gapPx + axisPx + (flagged ? flagsPx : 0);
}

/** On an axis a ratio needs no more digits than tell its ticks apart, and a rate no unit: the panel's title has it. */
function axisKind(kind: FigureKind): FigureKind {
  if (kind === 'ratio') return 'value';
  return kind === 'rate' ? 'count' : kind;
}

/**
 * @param flags instants that are marked through all panels; an empty list keeps their lane free
 * @param spans times that are marked in the first panel
 */
export function timePanels(
  table: ChartTable,
  given: readonly Panel[],
  look: ChartLook,
  flags?: readonly Flag[],
  spans: readonly Span[] = [],
): EChartsOption {
  const panels = given.map((panel) => ({
    ...panel,
    series: [...panel.series, ...seriesBefore(table, panel)],
  }));
  const { kind: abscissa = 'time', names } = table.columns[0] ?? {};
  const isTime = (abscissa === 'time' || abscissa === 'date') && names === undefined;
  const times = table.rows.map((row) => row[0] ?? 0);
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const lone = times.length === 1;
  const barred = panels.some(({ series }) => series.some(({ mark }) => mark === 'bar'));
  const halfMs = times.length > 1 ? spanMs / (times.length - 1) / 2 : 30_000;
  const label = { color: look.muted, fontFamily: look.font, fontSize: 11 };
  let top = 0;
  const grid = panels.map(({ heightPx }, index) => {
    const lanePx = index === 0 && flags !== undefined ? flagsPx : 0;
    const placed = {
      left: leftPx,
      right: 26,
      top: top + titlePx + lanePx,
      height: heightPx,
      outerBoundsMode,
    } as const;
    top += titlePx + lanePx + heightPx + gapPx;
    return placed;
  });
  // Areas have their names in them.
  const keyed = panels.filter(
    ({ series }) => series.length > 1 && series.every(({ mark }) => mark !== 'area'),
  );
  const several = keyed.length > 0;
  return {
    animation: false,
    useUTC: look.zone === 'UTC',
    textStyle: { fontFamily: look.font },
    dataset: { source: table.rows.map((row) => [...row]), sourceHeader: false },
    axisPointer: {
      link: [{ xAxisIndex: 'all' }],
      lineStyle: { color: look.muted, type: 'solid', width: 1 },
      label: { show: false },
    },
    tooltip: tooltipOption(table, look, 'axis'),
    legend: {
      show: several,
      top: edgePx,
      right: 10,
      padding: 0,
      itemGap: 14,
      itemWidth: 22,
      itemHeight: 9,
      textStyle: { ...label, fontSize: 12 },
      data: [
        ...new Set(
          keyed.flatMap(({ series }) =>
            series.map(({ column, name }) => name ?? table.columns[column]?.label ?? ''),
          ),
        ),
      ],
      selectedMode: false,
    },
    title: panels.map(({ title }, index) => ({
      // A narrow chart has no room for a title beside its legend.
      show: !(look.compact && several && index === 0),
      text: title,
      left: 0,
      top:
        (grid[index]?.top ?? titlePx) -
        titlePx -
        (index === 0 && flags !== undefined ? flagsPx : 0) +
        edgePx,
      padding: 0,
      textStyle: { color: look.text, fontFamily: look.font, fontSize: 12, fontWeight: 600 },
    })),
    grid,
    xAxis: panels.map((_, index) => ({
      type: isTime ? 'time' : 'value',
      gridIndex: index,
      axisLine: { lineStyle: { color: look.grid } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisPointer: { show: true, snap: true },
      axisLabel: {
        ...label,
        show: index === panels.length - 1,
        hideOverlap: true,
        formatter: (time: number) =>
          isTime
            ? formatTick(time, spanMs, look.zone)
            : (names?.[time] ?? (abscissa === 'day' ? formatCount(time) : formatValue(time))),
      },
      ...(names === undefined ? {} : { minInterval: 1 }),
      // All panels span the same time: half a step beside the outer points, for the sake of the bars.
      containShape: false,
      min: lone || barred ? (times[0] ?? 0) - halfMs : 'dataMin',
      max: lone || barred ? (times.at(-1) ?? 0) + halfMs : 'dataMax',
      splitNumber: look.compact ? 3 : 6,
    })),
    yAxis: panels.map(({ kind, fromZero, heightPx, extent, tick }, index) => ({
      type: 'value',
      gridIndex: index,
      scale: !fromZero,
      splitNumber: Math.max(2, Math.round(heightPx / 40)),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: look.grid } },
      axisLabel: {
        ...label,
        formatter: (value: number) =>
          tick?.(value) ?? formatFigure(axisKind(kind), value, look.zone),
      },
      ...extent,
      // Counts are whole: an axis of 0, 0.5, 1 events says nothing.
      ...(kind === 'count' ? { minInterval: 1 } : {}),
    })),
    series: panels.flatMap((panel, index) => [
      ...(index === 0 ? spanSeries(spans, times, { panel: index, look }) : []),
      ...panel.series.flatMap((series, order) =>
        panelSeries(table, series, { order, panel: index, look }),
      ),
      ...areaNames(
        panel.series
          .filter(({ mark }) => mark === 'area')
          .map(({ column }) => ({
            name: table.columns[column]?.label ?? '',
            values: table.rows.map((row) => row[column] ?? null),
          })),
        // What holds until the next instant has its name between the two.
        panel.series.some(({ stepped }) => stepped === true) ? middles(times) : times,
        { panel: index, look },
      ),
      ...ruleSeries(panel.rules ?? [], times, { panel: index, look }),
      ...flagSeries(flags ?? [], times, { panel: index, look }),
    ]),
  };
}

/** What the same figures were in the range before, where the table has them. */
function seriesBefore({ columns }: ChartTable, { series }: Panel): PanelSeries[] {
  return columns.flatMap(({ before }, column) =>
    series.some((each) => each.column === before)
      ? [
          {
            column,
            mark: 'line',
            color: 0,
            muted: true,
            name: messages.charts.beforeShort,
          } as const,
        ]
      : [],
  );
}

/** Of each and the next; the last is itself. */
function middles(times: readonly number[]): readonly number[] {
  return times.map((time, i) => (time + (times[i + 1] ?? time)) / 2);
}
