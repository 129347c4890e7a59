/**
 * The 64-bit hash of an event's id, seeded with its user: what tells a duplicate.
 *
 * Each half is `murmur3(id, murmur3(user, seed))` of `contracts/hash.ts` with a seed of its own. Both halves are computed
 * in one pass, because mixing a block does not depend on the seed.
 *
 * Source: Appleby, MurmurHash3 x86 32-bit (public domain).
 */
import type { Bytes } from '../../contracts/bytes.ts';

export const idLowSeed = 0x6964_6c6f;
export const idHighSeed = 0x6964_6869;

/** Hash of an id and its user, both halves unsigned, into `low[row]` and `high[row]`. */
export function hashId(
  low: Uint32Array,
  high: Uint32Array,
  row: number,
  user: Bytes,
  userStart: number,
  userEnd: number,
  id: Bytes,
  idStart: number,
  idEnd: number,
): void {
  low[row] = idLowSeed;
  high[row] = idHighSeed;
  murmur3Twice(low, high, row, user, userStart, userEnd);
  murmur3Twice(low, high, row, id, idStart, idEnd);
}

/** Replaces both halves by the hash of the bytes seeded with them. */
function murmur3Twice(
  lows: Uint32Array,
  highs: Uint32Array,
  row: number,
  { bytes, view }: Bytes,
  start: number,
  end: number,
): void {
  let low = lows[row]! | 0;
  let high = highs[row]! | 0;
  let at = start;
  const blocks = end - ((end - start) & 3);
  for (; at < blocks; at += 4) {
    const mixed = mixBlock(view.getInt32(at, true));
    low ^= mixed;
    low = (low << 13) | (low >>> 19);
    low = (Math.imul(low, 5) + 0xe6546b64) | 0;
    high ^= mixed;
    high = (high << 13) | (high >>> 19);
    high = (Math.imul(high, 5) + 0xe6546b64) | 0;
  }
  if (at < end) {
    let block = bytes[at]!;
    if (at + 1 < end) block |= bytes[at + 1]! << 8;
    if (at + 2 < end) block |= bytes[at + 2]! << 16;
    const mixed = mixBlock(block);
    low ^= mixed;
    high ^= mixed;
  }
  lows[row] = finish(low ^ (end - start));
  highs[row] = finish(high ^ (end - start));
}

function mixBlock(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

function finish(hash: number): number {
  let h = hash;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
