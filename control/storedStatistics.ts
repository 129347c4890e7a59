/** Reads accumulated statistics: the newest version of each partition's state, merged by what the registry knows of them. */
import type { StatisticReadings, StatisticsAnswer } from '../contracts/api.ts';
import { type IsShown, type KeyedFigures, readShownKeys } from './privacy/shownKeys.ts';
import { isHeld, type Telling } from './privacy/telling.ts';
import { bounded, type Reader } from './statement.ts';
import { readableStatistic } from './statisticNamed.ts';
import { readStatistic } from './statisticReadings.ts';

export interface StatisticQuery {
  /** Starts of windows, half-open, ms since 1970. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Values of all keys; absent: every key. */
  readonly key?: readonly string[] | undefined;
  /** Received later than that in one of their partitions, ms since 1970. */
  readonly receivedAfter?: number | undefined;
  /** Most readings. */
  readonly limit: number;
}

interface DefinitionRow {
  pipeline: string;
  name: string;
  statistic: string;
  stateVersion: number;
  parameters: string;
  windowMs: number;
  receivedAt: number;
}

/** No FINAL: an older version of a row has the same key, and was received earlier. */
const definitions = bounded(`
  SELECT pipeline, name, statistic, state_version AS stateVersion, parameters,
    window_ms AS windowMs, toUnixTimestamp64Milli(max(received_at)) AS receivedAt
  FROM statistics
  WHERE {every:UInt8} OR (pipeline = {pipeline:String} AND name = {name:String})
  GROUP BY pipeline, name, statistic, state_version, parameters, window_ms
  ORDER BY pipeline, name, receivedAt DESC, statistic, parameters, windowMs
  LIMIT 5000`);

function headOf(row: DefinitionRow) {
  const { pipeline, name, statistic, windowMs } = row;
  const chosen = JSON.parse(row.parameters) as Record<string, unknown>;
  return {
    pipeline,
    name,
    statistic,
    parameters: { ...(readableStatistic(row)?.begin(chosen).parameters ?? chosen) },
    windowMs: windowMs === 0 ? null : windowMs,
  };
}

export async function readStatistics(reader: Reader): Promise<StatisticsAnswer> {
  const rows = await reader.query<DefinitionRow>(definitions, { every: 1, pipeline: '', name: '' });
  return {
    statistics: rows.map((row) => ({
      ...headOf(row),
      receivedAt: row.receivedAt,
      readable: readableStatistic(row) !== undefined,
    })),
  };
}

const selected = `
    pipeline = {pipeline:String} AND name = {name:String} AND statistic = {statistic:String}
    AND state_version = {stateVersion:UInt16} AND parameters = {parameters:String}
    AND window_ms = {windowMs:UInt64}
    AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND ({every:UInt8} OR key = {key:Array(String)})`;

const groups = bounded(`
  SELECT sum(length(state)) AS bytes
  FROM statistics FINAL
  WHERE ${selected}
  GROUP BY window_start, key
  HAVING max(received_at) > fromUnixTimestamp64Milli({receivedAfter:Int64}, 'UTC')
  ORDER BY window_start DESC, key
  LIMIT {most:UInt32}`);

/** Bytes of a state are no text: base64 is. */
const states = bounded(`
  SELECT key, toUnixTimestamp64Milli(window_start) AS start, partition, taken, refused,
    base64Encode(state) AS state
  FROM statistics FINAL
  WHERE ${selected} AND (window_start, key) IN (
    SELECT window_start, key FROM statistics
    WHERE ${selected}
    GROUP BY window_start, key
    HAVING max(received_at) > fromUnixTimestamp64Milli({receivedAfter:Int64}, 'UTC')
    ORDER BY window_start DESC, key
    LIMIT {most:UInt32})
  ORDER BY window_start DESC, key, partition
  LIMIT 20000`);

interface StateRow {
  key: string[];
  start: number;
  partition: number;
  taken: number;
  refused: number;
  state: string;
}

/** What one answer reads at most, … */
const bytesMax = 16_000_000;
/** … and of statistics that take up to 10 ms each. */
const costlyMax = 100;
/** Of all time; the last instant that the column of window starts holds is later. */
const forever = { from: 0, to: 7_258_118_400_000 };

export interface ReadingOptions {
  /** Nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
  /** For people: of small groups nothing is read. Absent: for the engine itself, everything is. */
  readonly telling?: Telling;
}

/** What adds up since the beginning is never final. */
async function shownKeys(reader: Reader, of: KeyedFigures, telling: Telling): Promise<IsShown> {
  return of.windowMs === 0 && isHeld(telling)
    ? () => false
    : await readShownKeys(reader, of, telling);
}

/** @returns undefined when there is no such statistic, or none that this version knows */
export async function readStatisticReadings(
  reader: Reader,
  pipeline: string,
  name: string,
  query: StatisticQuery,
  { signal, telling = { least: 0, now: 0 } }: ReadingOptions = {},
): Promise<StatisticReadings | undefined> {
  const rows = await reader.query<DefinitionRow>(definitions, { every: 0, pipeline, name });
  const newest = rows.find((row) => readableStatistic(row) !== undefined);
  if (newest === undefined) return undefined;
  const statistic = readableStatistic(newest)!;
  // The one window of all time starts at 0, whatever is asked for.
  const range = newest.windowMs === 0 ? {} : { from: query.from, to: query.to };
  const parameters = {
    ...{ pipeline, name, statistic: newest.statistic, stateVersion: newest.stateVersion },
    ...{ parameters: newest.parameters, windowMs: newest.windowMs },
    ...{ from: range.from ?? forever.from, to: range.to ?? forever.to },
    ...{ every: query.key === undefined ? 1 : 0, key: query.key ?? [] },
    receivedAfter: query.receivedAfter ?? -1,
  };
  const limit = statistic.costly ? Math.min(query.limit, costlyMax) : query.limit;
  const sizes = await reader.query<{ bytes: number }>(groups, {
    ...parameters,
    most: limit + 1,
  });
  let most = 0;
  for (let bytes = 0; most < Math.min(limit, sizes.length); most += 1) {
    bytes += sizes[most]!.bytes;
    if (most > 0 && bytes > bytesMax) break;
  }
  const all = most === 0 ? [] : await reader.query<StateRow>(states, { ...parameters, most });
  const { least } = telling;
  const isShown = least === 0 ? undefined : await shownKeys(reader, parameters, telling);
  const stored = isShown === undefined ? all : all.filter(({ start, key }) => isShown(start, key));
  const namesOf = (rows: readonly StateRow[]) =>
    new Set(rows.map(({ start, key }) => JSON.stringify([start, ...key])));
  const head = headOf(newest);
  return {
    ...head,
    figures: { ...statistic.figures },
    readings: await readStatistic(
      { statistic, parameters: head.parameters, windowMs: newest.windowMs },
      stored.map((row) => ({ ...row, state: Buffer.from(row.state, 'base64') })),
      signal,
    ),
    groupMin: least,
    suppressed: namesOf(all).size - namesOf(stored).size,
    more: most < sizes.length,
  };
}
