/**
 * Readings of a statistic's figure: of its windows when they are complete; of what is accumulated for all time, whenever it has
 * changed.
 */
import type { StatisticReading } from '../../../contracts/api.ts';
import type { WatchSource } from '../../../contracts/watch.ts';
import { bounded, type Reader } from '../../statement.ts';
import { readStatisticReadings } from '../../storedStatistics.ts';
import type { Reading } from '../judged.ts';
import { type Frontier, keysMaxDefault, type Round, type Source, SourceProblem } from './source.ts';

type StatisticOf = Extract<WatchSource, { kind: 'statistic' }>;

/** The newest figures that were judged. */
export type LastJudged = () => Promise<readonly Reading[]>;

export interface StatisticSourceOptions {
  readonly keysMax?: number;
  /** Least time between two readings of what is accumulated for all time, ms. */
  readonly everyMs?: number;
}

/** Windows that a judge sees before it begins. */
const pastWindows = 50;
/** Windows of one round of reading. */
const windowsMax = 500;

const windowStarts = bounded(`
  SELECT window_ms AS windowMs, toUnixTimestamp64Milli(window_start) AS start
  FROM statistics
  WHERE pipeline = {pipeline:String} AND name = {name:String}
    AND window_start > fromUnixTimestamp64Milli({after:Int64}, 'UTC')
  GROUP BY window_ms, window_start
  ORDER BY start DESC
  LIMIT {most:UInt32}`);

const lengths = bounded(`
  SELECT window_ms AS windowMs
  FROM statistics
  WHERE pipeline = {pipeline:String} AND name = {name:String}
  GROUP BY window_ms
  ORDER BY max(received_at) DESC
  LIMIT 1`);

/** @param lastJudged of the watch: what is accumulated for all time tells nothing of its past */
export function createStatisticSource(
  reader: Reader,
  source: StatisticOf,
  lastJudged: LastJudged,
  { keysMax = keysMaxDefault, everyMs = 60_000 }: StatisticSourceOptions = {},
): Source {
  const { pipeline, name, figure } = source;
  let remark: string | null = null;
  /** Of all time: up to when it was read, by the log's clock, and when that was. */
  let receivedTo: number | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let endedAt = 0;
  /** By key: what was read last, and for when. */
  const lastRead = new Map<string, { readonly value: number | null; readonly end: number }>();

  async function readingsOf(range: {
    from?: number;
    to?: number;
    receivedAfter?: number;
  }): Promise<readonly StatisticReading[]> {
    const found = await readStatisticReadings(reader, pipeline, name, { ...range, limit: keysMax });
    if (found === undefined) return [];
    if (found.figures[figure] === undefined && found.readings.length > 0) {
      const names = Object.keys(found.figures).join(', ');
      throw new SourceProblem(`The statistic ${name} has no figure ${figure}; it has ${names}.`);
    }
    if (found.more) {
      remark = `There are more keys than ${found.readings.length.toLocaleString('en')}: further ones are not judged.`;
    }
    return found.readings;
  }

  const readingOf = (each: StatisticReading, moment: number): Reading => ({
    key: each.partition === null ? each.key : [...each.key, `partition ${each.partition}`],
    start: each.start ?? moment,
    end: each.end ?? moment,
    value: each.figures[figure] ?? null,
    count: each.taken,
  });

  /** @returns undefined when there is no such statistic yet */
  async function windowLength(): Promise<number | undefined> {
    const rows = await reader.query<{ windowMs: number }>(lengths, { pipeline, name });
    return rows[0]?.windowMs;
  }

  /** Ends of complete windows behind `after`, the newest `most` of them, ascending. */
  async function startsBehind(
    after: number,
    windowMs: number,
    { completeTo, newest }: Frontier,
    most: number,
  ): Promise<number[]> {
    const rows = await reader.query<{ windowMs: number; start: number }>(windowStarts, {
      ...{ pipeline, name, most: most + 2 },
      after: Number.isFinite(after) ? Math.floor(after - windowMs) : -1,
    });
    const starts = rows.filter((row) => row.windowMs === windowMs).map(({ start }) => start);
    // A pipeline without metrics tells no time: then a window is complete when there is a later one.
    const until = newest === null ? (starts[0] ?? 0) : completeTo;
    return starts.filter((start) => start + windowMs <= until).reverse();
  }

  async function* windows(starts: readonly number[], windowMs: number): AsyncIterable<Round> {
    for (const start of starts) {
      const found = await readingsOf({ from: start, to: start + 1 });
      const end = start + windowMs;
      yield { end, readings: found.map((each) => readingOf(each, end)) };
    }
  }

  /** A count of alarms that has risen is of when their run began, if the statistic says so; any other figure is of now. */
  function momentOf(each: StatisticReading, now: number): number {
    const { value, key } = readingOf(each, now);
    const name = JSON.stringify(key);
    const before = lastRead.get(name);
    const sinceMs = each.figures['sinceMs'] ?? Number.NaN;
    const isNews = figure === 'alarms' && value !== (before?.value ?? 0);
    const end = isNews && sinceMs <= now ? Math.max(sinceMs, (before?.end ?? 0) + 1) : now;
    lastRead.set(name, { value, end });
    return end;
  }

  async function* changed({ now, newest: eventTime }: Frontier): AsyncIterable<Round> {
    if (now - readAt < everyMs) return;
    readAt = now;
    const rows = await reader.query<{ receivedTo: number }>(newestReception, { pipeline, name });
    const newest = rows[0]?.receivedTo ?? 0;
    if (newest === 0 || newest === receivedTo) return;
    const after = receivedTo === undefined ? {} : { receivedAfter: receivedTo };
    const found = await readingsOf(after);
    receivedTo = newest;
    // The log may have received it later than it is by the clock, where events of another time are played.
    endedAt = Math.max(endedAt + 1, eventTime ?? Math.min(newest, now));
    const end = endedAt;
    if (found.length === 0) return;
    yield { end, readings: found.map((each) => readingOf(each, momentOf(each, end))) };
  }

  return {
    get remark() {
      return remark;
    },
    async *past(cursor, frontier) {
      const windowMs = await windowLength();
      if (windowMs === undefined) return;
      if (windowMs > 0) {
        const until = {
          ...frontier,
          completeTo: Math.min(frontier.completeTo, cursor ?? Infinity),
        };
        const starts = await startsBehind(Number.NEGATIVE_INFINITY, windowMs, until, pastWindows);
        yield* windows(starts.slice(-pastWindows), windowMs);
        if (Number.isFinite(until.completeTo)) yield { end: until.completeTo, readings: [] };
        return;
      }
      if (cursor === undefined) {
        yield* changed(frontier);
        readAt = Number.NEGATIVE_INFINITY;
        return;
      }
      endedAt = cursor;
      const last = await lastJudged();
      for (const { key, value, end } of last) lastRead.set(JSON.stringify(key), { value, end });
      if (last.length > 0) yield { end: cursor, readings: last };
    },
    async *rounds(cursor, frontier) {
      const windowMs = await windowLength();
      if (windowMs === undefined) return;
      if (windowMs === 0) {
        yield* changed(frontier);
        return;
      }
      const starts = await startsBehind(cursor, windowMs, frontier, windowsMax);
      yield* windows(
        starts.filter((start) => start + windowMs > cursor),
        windowMs,
      );
    },
  };
}

const newestReception = bounded(`
  SELECT toUnixTimestamp64Milli(max(received_at)) AS receivedTo
  FROM statistics
  WHERE pipeline = {pipeline:String} AND name = {name:String}`);
