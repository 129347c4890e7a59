/** Where buckets of a metric come from: the table of metrics, or tables in which the engine counts something else. */
import { type BucketsBy, bucketOf, bucketSketches, bucketSums } from '../../metricBuckets.ts';

export interface BucketTable {
  /** Length of the shortest windows, start of the first of them, and how many segments there are: from `from` to `to`. */
  readonly extent: string;
  /** Without an order. */
  sums(by: BucketsBy): string;
  /** undefined: quantiles are not known. */
  sketches?(by: BucketsBy): string;
  /** `event`: complete when the pipeline's event time has passed; `clock`: when the time has passed. */
  readonly by: 'event' | 'clock';
}

const inRange = (column: string) => `
    ${column} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND ${column} < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

const measured: BucketTable = {
  extent: `
  SELECT window_ms AS windowMs, toUnixTimestamp64Milli(min(window_start)) AS first, uniq(segment) AS segments
  FROM metrics
  WHERE pipeline = {pipeline:String} AND metric = {metric:String} AND ${inRange('window_start')}
  GROUP BY window_ms
  ORDER BY window_ms
  LIMIT 1`,
  sums: bucketSums,
  sketches: bucketSketches,
  by: 'event',
};

const segmentOf = (by: BucketsBy, segment: string) =>
  by === 'whole' ? '' : `${segment} AS segment,`;
const keysOf = (by: BucketsBy) => (by === 'whole' ? 'time' : 'time, segment');

/** Log loss of predictions, nats; a segment each model. */
const modelLogLoss: BucketTable = {
  extent: `
  SELECT window_ms AS windowMs, toUnixTimestamp64Milli(min(window_start)) AS first, uniq(model) AS segments
  FROM model_quality
  WHERE pipeline = {pipeline:String} AND ${inRange('window_start')}
  GROUP BY window_ms
  ORDER BY window_ms
  LIMIT 1`,
  sums: (by) => `
  SELECT ${bucketOf('window_start')} AS time, ${segmentOf(by, 'model')}
    sum(q.count) AS count, sum(q.log_loss) AS sum, NULL AS squares, 0 AS minimum, 0 AS maximum
  FROM model_quality AS q FINAL
  WHERE pipeline = {pipeline:String} AND window_ms = {window:UInt64} AND ${inRange('window_start')}
    AND q.count > 0
  GROUP BY ${keysOf(by)}`,
  by: 'event',
};

/** Share of the records that the pipeline has refused, by when it committed them. */
const refusedShare: BucketTable = {
  extent: `
  SELECT 1000 AS windowMs, toUnixTimestamp64Milli(min(committed_at)) AS first, 1 AS segments
  FROM epochs
  WHERE pipeline = {pipeline:String} AND ${inRange('committed_at')}
  HAVING count() > 0`,
  sums: (by) => `
  SELECT ${bucketOf('committed_at')} AS time, ${by === 'whole' ? '' : `'' AS segment,`}
    sum(e.events) AS count, sum(e.refused) AS sum, sum(e.refused) AS squares, 0 AS minimum, 1 AS maximum
  FROM epochs AS e
  WHERE pipeline = {pipeline:String} AND ${inRange('committed_at')} AND e.events > 0
  GROUP BY time`,
  by: 'clock',
};

/** Metrics that no pipeline measures: the engine knows them of each pipeline. */
export const engineMetrics: Readonly<Record<string, BucketTable>> = {
  model_log_loss: modelLogLoss,
  refused_share: refusedShare,
};

/** A pipeline's own metric has another name than those of the engine. */
export function bucketTable(metric: string): BucketTable {
  return Object.hasOwn(engineMetrics, metric) ? engineMetrics[metric]! : measured;
}
