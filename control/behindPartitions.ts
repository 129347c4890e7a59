/** Which partitions of a pipeline have something to catch up with, by what their commits have noted. */
import { bounded, type Reader } from './statement.ts';

/** A partition that has told so long ago that it is behind does not work any more, ms. */
const behindMs = 60_000;
/** Of ten seconds the question is the same, so that who asks at the same time asks once. */
const sameMs = 10_000;

const behindOnes = bounded(`
  SELECT partition, argMax(lag_events, committed_at) AS lag
  FROM epochs
  WHERE pipeline = {pipeline:String} AND committed_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
  GROUP BY partition
  HAVING lag > 0
  LIMIT 10000`);

/** @param now by the clock, ms */
export async function readBehind(reader: Reader, pipeline: string, now: number): Promise<number[]> {
  const since = Math.max(0, Math.floor((now - behindMs) / sameMs) * sameMs);
  const rows = await reader.query<{ partition: number }>(behindOnes, { pipeline, since });
  return rows.map(({ partition }) => partition);
}
