/**
 * How far each day of each column is from the reference: a grid of columns × days in three steps.
 *
 * Steps differ by lightness and by strokes, so that they are told apart without colour: plain, one stroke, a cross. Broken quality is
 * a dot in the corner. What is not judged is hollow; columns that matter less are pale. A bar above the days of the reference.
 */
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import type { DriftAnswer, DriftColumn } from '../../contracts/driftApi.ts';
import { columnTitle } from '../drift/columnTitle.ts';
import { formatDate } from '../format/times.ts';
import { words as common, heatmap as words } from '../words/drift.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { flagShapes, type Shape } from './overlays.ts';
import type { TimeLayer } from './timeLayer.ts';
import { tooltipOption } from './tooltip.ts';

export interface HeatmapContext {
  /** In their order from above. */
  readonly columns: readonly DriftColumn[];
  /** Starts of days, ascending. */
  readonly days: readonly number[];
  readonly reference: readonly number[];
  /** Whether columns that the model does not read are pale. */
  readonly isWeighted: boolean;
}

export function heatmapContext(
  { days, reference }: DriftAnswer,
  columns: readonly DriftColumn[],
  isWeighted: boolean,
): HeatmapContext {
  return { columns, days, reference: reference.days, isWeighted };
}

const noLevel = 3;
const at = { column: 0, day: 1, level: 2, broken: 8 };

/** A row for each cell, column by column. */
export function heatmapTable({ columns, days, reference }: HeatmapContext): ChartTable {
  const isReference = new Set(reference);
  const sentences: string[] = [words.whole];
  const rows = columns.flatMap((column, y) =>
    column.days.map((day, x) => {
      const { level, distance, limit, noise, divergence, rows: count } = day;
      const broken = column.breaks.filter((each) => each.day === day.day);
      if (broken.length > 0) {
        sentences.push(broken.map(({ sentence }) => sentence).join(' '));
      }
      const read = column.isRead === null ? null : Number(column.isRead);
      return [
        ...[y, x, level ?? noLevel, distance, limit, noise, divergence, count],
        ...[broken.length > 0 ? sentences.length - 1 : 0, Number(isReference.has(day.day)), read],
      ];
    }),
  );
  return {
    columns: [
      { label: words.column, kind: 'count', names: columns.map(columnTitle) },
      { label: words.day, kind: 'count', names: days.map((day) => formatDate(day, 'UTC')) },
      { label: words.level, kind: 'count', names: [...common.levels, common.notJudged] },
      { label: words.distance, kind: 'ratio' },
      { label: words.limit, kind: 'ratio' },
      { label: words.noise, kind: 'ratio' },
      { label: words.divergence, kind: 'ratio' },
      { label: words.rows, kind: 'count' },
      { label: words.broken, kind: 'count', names: sentences },
      { label: words.reference, kind: 'count', names: words.readWords },
      { label: words.isRead, kind: 'count', names: words.readWords },
    ],
    rows,
  };
}

const rowPx = { wide: 30, compact: 34 };
/** The bar of the reference, and its name. */
const barPx = 24;
/** The lane of flags above. */
const lanePx = 20;
const dayMs = 86_400_000;
const axisPx = 28;
/** Between what the model says and what it reads. */
const partPx = 10;
const left = { wide: 148, compact: 92 };
const rightPx = 12;

function pinnedOf(columns: readonly DriftColumn[]): number {
  return columns.filter(({ role }) => role !== 'input').length;
}

/** @param isLayered whether there is a lane of flags */
export function heatmapHeight(
  { columns }: HeatmapContext,
  compact: boolean,
  isLayered = false,
): number {
  const size = compact ? rowPx.compact : rowPx.wide;
  const pinned = pinnedOf(columns);
  const gap = pinned > 0 && pinned < columns.length ? partPx : 0;
  return (isLayered ? lanePx : 0) + barPx + columns.length * size + gap + axisPx;
}

export function driftHeatmap(
  table: ChartTable,
  look: ChartLook,
  context: HeatmapContext,
  layer?: TimeLayer,
): EChartsOption {
  const topPx = barPx + (layer === undefined ? 0 : lanePx);
  const { columns, days, reference, isWeighted } = context;
  const size = look.compact ? rowPx.compact : rowPx.wide;
  const leftPx = look.compact ? left.compact : left.wide;
  const pinned = pinnedOf(columns);
  const gap = pinned > 0 && pinned < columns.length ? partPx : 0;
  const topOf = (column: number) => topPx + column * size + (column >= pinned ? gap : 0);
  const height = columns.length * size + gap;
  const label = { fontFamily: look.font, fontSize: 12 };

  const cell: CustomSeriesRenderItem = (params) => {
    const row = table.rows[params.dataIndex] ?? [];
    const column = columns[row[at.column] ?? 0];
    const plot = params.coordSys as unknown as { x: number; width: number };
    const stepPx = plot.width / days.length;
    const pad = stepPx > 6 ? 1 : 0.5;
    const box = {
      x: plot.x + (row[at.day] ?? 0) * stepPx + pad,
      y: topOf(row[at.column] ?? 0) + 2,
      width: Math.max(1, stepPx - 2 * pad),
      height: size - 4,
    };
    return {
      type: 'group',
      children: [
        ...cellShapes(row[at.level] ?? noLevel, box, look, isWeighted && column?.isRead === false),
        ...((row[at.broken] ?? 0) > 0 ? [brokenMark(box, look)] : []),
      ],
    };
  };

  const frame: CustomSeriesRenderItem = (params) => {
    const plot = params.coordSys as unknown as { x: number; width: number };
    const stepPx = plot.width / days.length;
    const names = columns.map((column, y): Shape => {
      const isPale = isWeighted && column.isRead === false;
      return {
        type: 'text',
        style: {
          ...{ text: columnTitle(column), x: plot.x - 10, y: topOf(y) + size / 2 },
          ...{ align: 'right', verticalAlign: 'middle', width: leftPx - 14, overflow: 'truncate' },
          fill: isPale ? look.muted : look.text,
          ...label,
          fontWeight: column.role === 'input' ? 'normal' : 600,
        },
      };
    });
    const of = days.flatMap((day, x) => (reference.includes(day) ? [x] : []));
    const bars = of.map(
      (x): Shape => ({
        type: 'rect',
        shape: { x: plot.x + x * stepPx, y: topPx - 5, width: stepPx + 0.5, height: 3 },
        style: { fill: look.muted },
      }),
    );
    const name: Shape[] =
      of.length === 0
        ? []
        : [
            {
              type: 'text',
              style: {
                ...{ text: words.reference, x: plot.x + of[0]! * stepPx, y: topPx - 8 },
                ...{ verticalAlign: 'bottom', fill: look.muted, fontSize: 11 },
                // The name of a bar at the end reaches back from it.
                align: of[0]! > days.length * 0.8 ? 'right' : 'left',
                fontFamily: look.font,
              },
            },
          ];
    const flags = (layer?.items ?? []).flatMap(({ at: time, number }) => {
      const x = days.findIndex((day) => time >= day && time < day + dayMs);
      return x < 0 ? [] : { x: plot.x + (x + 0.5) * stepPx, label: String(number) };
    });
    // Days that were unlike others have a bar beneath.
    const unlike = days.flatMap((day, x) =>
      layer?.days.some(({ from, to }) => from < day + dayMs && (to ?? Infinity) > day) ? [x] : [],
    );
    const edges = unlike.map(
      (x): Shape => ({
        type: 'rect',
        shape: { x: plot.x + x * stepPx, y: topPx + height + 1, width: stepPx + 0.5, height: 3 },
        style: { fill: look.muted },
      }),
    );
    return {
      type: 'group',
      children: [...edges, ...names, ...bars, ...name, ...flagShapes(flags, plot, 1, look)],
    };
  };

  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    dataset: { source: table.rows.map((row) => [...row]), sourceHeader: false },
    tooltip: tooltipOption(table, look, 'item'),
    grid: { left: leftPx, right: rightPx, top: topPx, height, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category',
      data: days.map((day) => formatDate(day, 'UTC').replace(/ \d{4}$/, '')),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...{ color: look.muted, fontFamily: look.font, fontSize: 11, hideOverlap: true },
        interval: Math.max(0, Math.ceil(days.length / (look.compact ? 4 : 12)) - 1),
      },
    },
    yAxis: { type: 'value', show: false, min: 0, max: 1 },
    series: [
      { type: 'custom', renderItem: cell, encode: { x: at.day, y: [] } },
      {
        ...{ type: 'custom', renderItem: frame, silent: true, data: [[0, 0]] },
        tooltip: { show: false },
      },
    ],
  };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Strokes are of the surface, as a cut through the cell. */
function cellShapes(level: number, box: Box, look: ChartLook, isPale: boolean): Shape[] {
  const opacity = isPale ? 0.45 : 1;
  const radius = Math.min(3, box.width / 4);
  if (level === noLevel) {
    return [
      {
        type: 'rect',
        shape: { ...inset(box, 0.5), r: radius },
        style: { fill: 'transparent', stroke: look.grid, lineWidth: 1 },
      },
    ];
  }
  const fills = [look.grid, look.attention, look.bad];
  const { x, y, width, height } = box;
  const stroke = { stroke: look.surface, lineWidth: Math.min(1.6, Math.max(0.8, width / 9)) };
  const rising: Shape = {
    type: 'line',
    shape: { x1: x, y1: y + height, x2: x + width, y2: y },
    style: stroke,
  };
  const falling: Shape = {
    type: 'line',
    shape: { x1: x, y1: y, x2: x + width, y2: y + height },
    style: stroke,
  };
  return [
    {
      type: 'rect',
      shape: { ...box, r: radius },
      style: { fill: fills[level] ?? look.grid, opacity: level === 1 ? 0.62 * opacity : opacity },
    },
    ...(level > 0 ? [rising] : []),
    ...(level > 1 ? [falling] : []),
  ];
}

function inset({ x, y, width, height }: Box, by: number): Box {
  return {
    x: x + by,
    y: y + by,
    width: Math.max(0.5, width - 2 * by),
    height: Math.max(0.5, height - 2 * by),
  };
}

function brokenMark({ x, y, width }: Box, look: ChartLook): Shape {
  const radius = Math.min(4, Math.max(2, width / 4));
  return {
    type: 'circle',
    shape: { cx: x + width - radius - 0.5, cy: y + radius + 0.5, r: radius },
    style: { fill: look.text, stroke: look.surface, lineWidth: 1.2 },
  };
}
