/**
 * Metrics as far as own courses go: of whoever may not see all places.
 *
 * All own courses together are told as the sum of those that are told one by one: of days that are over, and only where neither they
 * nor what is not shown is of too few people (docs/privacy.md). So no answer can tell more than the single courses do.
 */
import type { MetricPoint, MetricSeries, MetricsAnswer } from '../../contracts/api.ts';
import { courseMetrics } from '../../contracts/place.ts';
import { addMetricSums } from '../../control/metricPoint.ts';
import type { Reading } from '../../control/privacy/reading.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import {
  type CatalogueRow,
  type MetricQuery,
  openSeries,
  pointsOf,
  readMetricSeries,
  segmentRange,
} from './metrics.ts';
import { readSegmentDays, type Series } from './metricUnits.ts';
import { daysAround, type Range } from './range.ts';

/** Whether the segments of a metric are courses. Of all pipelines when none is asked for: then none may be of another kind. */
export function isByCourse(metric: string, pipeline?: string): boolean {
  const of = pipeline === undefined ? Object.keys(courseMetrics) : [pipeline];
  return of.some((name) => ownMetricsOf(name).includes(metric));
}

function ownMetricsOf(pipeline: string): readonly string[] {
  return Object.hasOwn(courseMetrics, pipeline) ? courseMetrics[pipeline]! : [];
}

/** One row a metric and segment; no FINAL: an older version of a row has the same key, and fewer users. */
const catalogue = bounded(`
  SELECT pipeline, metric, windowMs, groupArrayIf(segment, known >= {least:UInt16}) AS segments,
    min(first) AS firstAt, max(last) + windowMs AS endAt
  FROM (
    SELECT pipeline, metric, window_ms AS windowMs, segment,
      if(max(m.people) >= 32, 32, length(groupUniqArrayArray(32)(m.users))) AS known,
      toUnixTimestamp64Milli(min(window_start)) AS first,
      toUnixTimestamp64Milli(max(window_start)) AS last
    FROM metrics AS m
    WHERE pipeline = {pipeline:String} AND metric IN {metrics:Array(String)}
    GROUP BY pipeline, metric, window_ms, segment
  )
  GROUP BY pipeline, metric, windowMs
  ORDER BY pipeline, metric, windowMs
  LIMIT 1000`);

/** Metrics whose segments are courses, with the own ones among them. */
export async function readCourseMetrics(
  reader: Reader,
  courses: ReadonlySet<string>,
  least: number,
): Promise<MetricsAnswer> {
  const byPipeline = await Promise.all(
    Object.entries(courseMetrics).map(([pipeline, metrics]) =>
      reader.query<CatalogueRow>(catalogue, { least, pipeline, metrics }),
    ),
  );
  return {
    metrics: byPipeline.flat().map(({ endAt, segments, ...row }) => ({
      ...row,
      segments: segments.filter((segment) => courses.has(segment)).sort(),
      lastAt: endAt - 1,
    })),
  };
}

/**
 * One own course, or all of them together.
 *
 * @param query its `segment` is an own course, its metric one by course
 * @returns undefined when no pipeline has such a metric
 */
export async function readCourseSeries(
  from: Reading,
  courses: ReadonlySet<string>,
  metric: string,
  query: MetricQuery,
): Promise<MetricSeries | undefined> {
  const pipeline =
    query.pipeline ??
    Object.keys(courseMetrics).find((name) => ownMetricsOf(name).includes(metric));
  const asked = { ...query, pipeline };
  if (query.segment !== undefined) return readMetricSeries(from, metric, asked);
  const opened = await openSeries(from, metric, asked);
  if (opened === undefined) return undefined;
  const range = segmentRange(asked, opened.extent);
  const points = await sumOf(opened.series, range, courses);
  return {
    ...{ metric, segment: null, stepMs: range.stepMs, groupMin: from.telling.least },
    withheld: points.filter((point) => point.withheld).length,
    points,
  };
}

/** Quantiles of several courses would need all their sketches. */
const noBounds = { minimum: Number.NaN, maximum: Number.NaN, bins: [], counts: [] };

async function sumOf(
  series: Series,
  range: Range,
  courses: ReadonlySet<string>,
): Promise<MetricPoint[]> {
  const days = await readSegmentDays(series, daysAround(range));
  const units = [...days.values()].map(({ day, shown }) => {
    const own = [...shown].filter(([course]) => courses.has(course));
    const parts = own.map(([, sums]) => ({ ...sums, ...noBounds }));
    return { time: day, sums: parts.length === 0 ? null : addMetricSums(parts) };
  });
  return pointsOf(units, range, series.least);
}
