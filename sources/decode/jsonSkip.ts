/** Finds where a JSON value ends, and whether it is one, without building it. */
import type { Bytes } from '../../contracts/bytes.ts';
import { eventDepthMax, forbiddenKeys } from '../../contracts/event.ts';
import { skipNumber } from './jsonNumber.ts';
import { skipCharacter } from './utf8.ts';

/**
 * Position of the quote that closes the string whose text begins at `start`.
 *
 * Four bytes at once: a byte's highest bit is set when, exclusive-or 2, it is at most 0x20 (a control character or the
 * quote), when it is the backslash, or when it is not ASCII. A borrow can only spoil the bytes above the first so marked.
 *
 * @returns −1 when the text holds an escape, a control character or malformed UTF-8, or does not end before `end`
 */
export function plainEnd(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  let at = start;
  for (;;) {
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at, true);
      const marks =
        (((word ^ 0x02020202) - 0x21212121) | ((word ^ 0x5c5c5c5c) - 0x01010101) | word) &
        0x80808080;
      if (marks !== 0) {
        at += (31 - Math.clz32(marks & -marks)) >> 3;
        break;
      }
    }
    if (at >= end) return -1;
    const byte = bytes[at]!;
    if (byte === 0x22) return at;
    if (byte < 0x20 || byte === 0x5c) return -1;
    at = byte < 0x80 ? at + 1 : skipCharacter(bytes, at, end);
    if (at < 0) return -1;
  }
}

/** Position behind white space, of which there is seldom any. */
export function skipSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at]! <= 0x20) {
    const byte = bytes[at]!;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    at += 1;
  }
  return at;
}

/**
 * Position behind the value that starts at `start`; −1 when it is not JSON, nests too deep or has a forbidden key.
 *
 * @param depth levels around the value
 */
export function skipValue(text: Bytes, start: number, end: number, depth: number): number {
  const { bytes } = text;
  if (start >= end) return -1;
  switch (bytes[start]) {
    case 0x22:
      return skipString(text, start + 1, end);
    case 0x7b:
      return depth < eventDepthMax ? skipObject(text, start + 1, end, depth + 1) : -1;
    case 0x5b:
      return depth < eventDepthMax ? skipArray(text, start + 1, end, depth + 1) : -1;
    case 0x74:
    case 0x66:
    case 0x6e:
      return skipLiteral(bytes, start, end);
    default:
      return skipNumber(bytes, start, end);
  }
}

/** Position behind `true`, `false` or `null`, −1 when none stands there. */
export function skipLiteral(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start];
  const literal = first === 0x74 ? literals.true : first === 0x66 ? literals.false : literals.null;
  const next = start + literal.length;
  if (next > end) return -1;
  for (let i = 0; i < literal.length; i += 1) if (bytes[start + i] !== literal[i]) return -1;
  return next;
}

const ascii = new TextEncoder();
const literals = {
  true: ascii.encode('true'),
  false: ascii.encode('false'),
  null: ascii.encode('null'),
};

function skipString(text: Bytes, start: number, end: number): number {
  const { bytes } = text;
  let at = start;
  for (;;) {
    const quote = plainEnd(bytes, text.view, at, end);
    if (quote >= 0) return quote + 1;
    at = firstUnplain(text, at, end);
    if (at + 1 >= end || bytes[at] !== 0x5c) return -1;
    const escaped = bytes[at + 1]!;
    if (escaped === 0x75) {
      for (let i = at + 2; i < at + 6; i += 1) if (i >= end || !isHexadecimal(bytes[i]!)) return -1;
      at += 6;
    } else if (escapes.includes(escaped)) {
      at += 2;
    } else {
      return -1;
    }
  }
}

const escapes = ascii.encode('"\\/bfnrt');

/** Position of the first byte that {@link plainEnd} does not pass. */
function firstUnplain({ bytes }: Bytes, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte < 0x20 || byte === 0x5c) return at;
    const next = byte < 0x80 ? at + 1 : skipCharacter(bytes, at, end);
    if (next < 0) return at;
    at = next;
  }
  return at;
}

function isHexadecimal(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || ((byte | 0x20) >= 97 && (byte | 0x20) <= 102);
}

function skipArray(text: Bytes, start: number, end: number, depth: number): number {
  const { bytes } = text;
  let at = skipSpace(bytes, start);
  if (bytes[at] === 0x5d) return at + 1;
  for (;;) {
    at = skipValue(text, at, end, depth);
    if (at < 0) return -1;
    at = skipSpace(bytes, at);
    if (bytes[at] === 0x5d) return at + 1;
    if (bytes[at] !== 0x2c) return -1;
    at = skipSpace(bytes, at + 1);
  }
}

function skipObject(text: Bytes, start: number, end: number, depth: number): number {
  const { bytes } = text;
  let at = skipSpace(bytes, start);
  if (bytes[at] === 0x7d) return at + 1;
  for (;;) {
    const colon = skipKey(text, at, end);
    if (colon < 0) return -1;
    at = skipValue(text, skipSpace(bytes, colon + 1), end, depth);
    if (at < 0) return -1;
    at = skipSpace(bytes, at);
    if (bytes[at] === 0x7d) return at + 1;
    if (bytes[at] !== 0x2c) return -1;
    at = skipSpace(bytes, at + 1);
  }
}

/** Position of the colon behind the plain, allowed key whose opening quote stands at `start`; −1 for anything else. */
export function skipKey(text: Bytes, start: number, end: number): number {
  const { bytes } = text;
  if (bytes[start] !== 0x22) return -1;
  const quote = plainEnd(bytes, text.view, start + 1, end);
  if (quote < 0 || isForbidden(bytes, start + 1, quote)) return -1;
  const colon = skipSpace(bytes, quote + 1);
  return bytes[colon] === 0x3a ? colon : -1;
}

const forbidden = [...forbiddenKeys].map((key) => ascii.encode(key));

function isForbidden(bytes: Uint8Array, start: number, end: number): boolean {
  for (const key of forbidden) {
    if (key.length !== end - start) continue;
    let same = 0;
    while (same < key.length && bytes[start + same] === key[same]) same += 1;
    if (same === key.length) return true;
  }
  return false;
}
