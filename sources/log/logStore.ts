/**
 * The LMDB environment of an event log: one table of chunks per partition, the partitions' heads,
 * the writer's fence and the format.
 *
 * Transactions sync before they commit (`overlappingSync: false`): a reader never sees what a power
 * cut could take back.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { EngineError } from '../../contracts/errors.ts';
import { decodeHead, emptyHead, headKey, type PartitionHead } from './partitionHead.ts';

export type Table = Database<Uint8Array, Uint8Array>;

export interface LogStore {
  readonly environment: RootDatabase<Uint8Array, Uint8Array>;
  /** By partition. */
  readonly chunks: readonly Table[];
  readonly heads: Table;
  /** One entry whose version is the writer's generation. */
  readonly fence: Table;
  readonly format: Table;
}

export const mapSizeDefault = 16 * 2 ** 30;
const formatVersion = 1;
export const formatKey = Uint8Array.of(1);
export const fenceKey = Uint8Array.of(1);

/**
 * @param mapSize largest size of the log, bytes; address space is reserved for a quarter more
 * @throws EngineError LOG_UNAVAILABLE when there is no log yet (read-only) or it cannot be opened
 */
export function openStore(
  directory: string,
  partitions: number,
  readOnly: boolean,
  mapSize: number,
): LogStore {
  if (readOnly && !existsSync(join(directory, 'data.mdb'))) {
    throw new EngineError('LOG_UNAVAILABLE', `${directory}: no event log has been made here yet`);
  }
  let environment: RootDatabase<Uint8Array, Uint8Array> | undefined;
  try {
    environment = open<Uint8Array, Uint8Array>({
      path: directory,
      noSubdir: false,
      readOnly,
      encoding: 'binary',
      keyEncoding: 'binary',
      cache: false,
      overlappingSync: false,
      // Batches by event turn make a promise that nobody sees: its rejection ends the process.
      eventTurnBatching: false,
      maxDbs: 80,
      maxReaders: 1024,
      mapSize: Math.ceil((mapSize * 1.25) / 2 ** 20 + 64) * 2 ** 20,
    });
    const table = (name: string, useVersions = false): Table => {
      const found: Table | undefined = environment!.openDB<Uint8Array, Uint8Array>({
        name,
        encoding: 'binary',
        keyEncoding: 'binary',
        useVersions,
      });
      if (found === undefined) throw new Error(`table ${name} is missing`);
      return found;
    };
    const format = table('format');
    checkFormat(directory, format.getBinary(formatKey), partitions);
    return {
      environment,
      format,
      heads: table('heads'),
      fence: table('fence', true),
      chunks: Array.from({ length: partitions }, (_, partition) => table(`chunks-${partition}`)),
    };
  } catch (error) {
    void environment?.close();
    if (error instanceof EngineError) throw error;
    throw new EngineError('LOG_UNAVAILABLE', `${directory}: ${reasonOf(error)}`, { cause: error });
  }
}

/** Marks a new log with its format; an existing one was checked by {@link openStore}. */
export function writeFormat({ format }: LogStore, partitions: number): void {
  if (format.getBinary(formatKey) !== undefined) return;
  format.putSync(formatKey, Buffer.from(JSON.stringify({ version: formatVersion, partitions })));
}

interface Format {
  readonly version: number;
  readonly partitions: number;
}

/** @returns undefined when the log has no format yet */
export function parseFormat(stored: Uint8Array | undefined): Format | undefined {
  if (stored === undefined) return undefined;
  return JSON.parse(Buffer.from(stored).toString()) as Format;
}

function checkFormat(directory: string, stored: Uint8Array | undefined, partitions: number): void {
  const found = parseFormat(stored);
  if (found === undefined) return;
  if (found.version !== formatVersion) {
    throw new EngineError(
      'SCHEMA_FOREIGN',
      `${directory}: the event log has format ${found.version}, expected ${formatVersion}`,
    );
  }
  if (found.partitions !== partitions) {
    throw new EngineError(
      'PARTITIONS_CHANGED',
      `${directory}: the event log has ${found.partitions} partitions, not ${partitions}; ` +
        `start with ${found.partitions} partitions, or with another, empty data directory`,
    );
  }
}

interface Appendable {
  put(key: Uint8Array, value: Uint8Array, options: { append: true }): Promise<boolean>;
}

/**
 * Puts an entry whose key lies behind all others, which fills the pages; false when it does not.
 */
export function putLast(table: Table, key: Uint8Array, value: Uint8Array): Promise<boolean> {
  return (table as unknown as Appendable).put(key, value, { append: true }); // not in lmdb's types
}

export function readHead(store: LogStore, partition: number): PartitionHead {
  const bytes = store.heads.getBinaryFast(headKey(partition));
  return bytes === undefined ? emptyHead : decodeHead(bytes);
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
