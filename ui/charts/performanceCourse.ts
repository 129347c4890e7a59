/**
 * A figure of a model by window: what is expected before labels come, and what came true; beneath, how many labels have come.
 *
 * The interval of a window is hatched until its labels have come; what came true is a hollow point until then, and a solid
 * line from then on.
 */
import type { EChartsOption, SeriesOption } from 'echarts';
import type { FigureName } from '../data/search.ts';
import { formatFigure } from '../format/figure.ts';
import type { FigureKind } from '../format/numbers.ts';
import { formatTick } from '../format/times.ts';
import type { CoursePoint } from '../models/coursePoints.ts';
import type { ServedWindows } from '../models/servedWindows.ts';
import type { Traffic } from '../versions/traffic.ts';
import { better, figureWords, course as words } from '../words/models.ts';
import { messages } from '../words/shell.ts';
import { type ChartLook, seriesColor } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { intervalBoxes } from './intervalBoxes.ts';
import { type Extent, niceExtent } from './niceExtent.ts';
import { servedStrip } from './servedStrip.ts';
import { overlaysOf, type TimeLayer } from './timeLayer.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';
import { withAxis } from './withAxis.ts';

/** Columns of the table. */
const at = {
  ...{ expected: 1, lower: 2, upper: 3, confirmed: 4, soFar: 5 },
  ...{ predictions: 6, labelled: 7, coverage: 8, isSettled: 9 },
};

export interface PerformanceContext {
  readonly figure: FigureName;
  readonly kind: FigureKind;
  readonly better: keyof typeof better;
  readonly windowMs: number;
  /** Absent: no strip. */
  readonly traffic?: Traffic | undefined;
}

/** @param served of the same windows; absent where it is not known who served */
export function performanceTable(
  points: readonly CoursePoint[],
  kind: FigureKind,
  served?: ServedWindows,
): ChartTable {
  const isEstimated = points.some(({ expected }) => expected !== null);
  const isPartial = points.some(({ coverage }) => coverage !== null);
  return {
    columns: [
      { label: messages.charts.time, kind: 'time' },
      { label: words.expected, kind, silent: !isEstimated },
      { label: words.lower, kind, silent: !isEstimated },
      { label: words.upper, kind, silent: !isEstimated },
      { label: words.confirmed, kind },
      { label: words.soFar, kind, silent: !isPartial },
      { label: words.predictions, kind: 'count', silent: !isPartial },
      { label: words.labelled, kind: 'count' },
      { label: words.coverage, kind: 'share', silent: !isPartial },
      { label: words.settled, kind: 'count', silent: true },
      ...(served?.traffic.versions ?? []).map(
        ({ version }) => ({ label: words.servedBy(version), kind: 'share' }) as const,
      ),
    ],
    rows: points.map((point, i) => {
      const { start, expected, lower, upper, realised, isSettled } = point;
      const { count, labelled, coverage } = point;
      return [
        ...[start, expected, lower, upper, isSettled ? realised : null],
        ...[isSettled ? null : realised, count, labelled, coverage, isSettled ? 1 : 0],
        ...(served?.shares[i] ?? []),
      ];
    }),
  };
}

const heights = { figure: 214, labels: 58, served: 22 };

export function performanceHeight(hasStrip = false): number {
  const { figure, labels, served } = heights;
  const panels = [figure, labels, ...(hasStrip ? [served] : [])];
  return panelsHeight(
    panels.map((heightPx) => ({ heightPx })),
    true,
  );
}

const has = ({ rows }: ChartTable, column: number) => rows.some((row) => row[column] != null);

function extentOf({ rows, columns }: ChartTable): Extent {
  const before = columns.flatMap((column, i) => (column.before === undefined ? [] : [i]));
  const figures = rows.flatMap((row) =>
    [at.expected, at.lower, at.upper, at.confirmed, at.soFar, ...before].flatMap(
      (column) => row[column] ?? [],
    ),
  );
  if (figures.length === 0) return niceExtent(0, 1, 4);
  return niceExtent(Math.min(...figures), Math.max(...figures), 4);
}

export function performanceCourse(
  table: ChartTable,
  look: ChartLook,
  context: PerformanceContext,
  layer?: TimeLayer,
): EChartsOption {
  const { figure, kind, windowMs } = context;
  const isEstimated = has(table, at.expected);
  const isPartial = has(table, at.coverage);
  const panels: readonly Panel[] = [
    {
      title: `${figureWords[figure]} — ${better[context.better]}`,
      kind,
      heightPx: heights.figure,
      fromZero: false,
      extent: extentOf(table),
      tick: (value) => tickOf(kind, value, look),
      series: [
        ...(isEstimated
          ? ([{ column: at.expected, mark: 'line', color: 4, dashed: true }] as const)
          : []),
        { column: at.confirmed, mark: 'line', color: 0, marked: true },
        ...(has(table, at.soFar) ? ([{ column: at.soFar, mark: 'point', color: 0 }] as const) : []),
      ],
      ...(context.better === 'zero' ? { rules: [{ value: 0, label: '', firm: true }] } : {}),
    },
    isPartial
      ? {
          title: words.coverageTitle,
          kind: 'share',
          heightPx: heights.labels,
          fromZero: true,
          extent: { min: 0, max: 1, interval: 0.5 },
          series: [{ column: at.coverage, mark: 'bar', color: 2 }],
        }
      : {
          title: words.countTitle,
          kind: 'count',
          heightPx: heights.labels,
          fromZero: true,
          series: [{ column: at.labelled, mark: 'bar', color: 4 }],
        },
    ...(context.traffic === undefined ? [] : [stripPanel]),
  ];
  const { traffic } = context;
  const [flags = [], spans] = overlaysOf(layer, look);
  // A window stands in the middle of its box: what happened within it is drawn within it.
  const shiftMs = windowMs / 2;
  const [first = 0, last = 0] = [table.rows[0]?.[0] ?? 0, table.rows.at(-1)?.[0] ?? 0];
  // Of the outer windows half lies beyond their middle.
  const within = (time: number) => Math.min(Math.max(time, first), last);
  const option = timePanels(
    table,
    panels,
    look,
    flags.map((flag) => ({ ...flag, at: within(flag.at - shiftMs) })),
    table.rows.length < 2
      ? []
      : spans.map(({ from, to, ...span }) => ({
          ...span,
          ...{ from: from - shiftMs, to: to === null ? null : to - shiftMs },
        })),
  );
  const boxes = intervalBoxes(
    table.rows.map((row) => ({
      at: row[0] ?? 0,
      lower: row[at.lower] ?? null,
      upper: row[at.upper] ?? null,
      isOpen: row[at.isSettled] !== 1,
    })),
    { panel: 0, widthMs: windowMs, color: seriesColor(look, 0), look },
  );
  const strip =
    traffic === undefined
      ? []
      : servedStrip(traffic, { panel: 2, look, place: (time) => time - shiftMs });
  const series = [...(option.series as SeriesOption[]), ...boxes, ...strip];
  // One window alone is not as wide as the plot.
  const besideMs = first === last ? 3 * shiftMs : shiftMs;
  return withAxis(
    { ...option, series },
    { min: first - besideMs, max: last + besideMs, minInterval: windowMs },
    (time) => formatTick(time, Math.max(7 * windowMs, last - first), look.zone),
  );
}

/** Its areas have their names in them; who served in a window is in the table. */
const stripPanel: Panel = {
  title: words.servedTitle,
  kind: 'share',
  heightPx: heights.served,
  fromZero: true,
  extent: { min: 0, max: 1, interval: 1 },
  tick: () => '',
  series: [],
};

/** Ticks need no more digits than tell them apart. */
function tickOf(kind: FigureKind, value: number, look: ChartLook): string {
  return formatFigure(kind === 'ratio' ? 'value' : kind, value, look.zone);
}
