/**
 * How far a pipeline has come in event time.
 *
 * What is complete is told by what has come later: a bucket is when the newest event lies behind it, so that a replay of old
 * data is judged as it goes by, and its end is not taken for silence. When a stream that was live falls silent, nothing comes
 * later: then the clock says that time has passed.
 */
import { readBehind } from '../../behindPartitions.ts';
import { bounded, type Reader } from '../../statement.ts';
import type { Frontier } from './source.ts';

export interface FrontierOptions {
  readonly reader: Reader;
  readonly clock: () => number;
  /** After the end of a bucket so long is waited for what comes late, ms. */
  readonly settleMs?: number;
}

/** A stream is live whose newest event was written within so long of its time, ms. */
const liveMs = 3_600_000;
const dayMs = 86_400_000;
export const settleMsDefault = 30_000;

const newestWindows = bounded(`
  SELECT partition, max(toUnixTimestamp64Milli(window_start) + window_ms) AS newest
  FROM metrics
  WHERE pipeline = {pipeline:String} AND window_start >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
  GROUP BY partition
  ORDER BY partition
  LIMIT 10000`);

const commitsAround = bounded(`
  SELECT count() AS commits
  FROM epochs
  WHERE pipeline = {pipeline:String} AND events > 0
    AND committed_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND committed_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`);

export class FrontierReader {
  readonly #options: FrontierOptions;
  readonly #startedAt: number;
  readonly #pipelines = new Map<string, PipelineTime>();

  constructor(options: FrontierOptions) {
    this.#options = options;
    this.#startedAt = options.clock();
  }

  /** @throws EngineError SINK_UNAVAILABLE */
  async read(pipeline: string): Promise<Frontier> {
    const { reader, clock, settleMs = settleMsDefault } = this.#options;
    const known = this.#pipelines.get(pipeline) ?? { partitions: new Map(), isLive: false };
    this.#pipelines.set(pipeline, known);
    const now = clock();
    const before = newestOf(known);
    const since = Math.max(0, Math.floor((before ?? 0) - dayMs));
    const [windows, behind] = await Promise.all([
      reader.query<{ partition: number; newest: number }>(newestWindows, { pipeline, since }),
      readBehind(reader, pipeline, now),
    ]);
    for (const { partition, newest } of windows) {
      known.partitions.set(partition, Math.max(newest, known.partitions.get(partition) ?? 0));
    }
    const newest = newestOf(known);
    if (newest === undefined) return { now, newest: null, completeTo: Number.NEGATIVE_INFINITY };
    if (before === undefined) known.isLive = await this.#wasLive(pipeline, newest);
    // It was written just now.
    else if (newest !== before) known.isLive = now - newest < liveMs;
    const slowest = Math.min(
      newest,
      ...behind.map((partition) => known.partitions.get(partition) ?? Number.NEGATIVE_INFINITY),
    );
    const told = Math.min(slowest, now) - settleMs;
    const hasWaited = now - this.#startedAt >= 2 * settleMs;
    const silent = known.isLive && behind.length === 0 && hasWaited;
    return {
      now,
      newest: Math.min(newest, now),
      completeTo: silent ? Math.max(told, now - 2 * settleMs) : told,
    };
  }

  async #wasLive(pipeline: string, newest: number): Promise<boolean> {
    const range = { from: Math.floor(newest - liveMs), to: Math.floor(newest + liveMs) };
    const rows = await this.#options.reader.query<{ commits: number }>(commitsAround, {
      ...{ pipeline, ...range },
    });
    return (rows[0]?.commits ?? 0) > 0;
  }
}

interface PipelineTime {
  /** End of the newest window of each. */
  readonly partitions: Map<number, number>;
  /** Its newest event was written about when it happened. */
  isLive: boolean;
}

function newestOf({ partitions }: PipelineTime): number | undefined {
  return partitions.size === 0 ? undefined : Math.max(...partitions.values());
}
