/**
 * The engine's own buckets: 2³² for each purpose and name, independent of each other.
 *
 * The key of a purpose is the first 16 bytes of SHA-256 over the UTF-8 of `millrace assignment 1`, the purpose and
 * the name, joined by U+000A; the bucket is the high half of SipHash-2-4 of the unit's UTF-8 under that key. This is
 * the whole rule: who follows it assigns as the engine does.
 */
import { createHash } from 'node:crypto';
import { type SipKey, sipHash } from './sipHash.ts';
import type { Unit } from './unit.ts';

export const buckets = 2 ** 32;

/**
 * What is drawn: whether a unit enters an experiment (name: its salt), which variant it gets (its salt), its place in a
 * layer (the layer's name), whether it is held out (the holdout's name).
 */
export type Purpose = 'inclusion' | 'variant' | 'layer' | 'holdout';

export function bucketKey(purpose: Purpose, name: string): SipKey {
  const text = `millrace assignment 1\n${purpose}\n${name}`;
  const digest = createHash('sha256').update(text).digest();
  return Int32Array.from({ length: 4 }, (_, i) => digest.readInt32LE(4 * i));
}

const hash = new Uint32Array(2);

/** The unit's bucket under a key: an integer in [0, 2³²), uniform over units; nothing is allocated. */
export function bucketOf(key: SipKey, unit: Unit): number {
  sipHash(key, unit.bytes, unit.length, hash);
  return hash[1]!;
}

/** The number of buckets that a share takes, from the first one on: so that a larger share contains a smaller one. */
export function bucketsOf(share: number): number {
  return Math.round(share * buckets);
}
