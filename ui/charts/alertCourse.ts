/**
 * The course of what an alert is about: readings, what was expected of them with the band of what is usual, and the time in
 * which they were not so.
 *
 * A reading stands at the end of its bucket or window: it could not be known before.
 */
import type { EChartsOption } from 'echarts';
import type { Alert, JudgedReading } from '../../contracts/alert.ts';
import { formatFigure } from '../format/figure.ts';
import type { FigureKind } from '../format/numbers.ts';
import { messages } from '../words/shell.ts';
import type { ChartLook } from './chartLook.ts';
import type { ChartTable } from './chartTable.ts';
import { type Extent, niceExtent } from './niceExtent.ts';
import type { Flag, Rule } from './overlays.ts';
import { type Panel, panelsHeight, timePanels } from './timePanels.ts';

const words = messages.charts.alert;

/** Columns of the table. */
const at = { value: 1, expected: 2, lower: 3, width: 4, upper: 5 };

export interface AlertCourseContext {
  /** Above the plot; by default what is drawn. */
  readonly title?: string;
  /** How figures are written. */
  readonly kind?: FigureKind;
  /** Height of the plot, px. */
  readonly plotPx?: number;
  /** Alerts of the key that lie in the course; the one that is looked at is among them. */
  readonly alerts: readonly Pick<Alert, 'since' | 'resolvedAt'>[];
  /** What else happened. */
  readonly flags?: readonly Flag[];
}

export function alertTable(
  course: readonly JudgedReading[],
  kind: FigureKind = 'value',
): ChartTable {
  return {
    columns: [
      { label: messages.charts.time, kind: 'time' },
      { label: words.value, kind },
      { label: words.expected, kind },
      { label: words.lower, kind },
      { label: words.width, kind, silent: true },
      { label: words.upper, kind },
      { label: words.count, kind: 'count' },
    ],
    rows: course.map(({ end, value, expected, lower, upper, count }) => {
      const width = lower === null || upper === null ? null : upper - lower;
      return [end, value, expected, lower, width, upper, count];
    }),
  };
}

const usualPlotPx = 196;

export function alertCourseHeight(plotPx = usualPlotPx): number {
  return panelsHeight([{ heightPx: plotPx }], true);
}

/** A bound without its counterpart is the limit of the watch. */
function limitOf(table: ChartTable): Rule | undefined {
  const last = table.rows.findLast((row) => row[at.lower] != null || row[at.upper] != null);
  if (last === undefined || last[at.width] != null) return undefined;
  return { value: last[at.upper] ?? last[at.lower] ?? 0, label: words.limit, start: true };
}

/** From zero where figures go far down towards it: a fall by half looks like one. */
function extentOf(table: ChartTable): Extent {
  const figures = table.rows.flatMap((row) =>
    [at.value, at.expected, at.lower, at.upper].flatMap((column) => row[column] ?? []),
  );
  if (figures.length === 0) return niceExtent(0, 1, 4);
  const [low, high] = [Math.min(...figures), Math.max(...figures)];
  return niceExtent(low > 0 && low < high / 2 ? 0 : low, high, 4);
}

export function alertCourse(
  table: ChartTable,
  look: ChartLook,
  context: AlertCourseContext,
): EChartsOption {
  const { title = words.title, kind = 'value', plotPx = usualPlotPx, alerts, flags = [] } = context;
  const has = (column: number) => table.rows.some((row) => row[column] != null);
  const limit = limitOf(table);
  const band = has(at.width) ? ({ band: [at.lower, at.width] } as const) : {};
  const panel: Panel = {
    title,
    kind,
    heightPx: plotPx,
    fromZero: false,
    extent: extentOf(table),
    tick: (value) => formatFigure(kind, value, look.zone),
    // What is expected lies beneath what was.
    series: [
      ...(has(at.expected)
        ? ([{ column: at.expected, mark: 'line', color: 4, dashed: true, ...band }] as const)
        : []),
      { column: at.value, mark: 'line', color: 0 },
    ],
    ...(limit === undefined ? {} : { rules: [limit] }),
  };
  const spans = alerts.map(({ since, resolvedAt }) => ({
    from: since,
    to: resolvedAt,
    label: words.span,
    color: look.bad,
  }));
  return timePanels(table, [panel], look, flags, spans);
}
