/** Reads how the epochs of a pipeline went, by the engine's clock. */
import type { EpochSeries, RangeQuery } from '../../contracts/api.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import { type LagNote, lagCourse } from './lagCourse.ts';
import { type Extent, fillGaps, resolveRange } from './range.ts';

type EpochPoint = EpochSeries['points'][number];

const extent = bounded(`
  SELECT toUnixTimestamp64Milli(min(committed_at)) AS "from",
    toUnixTimestamp64Milli(max(committed_at)) + 1 AS "to"
  FROM epochs
  WHERE pipeline = {pipeline:String}
  HAVING count() > 0`);

/** An epoch that was noted twice counts once. */
const distinct = `
    SELECT partition, end_offset, min(committed_at) AS at, any(events) AS events,
      any(refused) AS refused, any(late) AS late, any(duplicates) AS duplicates,
      any(commit_ms) AS commit_ms, any(lag_events) AS lag_events
    FROM epochs
    WHERE pipeline = {pipeline:String}
      AND committed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND committed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    GROUP BY partition, end_offset`;

const step = 'intDiv(toUnixTimestamp64Milli(e.at), {step:Int64}) * {step:Int64}';

const series = bounded(`
  SELECT ${step} AS time,
    count() AS epochs, sum(e.events) AS events, sum(e.refused) AS refused, sum(e.late) AS late,
    sum(e.duplicates) AS duplicates,
    quantileExact(0.5)(e.commit_ms) AS commitMsMedian,
    quantileExact(0.99)(e.commit_ms) AS commitMsP99
  FROM (${distinct}) AS e
  GROUP BY time
  ORDER BY time
  LIMIT 5000`);

const lags = bounded(`
  SELECT time, groupArray(partition) AS partitions, groupArray(worst) AS worsts,
    groupArray(last) AS lasts
  FROM (
    SELECT ${step} AS time, e.partition AS partition, max(e.lag_events) AS worst,
      argMax(e.lag_events, e.end_offset) AS last
    FROM (${distinct}) AS e
    GROUP BY time, partition
  )
  GROUP BY time
  ORDER BY time
  LIMIT 5000`);

type SeriesRow = Omit<EpochPoint, 'eventsPerSecond' | 'lagEvents'>;

interface LagsRow {
  time: number;
  partitions: number[];
  worsts: number[];
  lasts: number[];
}

export interface EpochQuery extends RangeQuery {
  /** The range begins with the first epoch that is kept, where that is later. */
  readonly fit?: boolean | undefined;
}

/**
 * @param now the engine's clock, ms
 * @returns undefined when the pipeline has committed no epoch that is still kept
 */
export async function readEpochs(
  reader: Reader,
  pipeline: string,
  query: EpochQuery,
  now: number,
): Promise<EpochSeries | undefined> {
  const [data] = await reader.query<Extent>(extent, { pipeline });
  if (data === undefined) return undefined;
  const { from = data.from, to = data.to } = query;
  const fitted =
    query.fit === true ? { ...query, from: Math.max(from, Math.min(data.from, to - 1)) } : query;
  const range = resolveRange(fitted, data, 1_000);
  // The last step is not over yet when the data ends in it.
  const until = Math.min(range.to, Math.max(query.to ?? data.to, data.to));
  const parameters = { pipeline, step: range.stepMs, from: range.from, to: range.to };
  const [rows, lagRows] = await Promise.all([
    reader.query<SeriesRow>(series, parameters),
    reader.query<LagsRow>(lags, parameters),
  ]);
  const filled = fillGaps(range, rows, noEpochs);
  const course = lagCourse(
    filled.map(({ time }) => time),
    new Map(lagRows.map((row) => [row.time, notesOf(row)])),
    now,
  );
  const points = filled.map((row, index): EpochPoint => {
    const seconds = Math.max(1, (Math.min(row.time + range.stepMs, until) - row.time) / 1_000);
    return { ...row, eventsPerSecond: row.events / seconds, lagEvents: course[index] ?? null };
  });
  return { pipeline, stepMs: range.stepMs, points };
}

function notesOf({ partitions, worsts, lasts }: LagsRow): LagNote[] {
  return partitions.map((partition, index) => ({
    partition,
    worst: worsts[index]!,
    last: lasts[index]!,
  }));
}

function noEpochs(time: number): SeriesRow {
  return {
    time,
    epochs: 0,
    events: 0,
    refused: 0,
    late: 0,
    duplicates: 0,
    commitMsMedian: null,
    commitMsP99: null,
  };
}
