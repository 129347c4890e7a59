/**
 * Metrics as far as own courses go: of whoever may not see all places.
 *
 * All own courses together are told as the sum of those that are told one by one: of days that are over, and only where neither they
 * nor what is not shown is of too few people (docs/privacy.md). So no answer can tell more than the single courses do.
 */
import type { MetricPoint, MetricSeries, MetricsAnswer } from '../../contracts/api.ts';
import { courseMetrics } from '../../contracts/place.ts';
import { metricPoint } from '../../control/metricPoint.ts';
import type { Telling } from '../../control/privacy/telling.ts';
import { withinGroup } from '../../control/privacy/withinGroup.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import {
  type CatalogueRow,
  emptyAt,
  everySegment,
  type MetricQuery,
  openSeries,
  readMetricSeries,
  type SegmentsRow,
  type Series,
  segmentRange,
  selected,
  shownIn,
  start,
  toldDays,
  withheldAt,
} from './metrics.ts';
import { daysAround, fillGaps, type Range } from './range.ts';

const dayMs = 86_400_000;

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
  reader: Reader,
  courses: ReadonlySet<string>,
  metric: string,
  query: MetricQuery,
  telling: Telling,
): Promise<MetricSeries | undefined> {
  const pipeline =
    query.pipeline ??
    Object.keys(courseMetrics).find((name) => ownMetricsOf(name).includes(metric));
  const asked = { ...query, pipeline };
  if (query.segment !== undefined) return readMetricSeries(reader, metric, asked, telling);
  const opened = await openSeries(reader, metric, asked, telling);
  if (opened === undefined) return undefined;
  const range = segmentRange(asked, opened.extent);
  const points = await sumOf(opened.series, range, courses);
  return {
    ...{ metric, segment: null, stepMs: range.stepMs, groupMin: telling.least },
    withheld: points.filter((point) => point.withheld).length,
    points,
  };
}

interface SummedRow extends SegmentsRow {
  readonly sums: readonly number[];
  readonly squares: readonly number[];
}

interface Sums {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

/** Segments of each day, one row a day, with what is added of them. */
const segments = bounded(`
  SELECT day, groupArray(segment) AS segments, groupArray(rows) AS rows, groupArray(total) AS sums,
    groupArray(square) AS squares,
    groupArray(if(known >= {least:UInt16}, 32, known)) AS people,
    groupArray(if(known >= {least:UInt16}, [], users)) AS users
  FROM (
    SELECT intDiv(${start}, ${dayMs}) * ${dayMs} AS day, segment, toFloat64(sum(q.count)) AS rows,
      sum(q.sum) AS total, sum(q.squares) AS square,
      groupUniqArrayArray(32)(q.users) AS users,
      toUInt16(if(max(q.people) >= 32, 32, length(users))) AS known
    FROM metrics AS q FINAL
    WHERE ${selected}
    GROUP BY day, segment
  )
  GROUP BY day
  ORDER BY day
  LIMIT 5000`);

async function sumOf(
  series: Series,
  range: Range,
  courses: ReadonlySet<string>,
): Promise<MetricPoint[]> {
  const { reader, of, least } = series;
  const [told, rows] = await Promise.all([
    toldDays(series, range),
    reader.query<SummedRow>(segments, { ...of, ...daysAround(range), ...everySegment, least }),
  ]);
  const isOver = new Set(
    told.filter((each) => each.isOver && each.blocks.length > 0).map(({ day }) => day),
  );
  const steps = new Map<number, Sums>();
  const withheld = new Set<number>();
  for (const row of rows) {
    const step = Math.floor(row.day / range.stepMs) * range.stepMs;
    const shown = isOver.has(row.day) ? shownIn(row, least) : [];
    let isTold = false;
    row.segments.forEach((segment, i) => {
      if (!courses.has(segment) || shown[i] !== true) return;
      isTold = true;
      const before = steps.get(step) ?? { count: 0, sum: 0, squares: 0 };
      steps.set(step, {
        count: before.count + row.rows[i]!,
        sum: before.sum + row.sums[i]!,
        squares: before.squares + row.squares[i]!,
      });
    });
    if (!isTold) withheld.add(step);
  }
  const points = [...steps]
    .map(([time, sums]) => {
      // Quantiles of several courses would need all their sketches.
      const bounds = { minimum: Number.NaN, maximum: Number.NaN, bins: [], counts: [] };
      const point = metricPoint({ ...sums, ...bounds });
      return { time, ...withinGroup(point, least), withheld: false };
    })
    .filter(({ time }) => time >= range.from && time < range.to)
    .sort((a, b) => a.time - b.time);
  const empty = (time: number) => (withheld.has(time) ? withheldAt(time) : emptyAt(time));
  return fillGaps(range, points, empty);
}
