/**
 * Reads windowed metrics: the newest version of each partition's window, summed over partitions and over the windows of
 * a step.
 */
import type { MetricSeries, MetricsAnswer, RangeQuery } from '../../contracts/api.ts';
import {
  type BucketParameters,
  bucketSketches,
  bucketSums,
  type SketchRow,
  type SumsRow,
} from '../../control/metricBuckets.ts';
import { metricPoint } from '../../control/metricPoint.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import { type Extent, fillGaps, resolveRange } from './range.ts';

/** Segments named in the catalogue, per metric. */
const segmentsMax = 1_000;

export interface MetricQuery extends RangeQuery {
  /** Absent: all segments together; '' is the segment of the rows that have none. */
  readonly segment?: string | undefined;
  /** Absent: the pipeline whose data is newest. */
  readonly pipeline?: string | undefined;
}

interface CatalogueRow {
  pipeline: string;
  metric: string;
  windowMs: number;
  segments: string[];
  firstAt: number;
  endAt: number;
}

/** No FINAL: an older version of a row has the same key, and nothing but keys is read. */
const catalogue = bounded(`
  SELECT pipeline, metric, window_ms AS windowMs,
    arraySort(groupUniqArrayIf(${segmentsMax})(segment, segment != '')) AS segments,
    toUnixTimestamp64Milli(min(window_start)) AS firstAt,
    toUnixTimestamp64Milli(max(window_start)) + window_ms AS endAt
  FROM metrics
  GROUP BY pipeline, metric, window_ms
  ORDER BY pipeline, metric, window_ms
  LIMIT 5000`);

/** What metrics there are; `lastAt` is the last instant of the newest window. */
export async function readMetrics(reader: Reader): Promise<MetricsAnswer> {
  const rows = await reader.query<CatalogueRow>(catalogue);
  return { metrics: rows.map(({ endAt, ...row }) => ({ ...row, lastAt: endAt - 1 })) };
}

interface ExtentRow extends Extent {
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

const sums = bounded(`${bucketSums('whole')} ORDER BY time LIMIT 5000`);
const sketches = bounded(`${bucketSketches('whole')} LIMIT 5000`);

/** @returns undefined when no pipeline has such a metric */
export async function readMetricSeries(
  reader: Reader,
  metric: string,
  query: MetricQuery,
): Promise<MetricSeries | undefined> {
  const pipeline = query.pipeline ?? '';
  const extents = await reader.query<ExtentRow>(extent, { metric, pipeline });
  const newest = extents[0];
  if (newest === undefined) return undefined;
  const shortest = extents
    .filter((row) => row.pipeline === newest.pipeline)
    .reduce((least, row) => (row.windowMs < least.windowMs ? row : least));
  const range = resolveRange(query, shortest, shortest.windowMs);
  const parameters: BucketParameters = {
    metric,
    pipeline: shortest.pipeline,
    window: shortest.windowMs,
    step: range.stepMs,
    from: range.from,
    to: range.to,
    segment: query.segment ?? '',
    every: query.segment === undefined ? 1 : 0,
  };
  const [sumRows, sketchRows] = await Promise.all([
    reader.query<SumsRow>(sums, { ...parameters }),
    reader.query<SketchRow>(sketches, { ...parameters }),
  ]);
  const sketchByTime = new Map(sketchRows.map((row) => [row.time, row]));
  const points = sumRows.map(({ time, ...row }) => {
    const { bins, counts } = sketchByTime.get(time) ?? noSketch;
    return { time, ...metricPoint({ ...row, bins, counts }) };
  });
  return {
    metric,
    segment: query.segment ?? null,
    stepMs: range.stepMs,
    points: fillGaps(range, points, (time) => ({ time, ...noValues })),
  };
}

const noSketch = { bins: [], counts: [] };
const noValues = metricPoint({
  count: 0,
  sum: 0,
  squares: 0,
  minimum: 0,
  maximum: 0,
  ...noSketch,
});
