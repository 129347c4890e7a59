/** Judges one record by the letter of `contracts/event.ts`, independently of the engine's decoders. */
import type { ErrorCode } from '../../../../contracts/errors.ts';
import {
  Event,
  eventAheadMax,
  eventBytesMax,
  eventDepthMax,
  eventTimeMin,
  forbiddenKeys,
} from '../../../../contracts/event.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @returns the event, or the code with which it is to be refused */
export function judge(bytes: Uint8Array, receivedAt: number): Event | ErrorCode {
  if (bytes.length > eventBytesMax) return 'EVENT_TOO_LARGE';
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    return 'EVENT_NOT_JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'EVENT_NOT_OBJECT';
  if (depthOf(value) > eventDepthMax) return 'EVENT_TOO_DEEP';
  if (hasForbidden(value)) return 'EVENT_KEY_FORBIDDEN';
  const fields = value as Record<string, unknown>;
  for (const field of ['id', 'type', 'time', 'user']) {
    if (fields[field] === undefined || fields[field] === null) return 'EVENT_FIELD_MISSING';
  }
  const parsed = Event.safeParse(value);
  if (!parsed.success) return 'EVENT_FIELD_INVALID';
  const { time } = parsed.data;
  if (time < eventTimeMin || time > receivedAt + eventAheadMax) return 'EVENT_TIME_OUT_OF_RANGE';
  return parsed.data;
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function hasForbidden(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]) => forbiddenKeys.has(key) || hasForbidden(inner),
  );
}
