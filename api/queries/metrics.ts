/**
 * Reads windowed metrics: the newest version of each partition's window, summed over partitions and over the windows of
 * a step, as far as groups of people allow (docs/privacy.md).
 *
 * All segments together are told by blocks of time with enough people; a segment by days that are over, where it and those that
 * are not shown have enough.
 */
import type { MetricPoint, MetricSeries, MetricsAnswer, RangeQuery } from '../../contracts/api.ts';
import { type SketchRow, type SumsRow, selectedWindows } from '../../control/metricBuckets.ts';
import { metricPoint } from '../../control/metricPoint.ts';
import { readClosedTo } from '../../control/privacy/closedTo.ts';
import { shownParts } from '../../control/privacy/shownParts.ts';
import type { Telling } from '../../control/privacy/telling.ts';
import {
  type DayCells,
  dayCells,
  isToldCell,
  type Placement,
  placedIn,
  type ToldDay,
  toldDay,
  toldStep,
} from '../../control/privacy/toldTimes.ts';
import { withinGroup } from '../../control/privacy/withinGroup.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import { daysAround, type Extent, fillGaps, type Range, resolveRange } from './range.ts';

/** Segments named in the catalogue, per metric. */
const segmentsMax = 1_000;

export interface MetricQuery extends RangeQuery {
  /** Absent: all segments together; '' is the segment of the rows that have none. */
  readonly segment?: string | undefined;
  /** Absent: the pipeline whose data is newest. */
  readonly pipeline?: string | undefined;
}

export interface CatalogueRow {
  pipeline: string;
  metric: string;
  windowMs: number;
  segments: string[];
  firstAt: number;
  endAt: number;
}

/**
 * No FINAL: an older version of a row has the same key, and fewer users. A segment is named when enough people were in it: names
 * are free text.
 */
const catalogue = bounded(`
  SELECT pipeline, metric, windowMs,
    arraySort(groupArrayIf(${segmentsMax})(segment, segment != '' AND known >= {least:UInt16})) AS segments,
    min(first) AS firstAt, max(last) + windowMs AS endAt
  FROM (
    SELECT pipeline, metric, window_ms AS windowMs, segment,
      if(max(m.people) >= 32, 32, length(groupUniqArrayArray(32)(m.users))) AS known,
      toUnixTimestamp64Milli(min(window_start)) AS first,
      toUnixTimestamp64Milli(max(window_start)) AS last
    FROM metrics AS m
    GROUP BY pipeline, metric, window_ms, segment
  )
  GROUP BY pipeline, metric, windowMs
  ORDER BY pipeline, metric, windowMs
  LIMIT 5000`);

/** What metrics there are; `lastAt` is the last instant of the newest window. */
export async function readMetrics(reader: Reader, least: number): Promise<MetricsAnswer> {
  const rows = await reader.query<CatalogueRow>(catalogue, { least });
  return { metrics: rows.map(({ endAt, ...row }) => ({ ...row, lastAt: endAt - 1 })) };
}

export interface ExtentRow extends Extent {
  pipeline: string;
  windowMs: number;
}

/** Windows of several lengths would count an event twice: the shortest are taken. */
const extent = bounded(`
  SELECT pipeline, window_ms AS windowMs,
    toUnixTimestamp64Milli(min(window_start)) AS "from",
    toUnixTimestamp64Milli(max(window_start)) + window_ms AS "to"
  FROM metrics
  WHERE metric = {metric:String} AND ({pipeline:String} = '' OR pipeline = {pipeline:String})
  GROUP BY pipeline, window_ms
  ORDER BY "to" DESC, windowMs, pipeline
  LIMIT 100`);

/** Of the metric as a whole, or of one segment. */
export const selected = `${selectedWindows} AND count > 0`;
const cells = bounded(dayCells(`metrics AS q FINAL WHERE ${selected}`));

export const start = 'toUnixTimestamp64Milli(window_start)';
const sums = (placed: Placement) =>
  bounded(`
  SELECT ${toldStep(start, placed)} AS time, sum(m.count) AS count, sum(m.sum) AS sum, sum(m.squares) AS squares,
    min(m.minimum) AS minimum, max(m.maximum) AS maximum
  FROM metrics AS m FINAL
  WHERE ${selectedWindows} AND m.count > 0 AND ${isToldCell(start, placed)}
  GROUP BY time
  ORDER BY time
  LIMIT 5000`);
/** Adds sketches bin by bin: row by row, which measured two to four times faster than \`sumMap\`. */
const sketches = (placed: Placement) =>
  bounded(`
  SELECT time, groupArray(bin) AS bins, groupArray(total) AS counts
  FROM (
    SELECT ${toldStep(start, placed)} AS time, bin, sum(observations) AS total
    FROM (
      SELECT window_start, bins, counts FROM metrics FINAL WHERE ${selected} AND ${isToldCell(start, placed)}
    )
    ARRAY JOIN bins AS bin, counts AS observations
    GROUP BY time, bin
    ORDER BY time, bin
  )
  GROUP BY time
  ORDER BY time
  LIMIT 5000`);

const dayMs = 86_400_000;
/** Of a segment, when nothing is asked for. */
const segmentSpanMs = 30 * dayMs;

/** Segments of each day, one row a day: there may be thousands of them. */
const segments = bounded(`
  SELECT day, groupArray(segment) AS segments, groupArray(rows) AS rows,
    groupArray(if(known >= {least:UInt16}, 32, known)) AS people,
    groupArray(if(known >= {least:UInt16}, [], users)) AS users
  FROM (
    SELECT intDiv(${start}, ${dayMs}) * ${dayMs} AS day, segment, toFloat64(sum(q.count)) AS rows,
      groupUniqArrayArray(32)(q.users) AS users,
      toUInt16(if(max(q.people) >= 32, 32, length(users))) AS known
    FROM metrics AS q FINAL
    WHERE ${selected}
    GROUP BY day, segment
  )
  GROUP BY day
  ORDER BY day
  LIMIT 5000`);

/** @returns undefined when no pipeline has such a metric */
export async function readMetricSeries(
  reader: Reader,
  metric: string,
  query: MetricQuery,
  telling: Telling,
): Promise<MetricSeries | undefined> {
  const opened = await openSeries(reader, metric, query, telling);
  if (opened === undefined) return undefined;
  const { series, extent: shortest } = opened;
  const { points, stepMs } =
    query.segment === undefined
      ? await wholeSeries(series, resolveRange(query, shortest, shortest.windowMs))
      : await segmentSeries(series, segmentRange(query, shortest), query.segment);
  const withheld = points.filter((point) => point.withheld).length;
  return {
    metric,
    segment: query.segment ?? null,
    stepMs,
    groupMin: telling.least,
    withheld,
    points,
  };
}

/** What there is of a metric. @returns undefined when no pipeline has it */
export async function openSeries(
  reader: Reader,
  metric: string,
  query: MetricQuery,
  telling: Telling,
): Promise<{ readonly series: Series; readonly extent: ExtentRow } | undefined> {
  const pipeline = query.pipeline ?? '';
  const extents = await reader.query<ExtentRow>(extent, { metric, pipeline });
  const newest = extents[0];
  if (newest === undefined) return undefined;
  const shortest = extents
    .filter((row) => row.pipeline === newest.pipeline)
    .reduce((least, row) => (row.windowMs < least.windowMs ? row : least));
  const closedTo = await readClosedTo(reader, 'metrics', shortest.pipeline, telling);
  const of = { metric, pipeline: shortest.pipeline, window: shortest.windowMs };
  return { series: { reader, of, closedTo, least: telling.least }, extent: shortest };
}

export interface Series {
  readonly reader: Reader;
  readonly of: { readonly metric: string; readonly pipeline: string; readonly window: number };
  readonly closedTo: number;
  readonly least: number;
}

export type Points = Pick<MetricSeries, 'points' | 'stepMs'>;

export const everySegment = { segment: '', every: 1 };

export async function toldDays(
  { reader, of, closedTo, least }: Series,
  range: Range,
): Promise<ToldDay[]> {
  const rows = await reader.query<DayCells>(cells, {
    ...{ ...of, ...daysAround(range), ...everySegment, least },
  });
  return rows.map((row) => toldDay(row, of.window, closedTo, least));
}

async function wholeSeries(series: Series, range: Range): Promise<Points> {
  const { reader, of, least } = series;
  const placed = placedIn(await toldDays(series, range), range.stepMs);
  const parameters = { ...of, ...daysAround(range), ...everySegment, step: range.stepMs };
  const points = await pointsOf(reader, placed, parameters, least);
  const shown = points.filter(({ time }) => time >= range.from && time < range.to);
  const empty = (time: number) => (placed.withheld.has(time) ? withheldAt(time) : emptyAt(time));
  return { points: fillGaps(range, shown, empty), stepMs: range.stepMs };
}

/** Whole days, by default of a month. */
export function segmentRange(query: MetricQuery, extent: Extent): Range {
  const to = query.to ?? extent.to;
  const from = query.from ?? Math.max(extent.from, to - segmentSpanMs);
  const stepMs = query.stepMs ?? (query.from === undefined ? dayMs : undefined);
  return resolveRange({ from, to, stepMs }, extent, dayMs);
}

export interface SegmentsRow {
  readonly day: number;
  readonly segments: readonly string[];
  readonly rows: readonly number[];
  readonly people: readonly number[];
  readonly users: readonly (readonly number[])[];
}

async function segmentSeries(series: Series, range: Range, segment: string): Promise<Points> {
  const { reader, of, least } = series;
  const days = daysAround(range);
  const [told, rows] = await Promise.all([
    toldDays(series, range),
    reader.query<SegmentsRow>(segments, { ...of, ...days, ...everySegment, least }),
  ]);
  const isOver = new Set(
    told.filter((each) => each.isOver && each.blocks.length > 0).map(({ day }) => day),
  );
  const stepOf = (time: number) => Math.floor(time / range.stepMs) * range.stepMs;
  const shown: number[] = [];
  const withheld = new Set<number>();
  for (const row of rows) {
    const at = row.segments.indexOf(segment);
    const isShown = isOver.has(row.day) && isShownIn(row, at, least);
    if (isShown) shown.push(row.day);
    // Whether a small segment had anybody that day is not told either.
    else withheld.add(stepOf(row.day));
  }
  const others = told.filter(({ day }) => !shown.includes(day)).map(({ day }) => day);
  const parameters = { ...of, ...days, segment, every: 0, step: range.stepMs };
  const placed = { cutDays: others, cutAt: others, leftSteps: [], leftFrom: [], leftFor: [] };
  const points = shown.length === 0 ? [] : await pointsOf(reader, placed, parameters, least);
  const empty = (time: number) => (withheld.has(time) ? withheldAt(time) : emptyAt(time));
  const inRange = points.filter(({ time }) => time >= range.from && time < range.to);
  return { points: fillGaps(range, inRange, empty), stepMs: range.stepMs };
}

function isShownIn(row: SegmentsRow, at: number, least: number): boolean {
  return at >= 0 && shownIn(row, least)[at]!;
}

/** Whether each segment of a day is shown. */
export function shownIn({ rows, people, users }: SegmentsRow, least: number): boolean[] {
  const parts = rows.map((count, i) => ({
    rows: count,
    people: { people: people[i]!, users: users[i]! },
  }));
  return shownParts(parts, least);
}

async function pointsOf(
  reader: Reader,
  placed: Placement,
  parameters: Readonly<Record<string, unknown>>,
  least: number,
): Promise<MetricPoint[]> {
  const [sumRows, sketchRows] = await Promise.all([
    reader.query<SumsRow>(sums(placed), { ...parameters }),
    reader.query<SketchRow>(sketches(placed), { ...parameters }),
  ]);
  const sketchByTime = new Map(sketchRows.map((row) => [row.time, row]));
  return sumRows.map(({ time, ...row }) => {
    const { bins, counts } = sketchByTime.get(time) ?? noSketch;
    const point = withinGroup(metricPoint({ ...row, bins, counts }), least);
    return { time, ...point, withheld: false };
  });
}

const noSketch = { bins: [], counts: [] };
const noValues = metricPoint({
  ...{ count: 0, sum: 0, squares: 0, minimum: 0, maximum: 0 },
  ...noSketch,
});

export function emptyAt(time: number): MetricPoint {
  return { time, ...noValues, withheld: false };
}

export function withheldAt(time: number): MetricPoint {
  return { time, ...noValues, count: null, sum: null, withheld: true };
}
