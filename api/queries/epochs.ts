/** Reads how the epochs of a pipeline went, by the engine's clock. */
import type { EpochSeries, RangeQuery } from '../../contracts/api.ts';
import { type Extent, fillGaps, resolveRange } from './range.ts';
import { bounded, type Reader } from './statement.ts';

type EpochPoint = EpochSeries['points'][number];

const extent = bounded(`
  SELECT toUnixTimestamp64Milli(min(committed_at)) AS "from",
    toUnixTimestamp64Milli(max(committed_at)) + 1 AS "to"
  FROM epochs
  WHERE pipeline = {pipeline:String}
  HAVING count() > 0`);

/** An epoch that was noted twice counts once. The lag is each partition's worst in the step, added up. */
const series = bounded(`
  SELECT intDiv(toUnixTimestamp64Milli(e.at), {step:Int64}) * {step:Int64} AS time,
    count() AS epochs, sum(e.events) AS events, sum(e.refused) AS refused, sum(e.late) AS late,
    sum(e.duplicates) AS duplicates,
    quantileExact(0.5)(e.commit_ms) AS commitMsMedian,
    quantileExact(0.99)(e.commit_ms) AS commitMsP99,
    arraySum(mapValues(maxMap(map(e.partition, e.lag_events)))) AS lagEvents
  FROM (
    SELECT partition, end_offset, min(committed_at) AS at, any(events) AS events,
      any(refused) AS refused, any(late) AS late, any(duplicates) AS duplicates,
      any(commit_ms) AS commit_ms, any(lag_events) AS lag_events
    FROM epochs
    WHERE pipeline = {pipeline:String}
      AND committed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND committed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    GROUP BY partition, end_offset
  ) AS e
  GROUP BY time
  ORDER BY time
  LIMIT 5000`);

/** @returns undefined when the pipeline has committed no epoch that is still kept */
export async function readEpochs(
  reader: Reader,
  pipeline: string,
  query: RangeQuery,
): Promise<EpochSeries | undefined> {
  const [data] = await reader.query<Extent>(extent, { pipeline });
  if (data === undefined) return undefined;
  const range = resolveRange(query, data, 1_000);
  // The last step is not over yet when the data ends in it.
  const until = Math.min(range.to, Math.max(query.to ?? data.to, data.to));
  const rows = await reader.query<Omit<EpochPoint, 'eventsPerSecond'>>(series, {
    pipeline,
    step: range.stepMs,
    from: range.from,
    to: range.to,
  });
  const points = rows.map((row): EpochPoint => {
    const seconds = Math.max(1, (Math.min(row.time + range.stepMs, until) - row.time) / 1_000);
    return { ...row, eventsPerSecond: row.events / seconds };
  });
  return { pipeline, stepMs: range.stepMs, points: fillGaps(range, points, noEpochs) };
}

function noEpochs(time: number): EpochPoint {
  return {
    time,
    epochs: 0,
    events: 0,
    eventsPerSecond: 0,
    refused: 0,
    late: 0,
    duplicates: 0,
    commitMsMedian: null,
    commitMsP99: null,
    lagEvents: 0,
  };
}
