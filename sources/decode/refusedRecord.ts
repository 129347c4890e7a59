/**
 * A record that carries its own refusal, so that what the door refused is refused again, for the same reason, wherever
 * the log is read: NAK, the code, a space, the reason, a line feed, then the event as it came.
 *
 * NAK (U+0015) cannot begin JSON, so no event is ever mistaken for one.
 */
import { type ErrorCode, errors } from '../../contracts/errors.ts';
import { eventBytesMax } from '../../contracts/event.ts';
import { type Problem, problem } from './problem.ts';

const negativeAcknowledge = 0x15;
const lineFeed = 0x0a;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface RefusedRecord {
  readonly problem: Problem;
  /** Where the event as it came begins. */
  readonly start: number;
}

/** The refused record of an event; of a larger one, only the first 64 KiB are kept. */
export function markRefused({ code, reason }: Problem, event: Uint8Array): Uint8Array {
  const mark = encoder.encode(`\u0015${code} ${reason}\n`);
  const kept = event.subarray(0, eventBytesMax);
  const record = new Uint8Array(mark.length + kept.length);
  record.set(mark);
  record.set(kept, mark.length);
  return record;
}

/** What the mark says, undefined when the record has none. */
export function readRefused(
  bytes: Uint8Array,
  start: number,
  end: number,
): RefusedRecord | undefined {
  if (start >= end || bytes[start] !== negativeAcknowledge) return undefined;
  const feed = bytes.indexOf(lineFeed, start);
  if (feed < 0 || feed >= end) return undefined;
  const mark = decoder.decode(bytes.subarray(start + 1, feed));
  const space = mark.indexOf(' ');
  const code = mark.slice(0, space);
  if (!isEventCode(code)) return undefined;
  return { problem: problem(code, mark.slice(space + 1)), start: feed + 1 };
}

function isEventCode(code: string): code is ErrorCode {
  return /^(EVENT|EXPOSURE)_/.test(code) && Object.hasOwn(errors, code);
}
