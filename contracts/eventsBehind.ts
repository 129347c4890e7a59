/**
 * From a number to its events: what the number is, and the archived events that it counts (`GET /v1/events/behind`).
 *
 * The events are found by the definition that counts them: the plan of a metric or a column, the filter of an experiment's metric,
 * the decisions and predictions themselves.
 */
import { z } from 'zod';
import { decisionWays } from './decisionFields.ts';
import { nameLengthMax } from './event.ts';

/** The longest range of one question, ms: a year and a day. */
export const behindRangeMs = 31_622_400_000;
/** Most events of a page. */
export const behindLimitMax = 100;
/** Latest instant that a question may name: the year 2200. */
const instantMax = 7_258_118_400_000;

const Name = z.string().min(1).max(nameLengthMax);
const Instant = z.coerce.number().min(0).max(instantMax).transform(Math.trunc);
/** Half-open, ms since 1970, by event time. */
const range = { from: Instant, to: Instant };
const openRange = { from: Instant.optional(), to: Instant.optional() };

export const numberKinds = ['metric', 'column', 'experiment', 'policy', 'model'] as const;

/** What a number is. Every field is text or a number, so that a question is part of an address. */
export const BehindQuestion = z
  .discriminatedUnion('of', [
    /** A windowed metric. Without a segment: of all together; '' is that of the events that have none. */
    z.strictObject({
      of: z.literal('metric'),
      pipeline: Name.optional(),
      metric: Name,
      segment: z.string().max(nameLengthMax).optional(),
      ...range,
    }),
    /**
     * Rows of a column that is profiled by day, by its name among those of drift; of a text those with a value, of numbers those in
     * (above, upTo]. Value '': of the events that have none.
     */
    z.strictObject({
      of: z.literal('column'),
      pipeline: Name.optional(),
      column: Name,
      value: z.string().max(nameLengthMax).optional(),
      above: z.coerce.number().optional(),
      upTo: z.coerce.number().optional(),
      ...range,
    }),
    /** An arm: its units by their first exposure, or what a metric counts of them. */
    z.strictObject({
      of: z.literal('experiment'),
      key: Name,
      variant: Name,
      metric: Name.optional(),
      ...openRange,
    }),
    /** Decisions of a policy, or of its control, and what they earned. */
    z.strictObject({
      of: z.literal('policy'),
      key: Name,
      action: Name.optional(),
      way: z.enum(decisionWays).default('policy'),
      ...openRange,
    }),
    /** Predictions of one of the engine's own models, with their labels; of a slice those with a value of a field. */
    z.strictObject({
      of: z.literal('model'),
      pipeline: Name,
      model: Name,
      version: Name.optional(),
      slice: z
        .string()
        .regex(/^[^\s.]+(\.[^\s.]+)*$/, 'expected a name of the context')
        .max(nameLengthMax)
        .optional(),
      value: z.string().max(nameLengthMax).optional(),
      ...range,
    }),
  ])
  .superRefine((question, context) => {
    const { from, to } = question;
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (from !== undefined && to !== undefined) {
      if (from >= to) refuse('from', 'must lie before to');
      else if (to - from > behindRangeMs) refuse('from', 'must lie within 366 days of to');
    }
    if (question.of === 'column') {
      const { value, above, upTo } = question;
      if (above !== undefined && upTo !== undefined && above >= upTo) {
        refuse('above', 'must lie below upTo');
      }
      if (value !== undefined && (above ?? upTo) !== undefined) {
        refuse('value', 'expected without above and upTo');
      }
    }
    if (question.of !== 'model') return;
    if ((question.slice === undefined) !== (question.value === undefined)) {
      refuse('value', 'expected together with slice');
    }
  });
export type BehindQuestion = z.output<typeof BehindQuestion>;
/** As a page asks it. */
export type BehindAsked = z.input<typeof BehindQuestion>;

const Figure = z.number().nullable();

/** What of an event the number counted. */
export const Counted = z.discriminatedUnion('as', [
  /** One. */
  z.object({ as: z.literal('event') }),
  /** Its value, in the unit of the metric. */
  z.object({ as: z.literal('value'), figure: z.number() }),
  /** A row of a column by its text; null: it has no value there. */
  z.object({ as: z.literal('row'), text: z.string().nullable() }),
  /** Seconds since the event before it. */
  z.object({ as: z.literal('seconds'), figure: z.number() }),
  /** A unit, by its first exposure; `crossedAt`: it was seen in another variant later. */
  z.object({ as: z.literal('exposure'), stage: z.number().int(), crossedAt: Figure }),
  /** Part of what a unit scored, which counts from `scoredAt` on. `part`: of a ratio, above or below the line. */
  z.object({
    as: z.literal('outcome'),
    part: z.enum(['measure', 'denominator', 'both']),
    figure: Figure,
    exposedAt: z.number(),
    scoredAt: z.number(),
  }),
  z.object({
    as: z.literal('decision'),
    action: z.string(),
    way: z.enum(decisionWays),
    probability: z.number(),
    reward: Figure,
    rewardedAt: Figure,
    /** What it earned is final: only such decisions make the mean. */
    closed: z.boolean(),
  }),
  z.object({
    as: z.literal('prediction'),
    version: z.string(),
    probability: z.number(),
    label: z.number(),
  }),
]);
export type Counted = z.infer<typeof Counted>;

export const BehindEvent = z.object({
  partition: z.number().int(),
  offset: z.number().int(),
  /** Event time and reception, ms since 1970. */
  time: z.number(),
  receivedAt: z.number(),
  type: z.string(),
  user: z.string(),
  item: z.string().nullable(),
  value: Figure,
  /** The event as it came, JSON. */
  raw: z.string(),
  counted: Counted,
});
export type BehindEvent = z.infer<typeof BehindEvent>;

export const BehindAnswer = z.object({
  pipeline: z.string(),
  /** Half-open, ms since 1970: of the events that are looked for. */
  from: z.number(),
  to: z.number(),
  /** What the number's own sums say; null where it is no count of events, and behind the first page. */
  counted: Figure,
  /** Of these, events in the archive; null where counting them would take too long, and behind the first page. */
  kept: Figure,
  /** Events in the archive that would count and came too late; null as `kept`. */
  late: Figure,
  /** The newest first; there may be fewer than asked for although more follow. */
  events: z.array(BehindEvent),
  /** What to ask for as `after`; null: that was all. */
  next: z.string().nullable(),
});
export type BehindAnswer = z.infer<typeof BehindAnswer>;
