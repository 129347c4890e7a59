/**
 * Reads the rows that the next chunks may ask for and that have left memory, before these are pushed: asynchrony stays outside of
 * the pipeline.
 *
 * What is read is a function of the log alone. A row leaves memory, and comes back, at the same record in every run; what the
 * store does not have for good yet is kept in memory (`operators/state/coldRows.ts`); and the store is read beside the marker in
 * one query, so that it is known to have exactly what this run has stored: a marker that is ahead is another worker's, and ends
 * this one.
 */
import { ByteReader } from '../contracts/byteReader.ts';
import { EngineError } from '../contracts/errors.ts';
import type { Store } from '../contracts/store.ts';
import type { Wanted } from './instance.ts';
import { markerKey, parseMarker } from './marker.ts';

export interface RecallPlace {
  readonly store: Store;
  readonly pipeline: string;
  readonly partition: number;
  /** End offset of the last marker that is in the store for good. */
  readonly settled: number;
  /** That of the one under way; of the last when none is. */
  readonly underWay: number;
}

/** Length of the keys of one statement, as they are written in it. */
const keysLengthMax = 150_000;
const encoder = new TextEncoder();
// A byte order mark is a character of a name like any other.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Resolves when the chunks may be pushed.
 *
 * @throws EngineError SINK_UNAVAILABLE when the store does not answer, or shows an older marker, as a replica may: to be tried
 * again; OWNERSHIP_LOST when it shows one of another worker
 */
export async function recall(wanted: readonly Wanted[], place: RecallPlace): Promise<void> {
  for (const { rows, keys } of wanted) {
    for (const some of portions(keys)) {
      const found = await readRows(rows.name, some, place);
      for (const { key } of some) rows.recalled(key, found.get(key));
    }
  }
}

async function readRows(
  table: string,
  keys: readonly Written[],
  { store, pipeline, partition, settled, underWay }: RecallPlace,
): Promise<Map<string, Uint8Array>> {
  // Not FINAL, which would read the values of all rows beside those of the keys: some ms for one key, tens for a thousand.
  const bytes = await store.readBinary(
    `SELECT table, key, argMax(value, version) FROM state
     WHERE pipeline = {pipeline:String} AND partition = {partition:UInt16}
       AND table IN ('', {table:String}) AND key IN ('${markerKey}',${listOf(keys)})
     GROUP BY table, key HAVING argMax(deleted, version) = 0`,
    { pipeline, partition, table },
  );
  const found = new Map<string, Uint8Array>();
  const reader = new ByteReader(bytes);
  let marker = -1;
  while (!reader.isAtEnd) {
    const isMarker = reader.text() === '';
    const key = decoder.decode(reader.string());
    const value = reader.string();
    if (isMarker) marker = parseMarker(decoder.decode(value)).endOffset;
    else found.set(key, value);
  }
  if (marker === settled || marker === underWay) return found;
  if (marker > settled) {
    throw new EngineError('OWNERSHIP_LOST', `another worker has committed up to ${marker}`);
  }
  throw new EngineError('SINK_UNAVAILABLE', `the store shows the marker ${marker}, not ${settled}`);
}

interface Written {
  readonly key: string;
  /** As it stands in a statement. */
  readonly literal: string;
}

function listOf(keys: readonly Written[]): string {
  return keys.map(({ literal }) => literal).join(',');
}

function* portions(keys: readonly string[]): Generator<Written[]> {
  let some: Written[] = [];
  let length = 0;
  for (const key of keys) {
    const literal = literalOf(key);
    if (length + literal.length > keysLengthMax) {
      yield some;
      some = [];
      length = 0;
    }
    some.push({ key, literal });
    length += literal.length + 1;
  }
  yield some;
}

/** Every byte by its number: a name may have any character. */
function literalOf(key: string): string {
  let text = "'";
  for (const byte of encoder.encode(key)) text += `\\x${byte.toString(16).padStart(2, '0')}`;
  return `${text}'`;
}
