/**
 * Reads windowed metrics: the newest version of each partition's window, summed over partitions and over the windows of
 * a step, as far as groups of people allow (docs/privacy.md).
 *
 * All segments together are told by blocks of time with enough people; a segment by days that are over, where it and those that
 * are not shown have enough.
 */
import type { MetricPoint, MetricSeries, MetricsAnswer, RangeQuery } from '../../contracts/api.ts';
import { addMetricSums, type MetricSums, metricPoint } from '../../control/metricPoint.ts';
import type { Reading } from '../../control/privacy/reading.ts';
import { withinGroup } from '../../control/privacy/withinGroup.ts';
import { unitsByStep } from '../../control/units.ts';
import { readCatalogue } from './metricCatalogue.ts';
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

/** What metrics there are; `lastAt` is the last instant of the newest window. */
export async function readMetrics(from: Reading): Promise<MetricsAnswer> {
  const entries = await readCatalogue(from);
  return {
    metrics: entries.map(({ endAt, segments, times: _, ...entry }) => {
      return { ...entry, segments: segments.slice(0, segmentsMax), lastAt: endAt - 1 };
    }),
  };
}

/** Of the shortest windows of a metric. */
export interface MetricExtent extends Extent {
  readonly windowMs: number;
}

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
  from: Reading,
  metric: string,
  query: MetricQuery,
): Promise<{ readonly series: Series; readonly extent: MetricExtent } | undefined> {
  const { reader, kept, telling } = from;
  const known = (await readCatalogue(from)).filter(
    (entry) =>
      entry.metric === metric &&
      (query.pipeline === undefined || query.pipeline === entry.pipeline),
  );
  const [newest] = known.sort((a, b) => b.endAt - a.endAt || a.windowMs - b.windowMs);
  if (newest === undefined) return undefined;
  const { pipeline, times } = newest;
  // Windows of several lengths would count an event twice.
  const { windowMs, firstAt, endAt } = known
    .filter((entry) => entry.pipeline === pipeline)
    .reduce((least, entry) => (entry.windowMs < least.windowMs ? entry : least));
  const of = { metric, pipeline, window: windowMs };
  return {
    series: { reader, kept, of, ...times, least: telling.least },
    extent: { from: firstAt, to: endAt, windowMs },
  };
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
