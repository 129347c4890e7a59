/** Rows of the tables `user_preferences` and `preference_sums`, from RowBinary. */
import { ByteReader } from '../../contracts/byteReader.ts';
import type { Store } from '../../contracts/store.ts';

/** What one partition has learnt of a user since an offset. */
export interface StoredPreference {
  readonly user: string;
  readonly preference: string;
  readonly partition: number;
  /** 1 + offset of the event by which this learning began, or of the erasure. */
  readonly since: number;
  /** Last contributing offset. */
  readonly version: number;
  /** Nothing of what began up to `since` counts. */
  readonly isErased: boolean;
  /** Latest event, ms since 1970: sums and counts are as they weigh then. */
  readonly time: number;
  readonly events: number;
  /** One of each value. */
  readonly names: readonly string[];
  readonly weights: Float64Array;
  readonly sums: Float64Array;
  /** Latest event of the value, ms since 1970. */
  readonly times: Float64Array;
  readonly seen: Float64Array;
  readonly restWeight: number;
  readonly restSum: number;
}

export interface StoredSums {
  readonly preference: string;
  readonly kind: 'whole' | 'signal' | 'value';
  readonly name: string;
  readonly partition: number;
  readonly version: number;
  readonly halfLifeMs: number;
  readonly seenHalfLifeMs: number;
  readonly sums: Float64Array;
}

/** A condition of a statement, with its parameters. */
export interface Where {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** In no order; of a key there may be several, of which the newest version counts. */
export async function readPreferences(
  store: Store,
  pipeline: string,
  { sql, parameters }: Where,
): Promise<StoredPreference[]> {
  const bytes = await store.readBinary(
    `SELECT user, preference, partition, since, version, erased, time, events,
       names, weights, sums, times, seen, rest_weight, rest_sum
     FROM user_preferences WHERE pipeline = {pipeline:String} AND (${sql})`,
    { pipeline, ...parameters },
  );
  const reader = new ByteReader(bytes);
  const rows: StoredPreference[] = [];
  while (!reader.isAtEnd) rows.push(preferenceRow(reader));
  return rows;
}

export async function readSums(
  store: Store,
  pipeline: string,
  { sql, parameters }: Where,
): Promise<StoredSums[]> {
  const bytes = await store.readBinary(
    `SELECT preference, kind, name, partition, version, half_life_ms, seen_half_life_ms, sums
     FROM preference_sums WHERE pipeline = {pipeline:String} AND (${sql})`,
    { pipeline, ...parameters },
  );
  const reader = new ByteReader(bytes);
  const rows: StoredSums[] = [];
  while (!reader.isAtEnd) rows.push(sumsRow(reader));
  return rows;
}

// Members of an object are evaluated in the order in which they stand: that of the columns.

function preferenceRow(reader: ByteReader): StoredPreference {
  return {
    user: reader.text(),
    preference: reader.text(),
    partition: reader.uint16(),
    since: reader.int64(),
    version: reader.int64(),
    isErased: reader.uint8() === 1,
    time: reader.int64(),
    events: reader.uint32(),
    names: Array.from({ length: reader.varint() }, () => reader.text()),
    weights: numbers(reader),
    sums: numbers(reader),
    times: Float64Array.from({ length: reader.varint() }, () => reader.int64()),
    seen: numbers(reader),
    restWeight: reader.float64(),
    restSum: reader.float64(),
  };
}

function sumsRow(reader: ByteReader): StoredSums {
  return {
    preference: reader.text(),
    kind: reader.text() as StoredSums['kind'],
    name: reader.text(),
    partition: reader.uint16(),
    version: reader.int64(),
    halfLifeMs: reader.int64(),
    seenHalfLifeMs: reader.int64(),
    sums: numbers(reader),
  };
}

function numbers(reader: ByteReader): Float64Array {
  const read = new Float64Array(reader.varint());
  for (let i = 0; i < read.length; i += 1) read[i] = reader.float64();
  return read;
}

/**
 * What still counts of a user's rows of one preference: the newest of each learning behind the last erasure in its partition, the
 * latest last.
 */
export function counting(rows: readonly StoredPreference[]): StoredPreference[] {
  const erased = new Map<number, number>();
  for (const { isErased, partition, since } of rows) {
    if (isErased) erased.set(partition, Math.max(since, erased.get(partition) ?? 0));
  }
  const newest = new Map<string, StoredPreference>();
  for (const row of rows) {
    if (row.isErased || row.since <= (erased.get(row.partition) ?? 0)) continue;
    const learning = `${row.partition} ${row.since}`;
    const known = newest.get(learning);
    if (known === undefined || known.version < row.version) newest.set(learning, row);
  }
  return [...newest.values()].sort((a, b) => a.since - b.since);
}
