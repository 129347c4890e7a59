/**
 * The picture on a recommendation: a course over time with what it should be, or bars of which one is meant.
 *
 * The bar that is meant is filled and has its name in bold; the others are outlined: told apart without colour. Intervals are
 * bands and whiskers.
 */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import type { Evidence } from '../../contracts/insight.ts';
import { cut } from '../format/cut.ts';
import { formatFigure } from '../format/figure.ts';
import { unitKinds as kinds } from '../recommendations/unitFigure.ts';
import { charts as words } from '../words/recommendations.ts';
import { messages } from '../words/shell.ts';
import { type ChartLook, seriesColor } from './chartLook.ts';
import type { ChartColumn, ChartTable } from './chartTable.ts';
import { type Extent, niceExtent } from './niceExtent.ts';
import type { Shape } from './overlays.ts';
import { panelsHeight, timePanels } from './timePanels.ts';
import { tooltipOption } from './tooltip.ts';

export type CourseEvidence = Extract<Evidence, { kind: 'course' }>;
export type BarsEvidence = Extract<Evidence, { kind: 'bars' }>;

/** Letters of the name of a series or a line. */
const nameMax = 40;

interface SeriesColumns {
  readonly name: string;
  readonly value: number;
  readonly band: readonly [lower: number, width: number] | undefined;
  /** Drawn through instants at which only others have a figure. */
  readonly connected: boolean;
}

/** A series has a column of its own, and three of its interval where it has one. */
function layoutOf({ series }: Pick<CourseEvidence, 'series'>, rows: number): SeriesColumns[] {
  let next = 1;
  return series.map(({ name, points }) => {
    const value = next;
    const hasBand = points.some(({ lower, upper }) => lower !== null && upper !== null);
    next += hasBand ? 4 : 1;
    const band = hasBand ? ([value + 1, value + 2] as const) : undefined;
    return { name: cut(name, nameMax), value, band, connected: points.length < rows };
  });
}

/** Every instant of any series, in order. */
function timesOf({ series }: Pick<CourseEvidence, 'series'>): number[] {
  const times = new Set(series.flatMap(({ points }) => points.map(({ at }) => at)));
  return [...times].sort((a, b) => a - b);
}

export function courseEvidenceTable(evidence: CourseEvidence): ChartTable {
  const { series, unit } = evidence;
  const kind = kinds[unit];
  const times = timesOf(evidence);
  const layout = layoutOf(evidence, times.length);
  const columns = layout.flatMap(({ name, band }): ChartColumn[] => {
    const value = { label: name, kind };
    if (band === undefined) return [value];
    return [
      value,
      { label: layout.length === 1 ? words.lower : words.lowerOf(name), kind },
      { label: words.width, kind, silent: true },
      { label: layout.length === 1 ? words.upper : words.upperOf(name), kind },
    ];
  });
  const found = series.map(({ points }) => new Map(points.map((point) => [point.at, point])));
  return {
    columns: [{ label: messages.charts.time, kind: 'time' }, ...columns],
    rows: times.map((at) => [
      at,
      ...layout.flatMap(({ band }, i) => {
        const { value = null, lower = null, upper = null } = found[i]?.get(at) ?? {};
        if (band === undefined) return [value];
        return [value, lower, lower === null || upper === null ? null : upper - lower, upper];
      }),
    ]),
  };
}

const plotPx = 132;

export function courseEvidenceHeight({ marks }: Pick<CourseEvidence, 'marks'>): number {
  return panelsHeight([{ heightPx: plotPx }], marks.length > 0);
}

/** Around all that is drawn; from zero where figures go far down towards it. */
function extentOf({ series, reference }: CourseEvidence): Extent {
  const figures = series
    .flatMap(({ points }) => points.flatMap(({ value, lower, upper }) => [value, lower, upper]))
    .concat(reference?.value ?? null)
    .filter((value) => value !== null);
  if (figures.length === 0) return niceExtent(0, 1, 3);
  const [low, high] = [Math.min(...figures), Math.max(...figures)];
  return niceExtent(low > 0 && low < high / 2 ? 0 : low, high, 3);
}

/** Whether the first line begins farther from a figure than it ends: there is the room for words. */
function isFreeAtStart({ series }: CourseEvidence, figure: number): boolean {
  const known = series[0]?.points.flatMap(({ value }) => (value === null ? [] : [value])) ?? [];
  const [first, last] = [known[0] ?? figure, known.at(-1) ?? figure];
  return Math.abs(first - figure) > Math.abs(last - figure);
}

/** @param evidence of which `table` is made */
export function courseEvidence(
  table: ChartTable,
  look: ChartLook,
  evidence: CourseEvidence,
): EChartsOption {
  const { unit, reference, marks } = evidence;
  const kind = kinds[unit];
  return timePanels(
    table,
    [
      {
        title: words.units[unit],
        kind,
        heightPx: plotPx,
        fromZero: false,
        extent: extentOf(evidence),
        tick: (value) => formatFigure(kind, value, look.zone),
        series: layoutOf(evidence, table.rows.length).map(
          ({ name, value, band, connected }, i) => ({
            ...{ column: value, mark: 'line', name, color: i, dashed: i % 2 === 1, connected },
            ...(band === undefined ? {} : { band }),
          }),
        ),
        ...(reference === null
          ? {}
          : {
              rules: [
                {
                  value: reference.value,
                  label: cut(reference.name, nameMax),
                  start: isFreeAtStart(evidence, reference.value),
                },
              ],
            }),
      },
    ],
    look,
    ...(marks.length === 0 ? [] : [marks.map(({ at }, i) => ({ at, label: String(i + 1) }))]),
  );
}

/** Columns of the table of bars. */
const at = { value: 1, lower: 2, upper: 3, meant: 4 };

export function barsEvidenceTable({ bars, unit }: BarsEvidence): ChartTable {
  const kind = kinds[unit];
  return {
    columns: [
      { label: words.name, kind: 'count', names: bars.map(({ name }) => name) },
      { label: words.units[unit], kind },
      { label: words.lower, kind },
      { label: words.upper, kind },
      { label: words.meant, kind: 'count', names: words.meantWords },
    ],
    rows: bars.map(({ value, lower, upper, isMeant }, i) => [
      ...[i, value, lower, upper],
      isMeant ? 1 : 0,
    ]),
  };
}

const axisPx = 30;
/** Of the name of what it should be. */
const headPx = 20;
/** Of a bar with its gap; smaller where there are many. */
const rowPx = { few: 28, many: 19 };
const manyFrom = 13;
/** Of names before the bars, and of figures after them. */
const names = { wide: 148, compact: 108 };
const figures = { wide: 74, compact: 64 };

const rowHeight = (count: number) => (count < manyFrom ? rowPx.few : rowPx.many);

export function barsEvidenceHeight({ bars, reference }: BarsEvidence): number {
  return (reference === null ? 4 : headPx) + bars.length * rowHeight(bars.length) + axisPx;
}

/** @param evidence of which `table` is made */
export function barsEvidence(
  table: ChartTable,
  look: ChartLook,
  { unit, reference }: BarsEvidence,
): EChartsOption {
  const kind = kinds[unit];
  const size = look.compact ? 'compact' : 'wide';
  const top = reference === null ? 4 : headPx;
  const row = rowHeight(table.rows.length);
  const label = { color: look.muted, fontFamily: look.font, fontSize: 11 };
  const known = table.rows
    .flatMap((cells) => [cells[at.value], cells[at.lower], cells[at.upper]])
    .concat(reference?.value)
    .filter((value) => value != null);
  const extent = niceExtent(Math.min(0, ...known), Math.max(0, ...known), look.compact ? 2 : 4);

  const renderItem: CustomSeriesRenderItem = ({ dataIndex, coordSys }, api) => {
    const cells = table.rows[dataIndex] ?? [];
    const plot = coordSys as unknown as { x: number; width: number };
    const x = (value: number) => api.coord([value, 0])[0] ?? 0;
    const middle = top + (dataIndex + 0.5) * row;
    const [value, lower, upper] = [cells[at.value], cells[at.lower], cells[at.upper]];
    const isMeant = cells[at.meant] === 1;
    const color = seriesColor(look, isMeant ? 1 : 4);
    const fontWeight = isMeant ? 700 : 400;
    const text = (words: string, style: object): Shape => ({
      type: 'text',
      style: {
        ...{ text: words, y: middle, fill: look.text, fontWeight },
        ...{ fontFamily: look.font, fontSize: 12, verticalAlign: 'middle' },
        ...style,
      },
    });
    const name = table.columns[0]?.names?.[cells[0] ?? 0] ?? '';
    const half = row * 0.3;
    const shapes: Shape[] = [
      text(name, {
        ...{
          x: plot.x - 10,
          align: 'right',
          width: names[size] - (isMeant ? 30 : 14),
          overflow: 'truncate',
        },
      }),
      text(formatFigure(kind, value ?? null, look.zone), { x: plot.x + plot.width + 10 }),
    ];
    if (value != null) {
      const [from, to] = [Math.min(x(0), x(value)), Math.max(x(0), x(value))];
      shapes.push({
        type: 'rect',
        shape: { x: from, y: middle - half, width: Math.max(1, to - from), height: 2 * half },
        style: isMeant
          ? { fill: color }
          : { fill: color, fillOpacity: 0.22, stroke: color, lineWidth: 1 },
      });
    }
    if (lower != null && upper != null) {
      const line = (x1: number, y1: number, x2: number, y2: number): Shape => ({
        type: 'line',
        shape: { x1, y1, x2, y2 },
        style: { stroke: look.text, lineWidth: 1.2 },
      });
      const [from, to] = [x(lower), x(upper)];
      shapes.push(
        line(from, middle, to, middle),
        line(from, middle - 4, from, middle + 4),
        line(to, middle - 4, to, middle + 4),
      );
    }
    return { type: 'group', children: shapes };
  };

  const guide: CustomSeriesRenderItem = ({ coordSys }, api) => {
    const plot = coordSys as unknown as { x: number; y: number; width: number; height: number };
    const line = (value: number, style: object): Shape => {
      const x = api.coord([value, 0])[0] ?? 0;
      return {
        type: 'line',
        shape: { x1: x, y1: plot.y, x2: x, y2: plot.y + plot.height },
        style: { lineWidth: 1, ...style },
      };
    };
    const zero = line(0, { stroke: look.text });
    if (reference === null) return { type: 'group', children: [zero] };
    const x = api.coord([reference.value, 0])[0] ?? 0;
    // The words begin at the line, and end there where they would leave the picture.
    const isLeft = x > plot.x + plot.width / 2;
    return {
      type: 'group',
      children: [
        zero,
        line(reference.value, { stroke: look.muted, lineDash: [4, 4] }),
        {
          type: 'text',
          style: {
            ...{ text: cut(reference.name, nameMax), x: isLeft ? x + 2 : x - 2, y: plot.y - 5 },
            ...{ fill: look.muted, fontSize: 11, fontFamily: look.font },
            ...{ align: isLeft ? 'right' : 'left', verticalAlign: 'bottom' },
          },
        },
      ],
    };
  };

  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    dataset: { source: table.rows.map((cells) => [...cells]), sourceHeader: false },
    tooltip: tooltipOption(table, look, 'item'),
    grid: {
      ...{ left: names[size], right: figures[size], top, height: row * table.rows.length },
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'value',
      ...extent,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: look.grid } },
      axisLabel: {
        ...label,
        hideOverlap: true,
        formatter: (value: number) => formatFigure(kind, value, look.zone),
      },
    },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      { type: 'custom', renderItem, encode: { x: [at.value, at.lower, at.upper] }, clip: false },
      {
        type: 'custom',
        renderItem: guide,
        data: [[0, 0]],
        silent: true,
        tooltip: { show: false },
        clip: false,
        z: 3,
      },
    ],
  };
}
