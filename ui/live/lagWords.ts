/** How far behind the engine is, in words. */
import { formatCount, formatDuration } from '../format/numbers.ts';
import { messages } from '../words/shell.ts';

/** Below this the engine keeps up, in ms of work at the present rate. */
const keepsUpMs = 2_000;

/** Fewer events than this are one epoch's worth at any rate. */
const keepsUpEvents = 50;

/**
 * @param lagEvents       accepted but not yet committed
 * @param eventsPerSecond present rate; 0 when nothing moves, and then a lag cannot be told in time
 */
export function lagWords(lagEvents: number, eventsPerSecond: number): string {
  if (lagEvents <= keepsUpEvents) return messages.live.keepsUp;
  if (eventsPerSecond <= 0) return messages.live.eventsBehind(formatCount(lagEvents));
  const behindMs = (lagEvents / eventsPerSecond) * 1_000;
  if (behindMs < keepsUpMs) return messages.live.keepsUp;
  return messages.live.timeBehind(formatDuration(behindMs));
}
