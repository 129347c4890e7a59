/** Reads one event from its bytes straight into the columns, or gives up and leaves it to the reference. */
import type { Bytes } from '../../contracts/bytes.ts';
import { eventBytesMax, eventDepthMax, nameLengthMax } from '../../contracts/event.ts';
import { timeColumn, typeColumn } from './columnPlan.ts';
import type { Draft } from './draft.ts';
import { readIsoTime } from './isoTime.ts';
import { readNumber } from './jsonNumber.ts';
import { plainEnd, skipLiteral, skipSpace, skipValue } from './jsonSkip.ts';
import {
  findPassage,
  type KnownKey,
  type KnownObject,
  kinds,
  learnPassage,
  requiredAll,
  roles,
} from './knownKeys.ts';
import { isFigure, isTimely } from './problem.ts';

/** Where the reading of one event stands. */
export interface ShapeReader extends Bytes {
  readonly draft: Draft;
  readonly known: KnownObject;
  /** End of the record. */
  end: number;
  /** Number of the event, to tell a key met twice. */
  event: number;
}

/**
 * Writes the draft's next row, all but its offset and what {@link settleRows} adds.
 *
 * @returns false when anything is unexpected, which need not be wrong; the row is then half-written
 */
export function readShape(reader: ShapeReader, start: number, end: number): boolean {
  const { bytes, draft } = reader;
  const row = draft.length;
  if (end - start > eventBytesMax || bytes[start] !== 0x7b) return false;
  reader.end = end;
  reader.event = (reader.event + 1) & 0x3fff_ffff;
  if (readFields(reader, start + 1) !== end) return false;
  return isTimely(draft.numbers[timeColumn]![row]!, draft.chunk.receivedAt);
}

/**
 * Reads the event and the planned objects in it, each by the keys known of it.
 *
 * One loop rather than one call per object or field: the compiler then keeps what it needs at hand.
 *
 * @param start behind the first brace
 * @returns position behind the last one, −1 to give up
 */
function readFields(reader: ShapeReader, start: number): number {
  const { bytes, view, end, draft, event } = reader;
  const row = draft.length;
  let known = reader.known;
  let previous = known.entry;
  let depth = 1;
  let found = 0;
  let kind = 0;
  let at = start;
  for (;;) {
    if (bytes[at] === 0x7d) {
      at += 1;
      if (known.parentKey === undefined) return found === requiredAll ? at : -1;
      previous = known.parentKey;
      known = known.parent!;
      depth -= 1;
      continue;
    }
    let passage = findPassage(view, previous, kind, at, end);
    if (passage === undefined) {
      const brace = skipSpace(bytes, at);
      if (bytes[brace] === 0x7d) {
        at = brace;
        continue;
      }
      passage = learnPassage(reader, known, previous, at, end);
      if (passage === undefined) return -1;
    }
    const key = passage.key;
    const { role } = key;
    previous = key;
    at += passage.length;
    const first = bytes[at];
    if (role === roles.extra) {
      const quote = first === 0x22 ? plainEnd(bytes, view, at + 1, end) : -1;
      at = quote < 0 ? skipValue(reader, at, end, depth) : quote + 1;
    } else {
      if (key.event === event) return -1;
      key.event = event;
      found |= key.required;
      if (first === 0x22 && (role === roles.name || (role === roles.column && key.codes >= 0))) {
        const quote = plainEnd(bytes, view, at + 1, end);
        const length = quote - at - 1;
        // More bytes may still be few enough characters.
        if (quote < 0 || length > nameLengthMax || (length === 0 && role === roles.name)) return -1;
        if (key.texts >= 0) {
          const text = draft.texts[key.texts]!;
          text.starts[row] = at + 1;
          text.ends[row] = quote;
        }
        if (key.codes >= 0 && length > 0) {
          draft.codes[key.codes]![row] = at + 1;
          draft.lengths[key.codes]![row] = length;
          if (key.codes === typeColumn) kind = (bytes[at + 1]! + length * 5) & (kinds - 1);
        }
        at = quote + 1;
      } else if (first === 0x22 && role === roles.time) {
        at = readIsoTime(bytes, at + 1, end, draft.numbers[timeColumn]!, row);
      } else if (first === 0x7b && key.child !== undefined) {
        if (depth === eventDepthMax) return -1;
        known = key.child;
        previous = known.entry;
        depth += 1;
        at += 1;
      } else {
        at = readOther(reader, key, at, depth);
      }
    }
    if (at < 0) return -1;
  }
}

/** Values that are neither names, nor times in text, nor planned objects. */
function readOther(reader: ShapeReader, key: KnownKey, at: number, depth: number): number {
  const { bytes, end, draft } = reader;
  const first = bytes[at]!;
  if (key.role === roles.name) {
    return key.nullable && first === 0x6e ? skipLiteral(bytes, at, end) : -1;
  }
  if (key.role === roles.context) {
    if (first === 0x6e) return skipLiteral(bytes, at, end);
    return first === 0x7b ? skipValue(reader, at, end, depth) : -1;
  }
  const isStrict = key.role !== roles.column;
  if (first === 0x22 || first === 0x7b || first === 0x5b || key.numbers < 0) {
    return isStrict ? -1 : skipValue(reader, at, end, depth);
  }
  const column = draft.numbers[key.numbers]!;
  if (first === 0x74 || first === 0x66 || first === 0x6e) {
    if (key.role === roles.time) return -1;
    if (first !== 0x6e) column[draft.length] = first === 0x74 ? 1 : 0;
    return skipLiteral(bytes, at, end);
  }
  const next = readNumber(bytes, at, end, column, draft.length);
  if (isFigure(column[draft.length]!)) return next;
  column[draft.length] = NaN;
  return isStrict ? -1 : next;
}
