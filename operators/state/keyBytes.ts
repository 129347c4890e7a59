/**
 * The stored form of a key: UTF-8, the two parts of a pair separated by a NUL byte; different keys never look the same.
 *
 * For what a decoder interns is neither empty nor contains NUL: it takes names only, in every string column. So the empty
 * byte string is free for a table's own header.
 */
import { bytesOf } from '../../contracts/bytes.ts';
import type { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';

/** @param right code of the pair's second part, −1 for a single key */
export function writeKey(
  writer: ByteWriter,
  dictionary: Dictionary,
  left: number,
  right: number,
): void {
  dictionary.copy(left, writer);
  if (right < 0) return;
  writer.uint8(0);
  dictionary.copy(right, writer);
}

/** Interns the key's parts; `right` is −1 for a single key. */
export function readKey(key: Uint8Array, dictionary: Dictionary): { left: number; right: number } {
  const text = bytesOf(key);
  const end = key.indexOf(0);
  if (end < 0) return { left: dictionary.intern(text, 0, key.length), right: -1 };
  return {
    left: dictionary.intern(text, 0, end),
    right: dictionary.intern(text, end + 1, key.length),
  };
}
