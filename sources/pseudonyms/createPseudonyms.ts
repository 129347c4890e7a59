/**
 * Pseudonyms by HMAC-SHA-256: `p_` and the base64url of 21 bytes, which are
 *
 * - 16 bytes of HMAC(key, `id:` ‖ UTF-8 of the id), the name itself: two of 10⁹ users meet with a probability below 10⁻²⁰;
 * - 5 bytes of HMAC(key, `tag:` ‖ the 16 bytes), by which a pseudonym is known again.
 *
 * So a pseudonym stays as it is, however often it passes; a user whose own id looks like one is hashed like any other, as
 * nobody without the key makes the tag but by chance, once in 10¹².
 *
 * Source: Krawczyk, Bellare & Canetti 1997 (RFC 2104); truncation as in NIST SP 800-107r1, 5.3.4. Keyed hashes for pseudonyms:
 * ENISA 2019, Pseudonymisation techniques and best practices, 5.1.3.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { type Bytes, bytesOf } from '../../contracts/bytes.ts';
import { stringHash } from '../../contracts/hash.ts';
import { type Pseudonyms, pseudonymLength } from '../../contracts/pseudonyms.ts';

/** Bytes of a key. */
export const pseudonymKeyLength = 32;

const prefix = 'p_';
const nameBytes = 16;
const tagBytes = 5;
/** Ids whose pseudonyms are remembered: a hash costs some µs, a look some tens of ns. */
const slotCount = 1 << 16;
/** Longer ids are hashed each time. */
const idBytesMax = 97;
/** Of each slot: the length of the id, the id, the pseudonym. */
const slotBytes = 1 + idBytesMax + pseudonymLength;
/** Where the pseudonym of a longer id stands. */
const spare = slotCount * slotBytes;

/** @throws RangeError when the key has another length than {@link pseudonymKeyLength} */
export function createPseudonyms(key: Uint8Array): Pseudonyms {
  if (key.length !== pseudonymKeyLength) {
    throw new RangeError(`key: expected ${pseudonymKeyLength} bytes, got ${key.length}`);
  }
  const secret = createSecretKey(key);
  const names = bytesOf(new Uint8Array(spare + pseudonymLength));
  const { bytes } = names;
  const typed = Buffer.alloc(1_024);
  const typedBytes = bytesOf(typed);
  const buffer = Buffer.from(bytes.buffer);

  function find(id: Bytes, start: number, end: number): number {
    const length = end - start;
    if (length > idBytesMax) {
      buffer.write(pseudonymOf(secret, id.bytes.subarray(start, end)), spare, 'latin1');
      return spare;
    }
    const slot = (stringHash(id, start, end) & (slotCount - 1)) * slotBytes;
    const name = slot + 1 + idBytesMax;
    if (bytes[slot] === length && isSame(bytes, slot + 1, id.bytes, start, length)) return name;
    const own = id.bytes.subarray(start, end);
    buffer.write(pseudonymOf(secret, own), name, 'latin1');
    bytes.set(own, slot + 1);
    bytes[slot] = length;
    return name;
  }

  return {
    of(user) {
      // Lone halves of surrogate pairs become U+FFFD, as everywhere where text becomes UTF-8.
      const isLong = 3 * user.length > typed.length;
      const id = isLong ? bytesOf(Buffer.from(user)) : typedBytes;
      const length = isLong ? id.bytes.length : typed.write(user);
      const at = find(id, 0, length);
      return buffer.toString('latin1', at, at + pseudonymLength);
    },
    find,
    names,
    fingerprint: createHmac('sha256', secret).update('fingerprint').digest('hex').slice(0, 16),
  };
}

function pseudonymOf(key: KeyObject, id: Uint8Array): string {
  if (isPseudonym(key, id)) return Buffer.from(id).toString('latin1');
  return written(key, hmac(key, 'id:', id).subarray(0, nameBytes));
}

function written(key: KeyObject, name: Uint8Array): string {
  const tag = hmac(key, 'tag:', name).subarray(0, tagBytes);
  return prefix + Buffer.concat([name, tag]).toString('base64url');
}

/** 28 characters are 21 bytes without a bit to spare; other alphabets that Node reads as well are told by writing it again. */
function isPseudonym(key: KeyObject, id: Uint8Array): boolean {
  if (id.length !== pseudonymLength || id[0] !== 0x70 || id[1] !== 0x5f) return false;
  const text = Buffer.from(id).toString('latin1');
  const name = Buffer.from(text.slice(prefix.length), 'base64url').subarray(0, nameBytes);
  return written(key, name) === text;
}

function hmac(key: KeyObject, about: string, bytes: Uint8Array): Buffer {
  return createHmac('sha256', key).update(about).update(bytes).digest();
}

function isSame(
  left: Uint8Array,
  leftAt: number,
  right: Uint8Array,
  rightAt: number,
  length: number,
): boolean {
  for (let i = 0; i < length; i += 1) if (left[leftAt + i] !== right[rightAt + i]) return false;
  return true;
}
