/** Dirty keys and marker as rows of the table `state`, and back. */
import { ByteReader } from '../contracts/byteReader.ts';
import type { ByteWriter } from '../contracts/byteWriter.ts';
import { EngineError } from '../contracts/errors.ts';
import type { StateTable } from '../contracts/stateTable.ts';
import type { Store } from '../contracts/store.ts';
import { type Marker, markerKey, parseMarker } from './marker.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The changed keys of all tables and the marker, as RowBinary of `state`: one insert.
 *
 * Drains the tables. Version of every row is the marker's end offset.
 */
export function encodeCheckpoint(
  tables: readonly StateTable[],
  marker: Marker,
  partition: number,
  writer: ByteWriter,
): Uint8Array {
  const pipeline = encoder.encode(marker.pipeline);
  const begin = (table: Uint8Array) => {
    writer.string(pipeline, 0, pipeline.length);
    writer.uint16(partition);
    writer.string(table, 0, table.length);
  };
  for (const table of tables) {
    const name = encoder.encode(table.name);
    table.drain((bytes, keyEnd, end, deleted) => {
      begin(name);
      writer.string(bytes, 0, keyEnd);
      writer.int64(marker.endOffset);
      writer.uint8(deleted ? 1 : 0);
      writer.string(bytes, keyEnd, deleted ? keyEnd : end);
    });
  }
  begin(new Uint8Array(0));
  writer.text(markerKey);
  writer.int64(marker.endOffset);
  writer.uint8(0);
  writer.text(JSON.stringify(marker));
  return writer.take();
}

/**
 * Marker and state of a partition in one query, put back into `tables`; rows that have left memory stay in the store.
 *
 * @param tables the tables that the pipeline has made, all new
 * @returns undefined when the partition has never committed
 * @throws EngineError SNAPSHOT_FOREIGN when the state was written by another version of the pipeline or of a table
 */
export async function restoreCheckpoint(
  store: Store,
  pipeline: { name: string; version: number },
  partition: number,
  tables: readonly StateTable[],
): Promise<Marker | undefined> {
  const cold = tables.flatMap((table) => table.cold ?? []);
  const bytes = await store.readBinary(
    `SELECT table, key, value FROM state FINAL
     WHERE pipeline = {pipeline:String} AND partition = {partition:UInt16} AND table NOT IN {cold:Array(String)}
     ORDER BY table`,
    { pipeline: pipeline.name, partition, cold: cold.map(({ name }) => name) },
  );
  if (bytes.length === 0) return undefined;
  const byName = new Map(tables.map((table) => [table.name, table]));
  const reader = new ByteReader(bytes);
  let marker: Marker | undefined;
  while (!reader.isAtEnd) {
    const name = reader.text();
    const key = reader.string();
    const value = reader.string();
    if (name === '') {
      // Ordered by table, so the marker comes first and speaks for all that follows.
      marker = parseMarker(decoder.decode(value));
      expectSame(marker, pipeline, byName);
      continue;
    }
    const table = byName.get(name);
    if (table === undefined || marker === undefined) {
      throw new EngineError('SNAPSHOT_FOREIGN', `stored state of unknown table ${name}`);
    }
    table.restore(key, value);
  }
  for (const table of tables) table.restored();
  for (const table of cold) if (marker?.cold?.includes(table.name)) table.found();
  return marker;
}

function expectSame(
  marker: Marker,
  pipeline: { name: string; version: number },
  tables: ReadonlyMap<string, StateTable>,
): void {
  if (marker.version !== pipeline.version) {
    throw new EngineError(
      'SNAPSHOT_FOREIGN',
      `pipeline ${pipeline.name}: expected state of version ${pipeline.version}, found ${marker.version}. ` +
        `Replay it under a new name, or start with an empty data directory`,
    );
  }
  for (const [name, version] of Object.entries(marker.tables)) {
    const expected = tables.get(name)?.version;
    if (expected !== version) {
      throw new EngineError(
        'SNAPSHOT_FOREIGN',
        `pipeline ${pipeline.name}, table ${name}: expected version ${expected ?? 'none'}, found ${version}`,
      );
    }
  }
}
