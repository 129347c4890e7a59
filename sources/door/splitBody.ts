/**
 * A request body cut into single events by position, without parsing any: a broken event harms itself only.
 *
 * Of an array whose end is missing, what was cut off counts as one more event, which is then refused alone.
 */
import { EngineError } from '../../contracts/errors.ts';
import { bodyEventsMax } from '../../contracts/event.ts';
import { type MediaType, readMediaType } from './mediaType.ts';

export interface SplitBody extends MediaType {
  readonly bytes: Uint8Array;
  /** Event i is `bytes[starts[i] … ends[i])`, without white space around it; it may be empty. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

interface Ranges {
  readonly starts: number[];
  readonly ends: number[];
}

/**
 * @throws EngineError BODY_INVALID when the type is unknown or the text is neither an object, an array nor lines,
 * BODY_TOO_LARGE beyond `bodyEventsMax` events
 */
export function splitBody(bytes: Uint8Array, contentType: string): SplitBody {
  const mediaType = readMediaType(contentType);
  const ranges: Ranges = { starts: [], ends: [] };
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const start = spaceEnd(bytes, hasMark ? 3 : 0);
  if (start === bytes.length)
    throw new EngineError('BODY_INVALID', 'body: expected events, got nothing');
  if (mediaType.layout === 'lines') {
    splitLines(bytes, start, ranges);
  } else if (bytes[start] === 0x5b) {
    splitArray(bytes, start + 1, ranges);
  } else if (bytes[start] === 0x7b) {
    push(bytes, start, bytes.length, ranges);
  } else {
    throw new EngineError('BODY_INVALID', 'body: expected a JSON object or an array of objects');
  }
  return { ...mediaType, bytes, ...ranges };
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function spaceEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && isSpace(bytes[at])) at += 1;
  return at;
}

/** Takes `bytes[start … end)` as an event, without the white space around it. */
function push(bytes: Uint8Array, start: number, end: number, { starts, ends }: Ranges): void {
  let first = start;
  let last = end;
  while (first < last && isSpace(bytes[first])) first += 1;
  while (last > first && isSpace(bytes[last - 1])) last -= 1;
  if (starts.length === bodyEventsMax) {
    const most = bodyEventsMax.toLocaleString('en');
    throw new EngineError('BODY_TOO_LARGE', `body: expected at most ${most} events, got more`);
  }
  starts.push(first);
  ends.push(last);
}

function splitLines(bytes: Uint8Array, start: number, ranges: Ranges): void {
  // White space includes the line feed, so blank lines are passed before each line.
  for (let at = start; at < bytes.length; at = spaceEnd(bytes, at)) {
    const feed = bytes.indexOf(0x0a, at);
    const end = feed < 0 ? bytes.length : feed;
    push(bytes, at, end, ranges);
    at = end;
  }
}

/**
 * What stands behind the array is one more event, and so is what was cut off: both are refused.
 *
 * @param start behind the opening bracket
 */
function splitArray(bytes: Uint8Array, start: number, ranges: Ranges): void {
  const closed = elementsEnd(bytes, start, ranges);
  if (closed < 0) return;
  const rest = spaceEnd(bytes, closed);
  if (rest < bytes.length) push(bytes, rest, bytes.length, ranges);
}

/** Position behind the closing bracket; −1 when there is none, and the last range is incomplete. */
function elementsEnd(bytes: Uint8Array, start: number, ranges: Ranges): number {
  const first = spaceEnd(bytes, start);
  if (bytes[first] === 0x5d) return first + 1;
  let depth = 1;
  let from = start;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === 0x22) {
      at = stringEnd(bytes, at + 1);
      if (at === bytes.length) depth = Infinity;
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (depth > 0) continue;
      push(bytes, from, at, ranges);
      return at + 1;
    } else if (byte === 0x2c && depth === 1) {
      push(bytes, from, at, ranges);
      from = at + 1;
    }
  }
  push(bytes, from, bytes.length, ranges);
  const isWhole = depth === 1 && ranges.starts.at(-1)! < ranges.ends.at(-1)!;
  if (isWhole) push(bytes, bytes.length, bytes.length, ranges);
  return -1;
}

/** Position of the quote that closes a string, the length of the body when none does. */
function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
  return Math.min(at, bytes.length);
}
