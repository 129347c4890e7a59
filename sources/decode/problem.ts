/** Why an event is refused: a code for programs, a sentence for the person who has to mend it. */
import type { ErrorCode } from '../../contracts/errors.ts';
import { eventAheadMax, eventTimeMin, figureMax, nameLengthMax } from '../../contracts/event.ts';

export interface Problem {
  readonly code: ErrorCode;
  /** One line: which field, what was expected, what was found. At most {@link reasonLengthMax} characters. */
  readonly reason: string;
}

export const reasonLengthMax = 300;
const figureLimit = figureMax.toExponential();
export const expectedFigure = `a number from -${figureLimit} to ${figureLimit}`;
export const expectedName = `text of 1 to ${nameLengthMax} characters without U+0000`;

/** A problem whose reason is one line of well-formed text within its limit. */
export function problem(code: ErrorCode, reason: string): Problem {
  const line = reason.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/\p{Cs}/gu, '\u{FFFD}');
  if (line.length <= reasonLengthMax) return { code, reason: line };
  const kept = line.slice(0, reasonLengthMax - 1).replace(/\p{Cs}$/u, '');
  return { code, reason: `${kept}…` };
}

/** The reason in the form that all share: `item: expected text …, got the number 5`. */
export function unexpected(
  code: ErrorCode,
  field: string,
  expected: string,
  found: unknown,
): Problem {
  const name = field.length <= 80 ? field : `${field.slice(0, 79)}…`;
  return problem(code, `${name}: expected ${expected}, got ${describe(found)}`);
}

/** May it name something: a user, an item, a value of a string column? */
export function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= nameLengthMax &&
    !value.includes('\0')
  );
}

/** May it be the value of an event or stand in a number column? Not NaN, not infinite, not absurd. */
export function isFigure(value: number): boolean {
  return Math.abs(value) <= figureMax;
}

/** Whether an event of this time may be taken at `receivedAt`; both in ms since 1970. */
export function isTimely(time: number, receivedAt: number): boolean {
  return time >= eventTimeMin && time <= receivedAt + eventAheadMax;
}

export function untimely(field: string, time: number, receivedAt: number): Problem {
  const latest = new Date(receivedAt + eventAheadMax);
  return problem(
    'EVENT_TIME_OUT_OF_RANGE',
    `${field}: expected between ${instant(eventTimeMin)} and ${instant(latest.getTime())}, ` +
      `got ${instant(time)}`,
  );
}

function instant(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? `${time} ms` : date.toISOString();
}

/** A value in a few words. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'string') {
    if (value.length === 0) return 'empty text';
    if (value.length <= 40) return JSON.stringify(value);
    return `${value.length} characters beginning ${JSON.stringify(value.slice(0, 40))}`;
  }
  return Array.isArray(value) ? 'an array' : 'an object';
}
