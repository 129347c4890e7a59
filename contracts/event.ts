/** The one event model: what a producer sends, whatever the door it came through. */
import { z } from 'zod';

/** Longest string that may name something (id, type, user, item, session, decision), in UTF-16 units. */
export const nameLengthMax = 256;
/** Largest event, in bytes of JSON. */
export const eventBytesMax = 65_536;
/** Most events of one request: one that is refused costs some µs, even if it is a single byte. */
export const bodyEventsMax = 100_000;
/** Deepest nesting of an event: `{"a":1}` has depth 1. */
export const eventDepthMax = 16;
/**
 * Largest size of a figure, in its unit: beyond, an event's `value` is refused, a figure of its context is absent. Nothing that
 * is measured or counted comes near it; a sentinel or a slip (1e200) does, and one such value would make the sums of a whole
 * window infinite. Every integer up to here is an exact double, and so are milliseconds since 1970.
 */
export const figureMax = 1e15;
/** Earliest event time accepted: 2000-01-01T00:00:00Z, in ms since 1970. */
export const eventTimeMin = 946_684_800_000;
/** How far an event's time may lie after its reception, in ms. */
export const eventAheadMax = 86_400_000;

/** Keys that no object of an event may have, at any depth. */
export const forbiddenKeys: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
]);

/** NUL separates the parts of a stored key, so a name must not contain it. */
const Name = z
  .string()
  .min(1)
  .max(nameLengthMax)
  .refine((text) => !text.includes('\0'), 'must not contain U+0000');

/** An ISO 8601 date-time with a zone, or milliseconds since 1970-01-01 UTC. Read as ms. */
const Time = z.union([
  z.number(),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);

/** A number of at most {@link figureMax} either way, or a boolean read as 1 or 0. */
const Value = z.union([
  z.number().min(-figureMax).max(figureMax),
  z.boolean().transform((flag) => (flag ? 1 : 0)),
]);

/**
 * `type` is any interaction verb (`viewed`, `answered`, `rated`…) or one of the engine's own: `exposure`,
 * `decision`, `outcome`, `prediction`, `label`. Unknown fields are kept in the archive. An optional
 * field may be null, which is the same as absent.
 */
export const Event = z.looseObject({
  /** Chosen by the producer; a second event of the same user with the same id is a duplicate. */
  id: Name,
  type: Name,
  time: Time,
  user: Name,
  item: Name.nullish(),
  session: Name.nullish(),
  value: Value.nullish(),
  decision: Name.nullish(),
  context: z.record(z.string(), z.unknown()).nullish(),
});
export type Event = z.infer<typeof Event>;
/** What a producer writes: `time` as text or number. */
export type EventInput = z.input<typeof Event>;
