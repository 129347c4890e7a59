/**
 * The partition that Kafka's own producers choose for a key, so that a user's events meet in one partition whoever sends
 * them. Clients built on librdkafka do the same with `partitioner=murmur2_random`.
 *
 * Source: Appleby, MurmurHash2 (public domain), with the seed of Apache Kafka's `Utils.murmur2`.
 */
import type { Bytes } from '../../contracts/bytes.ts';

const seed = 0x9747b28c;
const multiplier = 0x5bd1e995;

/** Signed 32-bit hash of the bytes. */
export function murmur2({ bytes, view }: Bytes, start: number, end: number): number {
  const length = end - start;
  let h = seed ^ length;
  let at = start;
  for (const blocks = end - (length & 3); at < blocks; at += 4) {
    let k = Math.imul(view.getInt32(at, true), multiplier);
    k ^= k >>> 24;
    h = Math.imul(h, multiplier) ^ Math.imul(k, multiplier);
  }
  const rest = end - at;
  if (rest === 3) h ^= bytes[at + 2]! << 16;
  if (rest >= 2) h ^= bytes[at + 1]! << 8;
  if (rest >= 1) h = Math.imul(h ^ bytes[at]!, multiplier);
  h = Math.imul(h ^ (h >>> 13), multiplier);
  return (h ^ (h >>> 15)) | 0;
}

export function kafkaPartitionOf(
  key: Bytes,
  start: number,
  end: number,
  partitions: number,
): number {
  return (murmur2(key, start, end) & 0x7fffffff) % partitions;
}
