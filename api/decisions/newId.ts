/** Ids of decisions: 96 random bits, enough for a decision, and shorter to store than a UUID. */
import { randomFillSync } from 'node:crypto';

const idBytes = 12;
/** Random bytes are asked for by the thousand ids: a call costs as much as a decision. */
const pool = Buffer.alloc(idBytes * 1_000);
let used = pool.length;

/** @returns 16 characters of base64url */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += idBytes;
  return pool.toString('base64url', used - idBytes, used);
}
