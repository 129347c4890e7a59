/**
 * The embedded event log: what it acknowledged is on disk, whole, in order, and stays until it is
 * consumed.
 *
 * Appends that arrive while a transaction is being synced share the next one. One transaction is
 * under way at a time, so that a failed one leaves no hole: its offsets are given out again.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LogReader } from '../../contracts/chunk.ts';
import { EngineError } from '../../contracts/errors.ts';
import { encodeChunkKey } from './chunkKey.ts';
import { ChunkPacker, checkSlice, type LogSlice } from './chunkPacker.ts';
import { checkPlace } from './logReader.ts';
import {
  type LogStore,
  mapSizeDefault,
  openStore,
  putLast,
  reasonOf,
  writeFormat,
} from './logStore.ts';
import { LogWriter } from './logWriter.ts';
import { storedSize } from './partitionHead.ts';
import { readChunk, readTakenAt } from './readChunk.ts';
import { expiredChunks, type Retention } from './retention.ts';
import { acquireWriterLock } from './writerLock.ts';

export interface EventLogOptions {
  readonly directory: string;
  /** Fixed when the log is made. */
  readonly partitions: number;
  readonly retention?: Retention;
  /** Largest size of the log, bytes on disk; beyond it appends are refused. */
  readonly mapSize?: number;
  /** Appends beyond so many bytes waiting for the disk are refused. */
  readonly pendingBytesMax?: number;
}

export interface AppendedSlice {
  readonly partition: number;
  /** Offset of the slice's first record; the others follow. */
  readonly firstOffset: number;
}

export interface Retained {
  readonly chunks: number;
  readonly records: number;
  /** Space given back to the log, bytes. */
  readonly bytes: number;
}

export interface EventLog extends LogReader {
  /** Grows with every commit. */
  readonly version: number;
  /** Bytes accepted but not yet on disk. */
  readonly pendingBytes: number;
  /** Space that the chunks take on disk, bytes. */
  readonly storedBytes: number;
  /**
   * Stores all slices or none; resolves when they are on disk.
   *
   * @param receivedAt ms since 1970, kept exactly
   * @throws EngineError OVERLOADED when too much waits, LOG_FULL when there is no room,
   *   LOG_UNAVAILABLE when the disk fails
   */
  append(slices: readonly LogSlice[], receivedAt: number): Promise<AppendedSlice[]>;
  /** When the log took the first record at or after `offset`, ms since 1970; undefined when there is none. */
  takenAt(partition: number, offset: number): number | undefined;
  /** Calls `listener` after each commit of records; returns what ends that. */
  onAppend(listener: () => void): () => void;
  /**
   * Deletes what the retention no longer keeps, never what is not consumed.
   *
   * @param now       ms since 1970
   * @param committed by partition: records before this offset are consumed
   */
  retain(now: number, committed: readonly number[]): Promise<Retained>;
}

interface Waiting {
  readonly slices: readonly LogSlice[];
  readonly receivedAt: number;
  readonly size: number;
  readonly resolve: (appended: AppendedSlice[]) => void;
  readonly reject: (error: unknown) => void;
}

const pendingBytesMaxDefault = 64 * 2 ** 20;
/** Bytes after which a transaction takes no further append. */
const transactionBytes = 8 * 2 ** 20;
/** Chunks that one transaction deletes at most. */
const deletedMax = 2_000;
/**
 * Opens the log of a directory, making it when it is not there, as its only writer.
 *
 * @throws EngineError DATA_LOCKED, PARTITIONS_CHANGED, SCHEMA_FOREIGN, LOG_UNAVAILABLE
 */
export async function openEventLog(options: EventLogOptions): Promise<EventLog> {
  const { directory, partitions, mapSize = mapSizeDefault } = options;
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > 64) {
    throw new RangeError(`partitions: expected 1 … 64, got ${partitions}`);
  }
  if (!(mapSize >= 2 ** 20)) {
    throw new RangeError(`mapSize: expected at least 1 MiB, got ${mapSize}`);
  }
  let release: () => void;
  try {
    mkdirSync(directory, { recursive: true });
    release = acquireWriterLock(join(directory, 'writer.lock'));
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('LOG_UNAVAILABLE', `${directory}: ${reasonOf(error)}`, { cause: error });
  }
  try {
    const store = openStore(directory, partitions, false, mapSize);
    writeFormat(store, partitions);
    return new LmdbEventLog(store, options, mapSize, release);
  } catch (error) {
    release();
    throw error;
  }
}

class LmdbEventLog implements EventLog {
  readonly partitions: number;
  version = 0;
  pendingBytes = 0;
  readonly #store: LogStore;
  readonly #writer: LogWriter;
  readonly #retention: Retention;
  readonly #mapSize: number;
  readonly #pendingBytesMax: number;
  readonly #release: () => void;
  #waiting: Waiting[] = [];
  #draining = false;
  /** Settles when the transactions so far have: one at a time. */
  #turn: Promise<void> = Promise.resolve();
  #closed: Promise<void> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(store: LogStore, options: EventLogOptions, mapSize: number, release: () => void) {
    this.partitions = options.partitions;
    this.#store = store;
    this.#retention = options.retention ?? {};
    this.#mapSize = mapSize;
    this.#pendingBytesMax = options.pendingBytesMax ?? pendingBytesMaxDefault;
    this.#release = release;
    this.#writer = new LogWriter(store, options.directory);
  }

  get storedBytes(): number {
    return this.#writer.stored;
  }

  async append(slices: readonly LogSlice[], receivedAt: number): Promise<AppendedSlice[]> {
    if (!Number.isFinite(receivedAt)) {
      throw new RangeError(`receivedAt: expected ms since 1970, got ${receivedAt}`);
    }
    let size = 0;
    for (const slice of slices) size += checkSlice(slice, this.partitions);
    this.#checkOpen();
    if (this.pendingBytes > 0 && this.pendingBytes + size > this.#pendingBytesMax) {
      throw new EngineError('OVERLOADED', 'the event log is behind; send again a little later');
    }
    if (this.storedBytes + this.pendingBytes + size > this.#mapSize) {
      throw new EngineError(
        'LOG_FULL',
        `the event log has reached its size of ${Math.floor(this.#mapSize / 2 ** 20)} MiB: raise ` +
          'the limit, shorten the retention, or let the pipelines catch up',
      );
    }
    if (slices.length === 0) return [];
    this.pendingBytes += size;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ slices, receivedAt, size, resolve, reject });
      if (this.#draining) return;
      this.#draining = true;
      void this.#queue(() => this.#drain());
    });
  }

  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  read(partition: number, offset: number) {
    checkPlace(this.partitions, partition, offset);
    this.#checkOpen();
    if (offset >= this.#writer.heads[partition]!.end) return undefined;
    return readChunk(this.#store, partition, offset);
  }

  takenAt(partition: number, offset: number): number | undefined {
    checkPlace(this.partitions, partition, offset);
    this.#checkOpen();
    if (offset >= this.#writer.heads[partition]!.end) return undefined;
    return readTakenAt(this.#store, partition, offset);
  }

  end(partition: number): number {
    checkPlace(this.partitions, partition, 0);
    return this.#writer.heads[partition]!.end;
  }

  start(partition: number): number {
    checkPlace(this.partitions, partition, 0);
    return this.#writer.heads[partition]!.start;
  }

  async retain(now: number, committed: readonly number[]): Promise<Retained> {
    if (committed.length !== this.partitions) {
      throw new RangeError(
        `committed: expected ${this.partitions} offsets, got ${committed.length}`,
      );
    }
    const total = { chunks: 0, records: 0, bytes: 0 };
    for (;;) {
      this.#checkOpen();
      const removed = await this.#queue(() => this.#removeExpired(now, committed));
      total.chunks += removed.chunks;
      total.records += removed.records;
      total.bytes += removed.bytes;
      if (removed.chunks < deletedMax) return total;
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    let last: Promise<void>;
    do {
      last = this.#turn;
      await last;
    } while (last !== this.#turn);
    await this.#store.environment.close();
    this.#release();
  }

  #checkOpen(): void {
    if (this.#closed === undefined) return;
    throw new EngineError('LOG_UNAVAILABLE', 'the event log is closed');
  }

  #queue<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  /** Commits one group of waiting appends and queues itself again while there are more. */
  async #drain(): Promise<void> {
    const group = this.#takeGroup();
    const version = this.version;
    try {
      const answers = await this.#commit(group);
      this.version += 1;
      for (const [i, { resolve }] of group.entries()) resolve(answers[i]!);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    for (const { size } of group) this.pendingBytes -= size;
    this.#draining = this.#waiting.length > 0;
    if (this.#draining) void this.#queue(() => this.#drain());
    if (this.version > version) for (const listener of this.#listeners) listener();
  }

  #takeGroup(): Waiting[] {
    let size = 0;
    let count = 0;
    while (count < this.#waiting.length && (count === 0 || size < transactionBytes)) {
      size += this.#waiting[count]!.size;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(group: readonly Waiting[]): Promise<AppendedSlice[][]> {
    const packer = new ChunkPacker(this.#writer.heads.map(({ end }) => end));
    const answers = group.map(({ slices, receivedAt }) =>
      slices.map((slice) => ({
        partition: slice.partition,
        firstOffset: packer.add(slice, receivedAt),
      })),
    );
    const heads = [...this.#writer.heads];
    const chunks = packer.finish();
    for (const { partition, firstOffset, length, size } of chunks) {
      const { start, stored } = heads[partition]!;
      heads[partition] = {
        start,
        end: firstOffset + length,
        stored: stored + storedSize(size),
      };
    }
    const added = chunks.reduce((sum, { size }) => sum + storedSize(size), 0);
    await this.#writer.commit(heads, added, () =>
      chunks.map((chunk) =>
        putLast(this.#store.chunks[chunk.partition]!, encodeChunkKey(chunk), chunk.value),
      ),
    );
    return answers;
  }

  async #removeExpired(now: number, committed: readonly number[]): Promise<Retained> {
    const expired = expiredChunks(
      this.#store,
      this.#writer.heads,
      this.#retention,
      now,
      committed,
      deletedMax,
    );
    const removed = { chunks: expired.length, records: 0, bytes: 0 };
    if (expired.length === 0) return removed;
    const heads = [...this.#writer.heads];
    for (const { partition, chunk } of expired) {
      const { end, stored } = heads[partition]!;
      const size = storedSize(chunk.size);
      heads[partition] = { start: chunk.firstOffset + chunk.length, end, stored: stored - size };
      removed.records += chunk.length;
      removed.bytes += size;
    }
    await this.#writer.commit(heads, 0, () =>
      expired.map(({ partition, key }) => this.#store.chunks[partition]!.remove(key)),
    );
    return removed;
  }
}
