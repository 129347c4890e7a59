/** SQL that reads windowed metrics in buckets: the newest version of each partition's window, summed over partitions and windows. */
import type { MetricSums } from './metricPoint.ts';

/** What the statements take. */
export interface BucketParameters {
  readonly pipeline: string;
  readonly metric: string;
  /** Length of the windows that are added, ms. */
  readonly window: number;
  /** Length of the buckets, ms: a multiple. */
  readonly step: number;
  /** Half-open, ms since 1970. */
  readonly from: number;
  readonly to: number;
  /** Of one segment … */
  readonly segment: string;
  /** … or, when 1, of all. */
  readonly every: 0 | 1;
}

export type SumsRow = Omit<MetricSums, 'bins' | 'counts'> & { readonly time: number };
export type SketchRow = Pick<MetricSums, 'bins' | 'counts'> & { readonly time: number };

/** Start of the bucket of a row. @param column that says when */
export function bucketOf(column: string): string {
  return `intDiv(toUnixTimestamp64Milli(${column}), {step:Int64}) * {step:Int64}`;
}

/** Windows of a metric between `from` and `to`. Hopping windows overlap: only those that lie end to end are added. */
export const selectedWindows = `
    pipeline = {pipeline:String} AND metric = {metric:String} AND window_ms = {window:UInt64}
    AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND toUnixTimestamp64Milli(window_start) % {window:Int64} = 0
    AND ({every:UInt8} OR segment = {segment:String})`;

/** Whose rows are added: all that are selected, or those of each segment. */
export type BucketsBy = 'whole' | 'segment';

/** Answers `SumsRow`, by segment with `segment`; without an order. */
export function bucketSums(by: BucketsBy): string {
  const { names, keys } = groupOf(by, 'm.');
  return `
  SELECT ${bucketOf('window_start')} AS time, ${names}
    sum(m.count) AS count, sum(m.sum) AS sum, sum(m.squares) AS squares,
    min(m.minimum) AS minimum, max(m.maximum) AS maximum
  FROM metrics AS m FINAL
  WHERE ${selectedWindows} AND m.count > 0
  GROUP BY ${keys}`;
}

/**
 * Answers `SketchRow`, by segment with `segment`. Adds sketches bin by bin: row by row, which measured two to four times faster
 * than `sumMap`.
 */
export function bucketSketches(by: BucketsBy): string {
  const { names, keys } = groupOf(by, '');
  return `
  SELECT time, ${names} groupArray(bin) AS bins, groupArray(total) AS counts
  FROM (
    SELECT ${bucketOf('window_start')} AS time, ${names} bin, sum(observations) AS total
    FROM (SELECT window_start, segment, bins, counts FROM metrics FINAL WHERE ${selectedWindows})
    ARRAY JOIN bins AS bin, counts AS observations
    GROUP BY ${keys}, bin
    ORDER BY ${keys}, bin
  )
  GROUP BY ${keys}
  ORDER BY ${keys}`;
}

function groupOf(by: BucketsBy, table: string): { readonly names: string; readonly keys: string } {
  return by === 'whole'
    ? { names: '', keys: 'time' }
    : { names: table === '' ? 'segment,' : `${table}segment AS segment,`, keys: 'time, segment' };
}
