/**
 * What is watched: a series of readings, how it is judged, and what becomes of a reading that is not as it should be. Beside it
 * what alerts need to reach somebody: routes, mute windows, and the calendar of days that are unlike others.
 */
import { z } from 'zod';

const hourMs = 3_600_000;
/** Lower-case words and hyphens. */
export const WatchKey = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(64);
const Title = z.string().min(1).max(200);
const Span = z
  .number()
  .int()
  .min(0)
  .max(90 * 24 * hourMs);

/** Where in the flow a watch looks; what comes earlier is the likelier cause. */
export const lanes = ['ingest', 'feature', 'prediction', 'outcome', 'operation'] as const;
export type Lane = (typeof lanes)[number];

export const severities = ['high', 'low'] as const;
export type Severity = (typeof severities)[number];

export const metricFigures = ['count', 'mean', 'p50', 'p95'] as const;
export type MetricFigure = (typeof metricFigures)[number];

/** Of what the readings are. */
export const WatchSource = z.discriminatedUnion('kind', [
  /** A metric in buckets of `widthMs`: as a whole, or each segment by itself. */
  z.strictObject({
    kind: z.literal('metric'),
    pipeline: z.string().default('learning'),
    metric: z.string(),
    figure: z.enum(metricFigures),
    by: z.enum(['whole', 'segment']).default('whole'),
    widthMs: z
      .number()
      .int()
      .min(60_000)
      .max(24 * hourMs)
      .default(300_000),
  }),
  /** A figure of a statistic, for each of its keys (and each partition, where it never merges). */
  z.strictObject({
    kind: z.literal('statistic'),
    pipeline: z.string().default('learning'),
    name: z.string(),
    figure: z.string(),
  }),
  /** What the data plane found by itself: rows of the table `findings`, a key each. */
  z.strictObject({
    kind: z.literal('finding'),
    pipeline: z.string().default('learning'),
    name: z.string(),
  }),
]);
export type WatchSource = z.infer<typeof WatchSource>;

/** When a reading is not as it should be. */
export const Judgement = z.discriminatedUnion('kind', [
  /** By the series' own past: hour of day, day of week, calendar, and what it just was. Of metrics. */
  z.strictObject({
    kind: z.literal('usual'),
    direction: z.enum(['either', 'rise', 'fall']).default('either'),
    /** Alerts that may be raised in a week in which nothing happens, all keys together: expected at most so many. */
    budgetPerWeek: z.number().positive().max(1_000).default(0.2),
    /** Smaller changes are none, whatever their probability: share of what is usual. */
    leastChange: z.number().min(0).max(100).default(0.2),
    /** Buckets in which fewer rows are expected, and come, are not judged. */
    leastCount: z.number().int().min(1).default(20),
  }),
  /** A figure beyond a limit; once beyond, it is back only behind `clear`. */
  z.strictObject({
    kind: z.literal('limit'),
    direction: z.enum(['above', 'below']),
    limit: z.number(),
    /** By default the limit. */
    clear: z.number().optional(),
    /** Figures of fewer rows are not judged. */
    leastCount: z.number().int().min(1).default(1),
  }),
  /** A detector in the data plane has raised another alarm: its figure counts them. */
  z.strictObject({ kind: z.literal('alarms') }),
  /** The figure is the probability of what was seen if nothing has changed; false discoveries are limited over keys. */
  z.strictObject({
    kind: z.literal('probability'),
    budgetPerWeek: z.number().positive().max(1_000).default(0.2),
  }),
]);
export type Judgement = z.infer<typeof Judgement>;

export const Watch = z.strictObject({
  key: WatchKey,
  name: Title,
  /** What it is for, and what to do when it alerts. */
  purpose: z.string().max(2_000).default(''),
  lane: z.enum(lanes),
  severity: z.enum(severities).default('low'),
  source: WatchSource,
  judgement: Judgement,
  /** How long it must last before somebody is told, event time. */
  pendingMs: Span.default(0),
  /** How long all must be well before it is over. */
  clearMs: Span.default(600_000),
  /** After an alert the same key raises no other for so long. */
  refractoryMs: Span.default(hourMs),
  /** Without a reading for so long the watch says so; null: silence is no news. */
  noDataMs: Span.min(60_000).nullable().default(hourMs),
  /** Keys of routes. */
  routes: z.array(WatchKey).max(20).default([]),
  runbook: z.url().optional(),
  isActive: z.boolean().default(true),
});
export type Watch = z.infer<typeof Watch>;
export type WatchInput = z.input<typeof Watch>;

/** Where alerts are told. Secrets are named, not given: they are read from the environment. */
export const AlertRoute = z.strictObject({
  key: WatchKey,
  name: Title,
  /** Alerts of lower severity are not told here. */
  least: z.enum(severities).default('low'),
  isActive: z.boolean().default(true),
  to: z.discriminatedUnion('kind', [
    /** JSON by POST, signed with HMAC-SHA-256 when a secret is named. */
    z.strictObject({
      kind: z.literal('webhook'),
      url: z.url({ protocol: /^https?$/ }),
      /** Name of the environment variable with the secret. */
      secretVariable: z
        .string()
        .regex(/^[A-Z][A-Z0-9_]*$/)
        .optional(),
    }),
    /** By the server of `SMTP_URL`. */
    z.strictObject({ kind: z.literal('email'), to: z.array(z.email()).min(1).max(50) }),
    /** An incoming webhook as Slack, Mattermost and Rocket.Chat have it; its URL is a secret. */
    z.strictObject({
      kind: z.literal('chat'),
      urlVariable: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
    }),
  ]),
});
export type AlertRoute = z.infer<typeof AlertRoute>;

const LocalDay = z.iso.date();

/** A time in which alerts are kept but nobody is told: until it is over, and then only of what still fires. */
export const MuteWindow = z.strictObject({
  key: WatchKey,
  name: Title,
  /** Empty: every watch. */
  watches: z.array(WatchKey).max(100).default([]),
  when: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('once'), from: z.number(), to: z.number() }),
    /** Every week, local time; 1 is Monday. */
    z.strictObject({
      kind: z.literal('weekly'),
      days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
      /** Minutes after midnight, the end not included; an end at or before the start is of the next day. */
      fromMinute: z.number().int().min(0).max(1_439),
      toMinute: z.number().int().min(1).max(1_440),
    }),
    /** Days of the calendar of some kinds. */
    z.strictObject({ kind: z.literal('calendar'), kinds: z.array(z.string()).min(1) }),
  ]),
});
export type MuteWindow = z.infer<typeof MuteWindow>;

export const dayKinds = ['holiday', 'break', 'exams', 'event'] as const;

/** Days that are unlike their day of the week: expectations treat holidays and breaks as one kind, and charts show all. */
export const CalendarDays = z.strictObject({
  key: WatchKey,
  name: Title,
  kind: z.enum(dayKinds),
  /** Both included, local. */
  from: LocalDay,
  to: LocalDay,
});
export type CalendarDays = z.infer<typeof CalendarDays>;
