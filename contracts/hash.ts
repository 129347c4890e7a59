/** MurmurHash3 x86 32-bit over bytes: partitioning, id hashes, feature hashing. Source: Appleby, MurmurHash3 (public domain). */
import type { Bytes } from './bytes.ts';

export function murmur3({ bytes, view }: Bytes, start: number, end: number, seed: number): number {
  let h = seed | 0;
  let at = start;
  const blocks = end - ((end - start) & 3);
  for (; at < blocks; at += 4) {
    let k = Math.imul(view.getInt32(at, true), 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  if (at < end) {
    let k = bytes[at]!;
    if (at + 1 < end) k |= bytes[at + 1]! << 8;
    if (at + 2 < end) k |= bytes[at + 2]! << 16;
    k = Math.imul(k, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
  }
  return finish(h ^ (end - start));
}

/** Mixes one more 32-bit integer into a hash: for features made of several codes. */
export function mix(hash: number, value: number): number {
  return finish(Math.imul(hash ^ value, 0x9e3779b1) + 0x7f4a7c15);
}

function finish(hash: number): number {
  let h = hash;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Hash of a string of a dictionary: the same in every dictionary. */
export function stringHash(text: Bytes, start: number, end: number): number {
  return murmur3(text, start, end, 0x64696374);
}

/** Partition of a user: the same in every producer, door and replay. */
export function partitionOf(user: Bytes, start: number, end: number, partitions: number): number {
  return murmur3(user, start, end, 0x6d72_6163) % partitions;
}
