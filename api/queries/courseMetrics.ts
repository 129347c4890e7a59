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
import { readCatalogue } from './metricCatalogue.ts';
import {
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

/** Metrics whose segments are courses, with the own ones among them. */
export async function readCourseMetrics(
  from: Reading,
  courses: ReadonlySet<string>,
): Promise<MetricsAnswer> {
  const entries = await readCatalogue(from);
  const own = entries.filter(({ pipeline, metric }) => ownMetricsOf(pipeline).includes(metric));
  return {
    metrics: own.map(({ endAt, segments, times: _, ...entry }) => ({
      ...entry,
      segments: segments.filter((segment) => courses.has(segment)),
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
