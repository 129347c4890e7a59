/** Reads an event log that this or another process writes. */
import type { LogReader } from '../../contracts/chunk.ts';
import { mapSizeDefault, openStore, readHead } from './logStore.ts';
import { readChunk } from './readChunk.ts';

export interface LogReaderOptions {
  readonly directory: string;
  /** As the log was made. */
  readonly partitions: number;
  /** As the writer opened it, bytes. */
  readonly mapSize?: number;
}

/**
 * A reader for a worker thread or another process. Every call looks at the newest commit; where
 * there is nothing new it takes about 2 µs.
 *
 * In the writer's own process the writer must have been opened first.
 *
 * @throws EngineError LOG_UNAVAILABLE when there is no log yet, PARTITIONS_CHANGED when it has
 *   another number
 */
export function openLogReader({
  directory,
  partitions,
  mapSize = mapSizeDefault,
}: LogReaderOptions): LogReader {
  const store = openStore(directory, partitions, true, mapSize);
  return {
    partitions,

    read(partition, offset) {
      checkPlace(partitions, partition, offset);
      store.environment.resetReadTxn();
      if (offset >= readHead(store, partition).end) return undefined;
      return readChunk(store, partition, offset);
    },

    end(partition) {
      checkPlace(partitions, partition, 0);
      store.environment.resetReadTxn();
      return readHead(store, partition).end;
    },

    start(partition) {
      checkPlace(partitions, partition, 0);
      store.environment.resetReadTxn();
      return readHead(store, partition).start;
    },

    close: () => store.environment.close(),
  };
}

/** @throws RangeError when there is no such partition or offset */
export function checkPlace(partitions: number, partition: number, offset: number): void {
  if (!Number.isInteger(partition) || partition < 0 || partition >= partitions) {
    throw new RangeError(`partition: expected 0 … ${partitions - 1}, got ${partition}`);
  }
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new RangeError(`offset: expected an integer ≥ 0, got ${offset}`);
  }
}
