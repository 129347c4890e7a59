/** The table `watch_readings`: what was judged of each watch, and so up to where it is judged. */
import type { JudgedReading } from '../../contracts/alert.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Store } from '../../contracts/store.ts';
import { bounded, type Reader } from '../statement.ts';
import type { Judged, Reading } from './judged.ts';

export interface WatchReadings {
  readonly watch: string;
  readonly judged: readonly Judged[];
}

export async function writeReadings(
  store: Pick<Store, 'insert'>,
  readings: readonly WatchReadings[],
  judgedAt: number,
): Promise<void> {
  const writer = new ByteWriter(1 << 14);
  for (const { watch, judged } of readings) {
    for (const { key, reading, verdict } of judged) {
      writer.text(watch);
      writer.varint(key.length);
      for (const part of key) writer.text(part);
      writer.int64(Math.floor(reading.start));
      writer.int64(Math.floor(reading.end));
      nullable(writer, reading.value);
      writer.int64(reading.count);
      const { expected, lower, upper, score, pValue } = reading;
      for (const figure of [expected, lower, upper, score, pValue]) nullable(writer, figure);
      writer.text(verdict);
      writer.int64(Math.floor(judgedAt));
    }
  }
  if (writer.length > 0) await store.insert('watch_readings', writer.take());
}

/** JSON, in which alerts are stored, knows neither NaN nor infinity: nor does this. */
function nullable(writer: ByteWriter, value: number | null): void {
  const isNull = value === null || !Number.isFinite(value);
  writer.uint8(isNull ? 1 : 0);
  if (!isNull) writer.float64(value);
}

/** End of the newest reading that was judged; undefined: none was. */
export async function readCursor(reader: Reader, watch: string): Promise<number | undefined> {
  const rows = await reader.query<{ judgedTo: number }>(
    bounded(`
    SELECT toUnixTimestamp64Milli("end") AS judgedTo FROM watch_readings
    WHERE watch = {watch:String}
    ORDER BY watch DESC, "end" DESC
    LIMIT 1`),
    { watch },
  );
  return rows[0]?.judgedTo;
}

/** The newest reading of each key. */
export async function readLastReadings(reader: Reader, watch: string): Promise<Reading[]> {
  return reader.query<Reading>(
    bounded(`
    SELECT key, toUnixTimestamp64Milli(argMax(r.start, r."end")) AS start,
      toUnixTimestamp64Milli(max(r."end")) AS end,
      argMax(tuple(r.value), r."end").1 AS value, argMax(r.count, r."end") AS count
    FROM watch_readings AS r
    WHERE watch = {watch:String}
    GROUP BY key
    ORDER BY key
    LIMIT 10000`),
    { watch },
  );
}

/** Keys and starts of what was judged and ends after a time. */
export function readJudgedSince(
  reader: Reader,
  watch: string,
  time: number,
): Promise<Pick<Reading, 'key' | 'start'>[]> {
  return reader.query(
    bounded(`
    SELECT key, toUnixTimestamp64Milli(r.start) AS start
    FROM watch_readings AS r
    WHERE watch = {watch:String} AND count > 0
      AND r."end" > fromUnixTimestamp64Milli({time:Int64}, 'UTC')
    GROUP BY key, r.start
    LIMIT 20000`),
    { watch, time: Math.max(0, Math.floor(time)) },
  );
}

/** Readings of a key that end in a range, the oldest first. */
export function readReadings(
  reader: Reader,
  watch: string,
  key: readonly string[],
  range: { readonly from: number; readonly to: number },
): Promise<JudgedReading[]> {
  return reader.query<JudgedReading>(
    bounded(`
    SELECT toUnixTimestamp64Milli(r.start) AS start, toUnixTimestamp64Milli(r."end") AS end,
      value, count, expected, lower, upper, score, p_value AS pValue
    FROM watch_readings AS r FINAL
    WHERE watch = {watch:String} AND key = {key:Array(String)}
      AND r."end" > fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND r."end" <= fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    ORDER BY r."end", r.start
    LIMIT 5000`),
    { watch, key, from: Math.max(0, Math.floor(range.from)), to: Math.ceil(range.to) },
  );
}

/** How each watch stands: up to where it is judged, and the keys that were judged last. */
export function readJudgedTo(
  reader: Reader,
): Promise<{ watch: string; judgedTo: number; keys: number }[]> {
  return reader.query(
    bounded(`
    SELECT watch, toUnixTimestamp64Milli(max(r."end")) AS judgedTo, uniqExact(key) AS keys
    FROM watch_readings AS r
    WHERE (watch, r."end") IN (SELECT watch, max("end") FROM watch_readings GROUP BY watch)
    GROUP BY watch
    ORDER BY watch
    LIMIT 1000`),
  );
}
