/** One event from its bytes by `JSON.parse` and the schema: slow, and the measure of what is right. */
import {
  Event,
  eventBytesMax,
  eventDepthMax,
  forbiddenKeys,
  nameLengthMax,
} from '../../contracts/event.ts';
import {
  expectedFigure,
  expectedName,
  isTimely,
  type Problem,
  problem,
  unexpected,
  untimely,
} from './problem.ts';
import { findMalformed } from './utf8.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export type Judged<Accepted> =
  | { readonly accepted: Accepted }
  | { readonly accepted?: undefined; readonly problem: Problem };

/** The time as ms since 1970, whatever its form was. */
export interface ParsedEvent {
  readonly event: Event;
  /** The event as `JSON.parse` gave it. */
  readonly json: JsonObject;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const name = expectedName;
const expectations: Readonly<Record<string, string>> = {
  id: name,
  type: name,
  time: 'an ISO 8601 date-time with a zone, or milliseconds since 1970',
  user: name,
  item: `${name}, or null`,
  session: `${name}, or null`,
  value: `${expectedFigure}, a boolean or null`,
  decision: `${name}, or null`,
  context: 'an object or null',
};

/**
 * @param receivedAt ms since 1970; an event may not lie more than a day after it
 */
export function parseRecord(
  bytes: Uint8Array,
  start: number,
  end: number,
  receivedAt: number,
): Judged<ParsedEvent> {
  const read = parseObject(bytes, start, end);
  if (read.accepted === undefined) return read;
  const json = read.accepted;
  const judged = Event.safeParse(json);
  if (!judged.success) return { problem: schemaProblem(json, judged.error.issues[0]!.path) };
  const event = judged.data;
  if (!isTimely(event.time, receivedAt)) {
    return { problem: untimely('time', event.time, receivedAt) };
  }
  return { accepted: { event, json } };
}

/** The JSON object in the bytes, within the limits of size, depth and keys that hold for every event. */
export function parseObject(bytes: Uint8Array, start: number, end: number): Judged<JsonObject> {
  if (end - start > eventBytesMax) {
    const reason = `event: expected at most ${eventBytesMax} bytes, got ${end - start}`;
    return { problem: problem('EVENT_TOO_LARGE', reason) };
  }
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(bytes.subarray(start, end)));
  } catch (error) {
    return { problem: syntaxProblem(bytes, start, end, error) };
  }
  if (!isObject(json)) {
    return { problem: unexpected('EVENT_NOT_OBJECT', 'event', 'a JSON object', json) };
  }
  const nesting = nestingProblem(json, 1, '');
  return nesting === undefined ? { accepted: json } : { problem: nesting };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function syntaxProblem(bytes: Uint8Array, start: number, end: number, error: unknown): Problem {
  const malformed = findMalformed(bytes, start, end);
  const found =
    start === end
      ? 'nothing'
      : malformed < end
        ? `malformed UTF-8 at byte ${malformed - start}`
        : `text that is not: ${error instanceof Error ? error.message : error}`;
  return problem('EVENT_NOT_JSON', `event: expected one JSON object in UTF-8, got ${found}`);
}

/** The first key or level, in the order of the text, that an event may not have. */
function nestingProblem(value: object, depth: number, path: string): Problem | undefined {
  if (depth > eventDepthMax) {
    const reason = `${path.slice(0, 200)}: expected at most ${eventDepthMax} levels, got more`;
    return problem('EVENT_TOO_DEEP', reason);
  }
  for (const [key, inner] of Object.entries(value)) {
    if (forbiddenKeys.has(key) && !Array.isArray(value)) {
      const reason = `${path}${key}: expected another key, got one that no object may have`;
      return problem('EVENT_KEY_FORBIDDEN', reason);
    }
    if (typeof inner !== 'object' || inner === null) continue;
    const found = nestingProblem(inner, depth + 1, `${path}${key.slice(0, 40)}.`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function schemaProblem(json: JsonObject, path: readonly PropertyKey[]): Problem {
  const field = String(path[0]);
  const found = json[field];
  const expected = expectations[field] ?? `text of 1 to ${nameLengthMax} characters`;
  const code = Object.hasOwn(json, field) ? 'EVENT_FIELD_INVALID' : 'EVENT_FIELD_MISSING';
  return unexpected(code, field, expected, found);
}
