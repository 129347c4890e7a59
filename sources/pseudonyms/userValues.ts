/**
 * Where an event names its user: the values of all keys `user` of its outermost object, however these are written. `JSON.parse`
 * takes the last one; the others name somebody as well.
 */
import { skipSpace } from '../decode/jsonSkip.ts';

/**
 * @param bytes one JSON object from `start` on, known to be one
 * @returns start and end of each value, in the order of the text
 */
export function userValues(bytes: Uint8Array, start: number, end: number): number[] {
  const found: number[] = [];
  let at = skipSpace(bytes, start) + 1;
  while (at < end) {
    at = skipSpace(bytes, at);
    if (bytes[at] === comma) at = skipSpace(bytes, at + 1);
    if (bytes[at] !== quote) break;
    const keyEnd = stringEnd(bytes, at, end);
    const value = skipSpace(bytes, skipSpace(bytes, keyEnd) + 1);
    const valueEnd = endOfValue(bytes, value, end);
    if (isUser(bytes, at, keyEnd)) found.push(value, valueEnd);
    at = valueEnd;
  }
  return found;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const decoder = new TextDecoder();

function isUser(bytes: Uint8Array, start: number, end: number): boolean {
  // Six characters for each that is escaped, and the quotes.
  if (end - start > 26) return false;
  return JSON.parse(decoder.decode(bytes.subarray(start, end))) === 'user';
}

/** Position behind the closing quote. */
function stringEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  while (at < end && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at + 1;
}

function endOfValue(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === quote) return stringEnd(bytes, start, end);
  let depth = 0;
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte === quote) {
      at = stringEnd(bytes, at, end);
      continue;
    }
    const isOpening = byte === 0x7b || byte === 0x5b;
    const isClosing = byte === 0x7d || byte === 0x5d;
    if (isOpening) depth += 1;
    if (depth === 0 && (isClosing || byte === comma || byte <= 0x20)) return at;
    at += 1;
    if (isClosing) depth -= 1;
    if (isClosing && depth === 0) return at;
  }
  return at;
}
