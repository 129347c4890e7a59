/**
 * The stored form of a key: UTF-8, the two parts of a pair separated by a NUL byte; different keys never look the same.
 *
 * Names contain no NUL and are not empty, but a string of an event's context may be anything. The byte 0xFF, which UTF-8
 * never uses, marks the rare cases: an empty single key is `FF`, a NUL inside a part is `FF 01`. The empty byte string
 * is free for a table's own header.
 */
import { bytesOf } from '../../contracts/bytes.ts';
import type { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';

const mark = 0xff;

function writePart(writer: ByteWriter, dictionary: Dictionary, code: number): void {
  const from = writer.length;
  dictionary.copy(code, writer);
  const to = writer.length;
  let at = from;
  while (at < to && writer.bytes[at] !== 0) at += 1;
  if (at === to) return;
  const part = writer.bytes.slice(from, to);
  writer.length = from;
  for (const byte of part) {
    if (byte === 0) writer.uint8(mark);
    writer.uint8(byte === 0 ? 1 : byte);
  }
}

/** @param right code of the pair's second part, −1 for a single key */
export function writeKey(
  writer: ByteWriter,
  dictionary: Dictionary,
  left: number,
  right: number,
): void {
  const from = writer.length;
  writePart(writer, dictionary, left);
  if (right >= 0) {
    writer.uint8(0);
    writePart(writer, dictionary, right);
  } else if (writer.length === from) {
    writer.uint8(mark);
  }
}

/** Interns the key's parts; `right` is −1 for a single key. */
export function readKey(key: Uint8Array, dictionary: Dictionary): { left: number; right: number } {
  const end = key.indexOf(0);
  if (end < 0) return { left: readPart(key, 0, key.length, dictionary), right: -1 };
  return {
    left: readPart(key, 0, end, dictionary),
    right: readPart(key, end + 1, key.length, dictionary),
  };
}

function readPart(key: Uint8Array, from: number, to: number, dictionary: Dictionary): number {
  const marked = key.indexOf(mark, from);
  if (marked < 0 || marked >= to) return dictionary.intern(bytesOf(key), from, to);
  const plain = new Uint8Array(to - from);
  let length = 0;
  for (let at = from; at < to; at += 1) {
    if (key[at] !== mark) plain[length++] = key[at]!;
    else if (at + 1 < to) {
      plain[length++] = 0;
      at += 1;
    }
  }
  return dictionary.intern(bytesOf(plain), 0, length);
}
