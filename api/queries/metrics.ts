/**
 * Reads windowed metrics: the newest version of each partition's window, summed over partitions and over the windows of
 * a step, as far as groups of people allow (docs/privacy.md).
 *
 * All segments together are told by blocks of time with enough people; a segment by days that are over, where it and those that
 * are not shown have enough.
 */
import type { MetricPoint, MetricSeries, MetricsAnswer, RangeQuery } from '../../contracts/api.ts';
import { addMetricSums, type MetricSums, metricPoint } from '../../control/metricPoint.ts';
import { readTimesOver } from '../../control/privacy/closedTo.ts';
import type { Reading } from '../../control/privacy/reading.ts';
import { withinGroup } from '../../control/privacy/withinGroup.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import { unitsByStep } from '../../control/units.ts';
import { type MetricUnits, readSegmentUnits, readWholeUnits, type Series } from './metricUnits.ts';
import { type Extent, fillGaps, type Range, resolveRange } from './range.ts';

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

const dayMs = 86_400_000;
/** Of a segment, when nothing is asked for. */
const segmentSpanMs = 30 * dayMs;

/** @returns undefined when no pipeline has such a metric */
export async function readMetricSeries(
  from: Reading,
  metric: string,
  query: MetricQuery,
): Promise<MetricSeries | undefined> {
  const opened = await openSeries(from, metric, query);
  if (opened === undefined) return undefined;
  const { series, extent: shortest } = opened;
  const { segment } = query;
  const range =
    segment === undefined
      ? resolveRange(query, shortest, shortest.windowMs)
      : segmentRange(query, shortest);
  const units =
    segment === undefined
      ? await readWholeUnits(series, range)
      : await readSegmentUnits(series, range, segment);
  const { least } = from.telling;
  const points = pointsOf(units, range, least);
  const withheld = points.filter((point) => point.withheld).length;
  const { stepMs } = range;
  return { metric, segment: segment ?? null, stepMs, groupMin: least, withheld, points };
}

/** What there is of a metric. @returns undefined when no pipeline has it */
export async function openSeries(
  { reader, kept, telling }: Reading,
  metric: string,
  query: MetricQuery,
): Promise<{ readonly series: Series; readonly extent: ExtentRow } | undefined> {
  const pipeline = query.pipeline ?? '';
  const extents = await reader.query<ExtentRow>(extent, { metric, pipeline });
  const newest = extents[0];
  if (newest === undefined) return undefined;
  const shortest = extents
    .filter((row) => row.pipeline === newest.pipeline)
    .reduce((least, row) => (row.windowMs < least.windowMs ? row : least));
  const times = await readTimesOver(reader, 'metrics', shortest.pipeline, telling);
  const of = { metric, pipeline: shortest.pipeline, window: shortest.windowMs };
  return { series: { reader, kept, of, ...times, least: telling.least }, extent: shortest };
}

/** Whole days, by default of a month. */
export function segmentRange(query: MetricQuery, extent: Extent): Range {
  const to = query.to ?? extent.to;
  const from = query.from ?? Math.max(extent.from, to - segmentSpanMs);
  const stepMs = query.stepMs ?? (query.from === undefined ? dayMs : undefined);
  return resolveRange({ from, to, stepMs }, extent, dayMs);
}

/** One point for each step of the range. */
export function pointsOf(units: MetricUnits, range: Range, least: number): MetricPoint[] {
  const steps = unitsByStep<MetricSums>(units, range);
  const points = [...steps].map(([time, parts]) => {
    if (parts.length === 0) return { time, ...noValues, count: null, sum: null, withheld: true };
    return { time, ...withinGroup(metricPoint(addMetricSums(parts)), least), withheld: false };
  });
  return fillGaps(range, points, (time) => ({ time, ...noValues, withheld: false }));
}

const noValues = metricPoint({
  ...{ count: 0, sum: 0, squares: 0, minimum: 0, maximum: 0 },
  ...{ bins: [], counts: [] },
});
