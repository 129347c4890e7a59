/** Drift of columns against reference days: what `GET /v1/drift` and `GET /v1/drift/:column` answer. */
import { z } from 'zod';

/** ms since 1970-01-01 UTC; of a day its start, as days are those of UTC. */
const Instant = z.number();
/** null where nothing can be said. */
const Figure = z.number().nullable();

/** Most days of a range. */
export const driftDaysMax = 92;
/** Most columns of an answer, in the order of their names. */
export const driftColumnsMax = 40;
/** Days of the reference when none are asked for. */
export const referenceDaysDefault = 7;
/** A day farther than so many limits from its reference has drifted strongly. */
export const strongDrift = 4;

export const driftWords = [
  'data-quality break',
  'concept drift',
  'data drift',
  'label shift',
] as const;
const DriftWordName = z.enum(driftWords);

/** 0: within chance. 1: beyond the limit. 2: beyond {@link strongDrift} times the limit. */
export const driftLevels = [0, 1, 2] as const;
const DriftLevel = z.union([z.literal(0), z.literal(1), z.literal(2)]);
export type DriftLevel = z.infer<typeof DriftLevel>;

export const DriftDay = z.object({
  day: Instant,
  /** 0: nothing is stored of the day. */
  rows: z.number(),
  /** A day of the reference is compared with the others. */
  isReference: z.boolean(),
  /** PSI from the reference; null where either has too few rows, as the figures that follow. */
  distance: Figure,
  /** Jensen–Shannon divergence, nats. */
  divergence: Figure,
  /** PSI that independent rows without drift have on average, … */
  noise: Figure,
  /** … and exceed with the probability `alpha`. */
  critical: Figure,
  /** PSI that a day exceeds with that probability if it differs as the days of the reference do from each other. */
  dayToDay: Figure,
  /** The larger of both; null where the reference has too few days. */
  limit: Figure,
  level: DriftLevel.nullable(),
});
export type DriftDay = z.infer<typeof DriftDay>;

export const DriftBreak = z.object({
  day: Instant,
  kind: z.string(),
  /** Shares, or numbers of values. */
  before: Figure,
  after: Figure,
  sentence: z.string(),
});
export type DriftBreak = z.infer<typeof DriftBreak>;

const ColumnHead = z.object({
  /** As in the name of its profile, `context_skill`; `prediction` for what the model predicts. */
  column: z.string(),
  role: z.enum(['prediction', 'label', 'input']),
  kind: z.enum(['number', 'text']),
  /** Mean size of what it contributes to a prediction; null where that is not measured. */
  importance: Figure,
  /** Whether the model reads it; null where the model is not known. */
  isRead: z.boolean().nullable(),
});

const Standing = z.object({
  /** PSI in limits on the newest day that was judged; null while none was. */
  excess: Figure,
  level: DriftLevel.nullable(),
  /** First of the days in a row beyond the limit, up to the newest; null: it has not drifted. One day is no drift unless it is strong. */
  since: Instant.nullable(),
});
export type DriftStanding = z.infer<typeof Standing>;

export const DriftColumn = ColumnHead.extend({
  standing: Standing,
  /** One for each of the answer's days. */
  days: z.array(DriftDay),
  breaks: z.array(DriftBreak),
});
export type DriftColumn = z.infer<typeof DriftColumn>;

export const DriftAlarm = z.object({
  /** Name of the statistic: `answer_residual`, `answer_level`, `rating`. */
  statistic: z.string(),
  /** Skill or topic. */
  key: z.string(),
  /** When the alert about it began, event time; null where no alert is known. */
  at: Instant.nullable(),
  /** Raised so far, all partitions together. */
  alarms: z.number(),
  /** Mean before and after the last of them. */
  before: Figure,
  after: Figure,
});
export type DriftAlarm = z.infer<typeof DriftAlarm>;

export const DriftWord = z.object({
  word: DriftWordName,
  /** Column, skill or topic. */
  subject: z.string(),
  /** null: it is about a skill or topic. */
  column: z.string().nullable(),
  sentence: z.string(),
  since: Instant.nullable(),
});
export type DriftWord = z.infer<typeof DriftWord>;

const Reference = z.object({
  /** Days with a profile, ascending. */
  days: z.array(Instant),
  isGiven: z.boolean(),
  /** Weekdays that it has not, 1 Monday to 7 Sunday: such days may differ for that alone. */
  weekdaysMissing: z.array(z.number().int()),
});

const Head = z.object({
  /** null: no pipeline profiles a column. */
  pipeline: z.string().nullable(),
  model: z.string().nullable(),
  modelVersion: z.string().nullable(),
  /** Complete days that are stored. */
  stored: z.object({ days: z.number().int(), first: Instant.nullable(), last: Instant.nullable() }),
  reference: Reference,
  /** Complete days that are needed before anything can be judged: the least reference and one more. */
  daysNeeded: z.number().int(),
  alpha: z.number(),
});

export const DriftAnswer = Head.extend({
  /** Complete days of the range, ascending. */
  days: z.array(Instant),
  /** Predictions and labels first, then by importance × drift. */
  columns: z.array(DriftColumn),
  /** Columns beyond {@link driftColumnsMax}. */
  more: z.number().int(),
  alarms: z.array(DriftAlarm),
  words: z.array(DriftWord),
  /** Of everything together; null: nothing has drifted. */
  word: DriftWordName.nullable(),
});
export type DriftAnswer = z.infer<typeof DriftAnswer>;

const Share = z.object({ before: z.number(), after: z.number() });

export const DriftDetail = Head.extend({
  column: DriftColumn,
  /** The day that is compared; null: none can be. */
  day: Instant.nullable(),
  /** Numbers: bins of about equal shares of the reference, (from, to]; a null end is open. */
  density: z.array(Share.extend({ from: Figure, to: Figure })),
  /** Texts: the most frequent values, then or now. */
  values: z.array(Share.extend({ value: z.string() })),
  /** Texts: share of all other values. */
  others: Share.nullable(),
  missing: Share.nullable(),
  /** Texts: values that the reference has not, with their shares now; empty where it has too many to count each. */
  unseen: z.array(z.object({ value: z.string(), share: z.number() })),
  course: z.array(
    z.object({
      day: Instant,
      p10: Figure,
      p50: Figure,
      p90: Figure,
      /** Mean distance that values have moved, in their unit, and what chance makes of it. */
      moved: Figure,
      movedNoise: Figure,
    }),
  ),
  /** Quantiles of the reference; null of texts. */
  quantiles: z.object({ p10: Figure, p50: Figure, p90: Figure }).nullable(),
});
export type DriftDetail = z.infer<typeof DriftDetail>;
