/** Finds and copies chunks: the reading that writer, worker threads and other processes share. */
import type { Chunk } from '../../contracts/chunk.ts';
import { EngineError } from '../../contracts/errors.ts';
import { type ChunkKey, decodeChunkKey, seekKey } from './chunkKey.ts';
import type { LogStore } from './logStore.ts';

/** Keys of a partition from `offset` on, first to last. */
export function keysFrom(
  store: LogStore,
  partition: number,
  offset: number,
  limit: number,
): Iterable<Uint8Array> {
  return store.chunks[partition]!.getKeys({ start: seekKey(offset, 0), limit });
}

/**
 * The next chunk at or after `offset`, cut so that it starts there; undefined when there is none.
 */
export function readChunk(store: LogStore, partition: number, offset: number): Chunk | undefined {
  const table = store.chunks[partition]!;
  const found = seek(store, partition, offset);
  if (found === undefined) return undefined;
  const key = decodeChunkKey(found);
  const value = table.getBinaryFast(found);
  if (value === undefined || value.length !== key.size || key.size < 4 * key.length) {
    throw new EngineError(
      'LOG_UNAVAILABLE',
      `partition ${partition}: the chunk at offset ${key.firstOffset} is damaged`,
    );
  }
  const skipped = Math.max(0, offset - key.firstOffset);
  return cut(partition, key, value, skipped);
}

/** When the log took the first record at or after `offset`; undefined when there is none. Reads a key, no records. */
export function readTakenAt(
  store: LogStore,
  partition: number,
  offset: number,
): number | undefined {
  const found = seek(store, partition, offset);
  return found === undefined ? undefined : decodeChunkKey(found).receivedAt;
}

function seek(store: LogStore, partition: number, offset: number): Uint8Array | undefined {
  const before = store.chunks[partition]!.getKeys({
    start: seekKey(offset, 255),
    reverse: true,
    limit: 1,
  });
  for (const key of before) {
    const { firstOffset, length } = decodeChunkKey(key);
    if (firstOffset + length > offset) return key;
  }
  for (const key of keysFrom(store, partition, offset, 1)) return key;
  return undefined;
}

/**
 * Copies what lies behind the first `skipped` records; `value` is valid until the next read only.
 */
function cut(partition: number, key: ChunkKey, value: Uint8Array, skipped: number): Chunk {
  const length = key.length - skipped;
  const ends = new Int32Array(length);
  new Uint8Array(ends.buffer).set(value.subarray(4 * skipped, 4 * key.length));
  let from = 4 * key.length;
  if (skipped > 0) {
    const base = Buffer.from(value.buffer, value.byteOffset, value.length).readInt32LE(
      4 * (skipped - 1),
    );
    for (let i = 0; i < length; i += 1) ends[i]! -= base;
    from += base;
  }
  const bytes = new Uint8Array(key.size - from);
  bytes.set(value.subarray(from, key.size));
  return {
    partition,
    firstOffset: key.firstOffset + skipped,
    length,
    receivedAt: key.receivedAt,
    bytes,
    ends,
  };
}
