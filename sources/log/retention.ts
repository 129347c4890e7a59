/** Which chunks may go: the oldest first, never one that is not yet consumed. */
import { type ChunkKey, decodeChunkKey } from './chunkKey.ts';
import type { LogStore } from './logStore.ts';
import { type PartitionHead, storedSize } from './partitionHead.ts';
import { keysFrom } from './readChunk.ts';

export interface Retention {
  /** Chunks received longer ago than this go, ms; without it age does not matter. */
  readonly ageMs?: number;
  /**
   * Beyond this the oldest go, bytes on disk over all partitions; without it size does not matter.
   */
  readonly bytes?: number;
}

export interface Expired {
  readonly partition: number;
  readonly key: Uint8Array;
  readonly chunk: ChunkKey;
}

/**
 * Chunks to delete, at most `limit` of them, each partition's in ascending order without a gap.
 *
 * @param now       ms since 1970
 * @param committed by partition: records before this offset are consumed
 */
export function expiredChunks(
  store: LogStore,
  heads: readonly PartitionHead[],
  retention: Retention,
  now: number,
  committed: readonly number[],
  limit: number,
): Expired[] {
  const { ageMs = Infinity, bytes: storedMax = Infinity } = retention;
  const queues = heads.map((head, partition) =>
    consumed(store, partition, head, committed[partition]!, limit),
  );
  let stored = heads.reduce((sum, head) => sum + head.stored, 0);
  const expired: Expired[] = [];
  const taken = heads.map(() => 0);
  while (expired.length < limit) {
    let oldest: Expired | undefined;
    for (const [partition, queue] of queues.entries()) {
      const next = queue[taken[partition]!];
      if (next === undefined) continue;
      if (oldest === undefined || next.chunk.receivedAt < oldest.chunk.receivedAt) oldest = next;
    }
    if (oldest === undefined) break;
    if (oldest.chunk.receivedAt >= now - ageMs && stored <= storedMax) break;
    expired.push(oldest);
    taken[oldest.partition]! += 1;
    stored -= storedSize(oldest.chunk.size);
  }
  return expired;
}

function consumed(
  store: LogStore,
  partition: number,
  { start }: PartitionHead,
  committed: number,
  limit: number,
): Expired[] {
  const found: Expired[] = [];
  for (const key of keysFrom(store, partition, start, limit)) {
    const chunk = decodeChunkKey(key);
    if (chunk.firstOffset + chunk.length > committed) break;
    found.push({ partition, key, chunk });
  }
  return found;
}
