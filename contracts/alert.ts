/** An alert: one watch, one key, from the first reading that was not as it should be to its end. */
import { z } from 'zod';
import { lanes, severities } from './watch.ts';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();

/**
 * `pending`: noticed, not told yet. `firing`: told. `no-data`: nothing to judge for too long. `error`: it cannot be judged.
 * `resolved`: over, for good; the next one is another alert.
 */
export const alertStates = ['pending', 'firing', 'no-data', 'error', 'resolved'] as const;
export type AlertState = (typeof alertStates)[number];

/** How an alert ended. */
export const alertEndings = [
  /** Readings are as they should be. */
  'recovered',
  /** It lasted so long that it is what is usual now. */
  'became usual',
  /** It did not last as long as the watch asks: nobody was told. */
  'passed',
  /** Somebody closed it. */
  'closed',
  /** Somebody closed it and said that it was none. */
  'false alarm',
] as const;
export type AlertEnding = (typeof alertEndings)[number];

export const JudgedReading = z.object({
  /** Of the bucket or window; equal for a reading of one moment. */
  start: Instant,
  end: Instant,
  value: z.number().nullable(),
  /** Rows behind it. */
  count: z.number(),
  /** What was expected, with the band within which readings usually are; null where nothing is expected. */
  expected: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  /** Deviations from what was expected; for a limit, 0. */
  score: z.number().nullable(),
  /** Probability of such a deviation or a larger one when nothing has happened. */
  pValue: z.number().nullable(),
});
export type JudgedReading = z.infer<typeof JudgedReading>;

export const Contribution = z.object({
  /** Segment, feature or column. */
  name: z.string(),
  value: z.number(),
  expected: z.number(),
  /** Of the whole deviation; those of all parts add up to 1. */
  share: z.number(),
});
export type Contribution = z.infer<typeof Contribution>;

export const happeningKinds = [
  'experiment',
  'policy',
  'metric',
  'watch',
  /** Who serves, a release, a version. */
  'deployment',
  /** The end of a run. */
  'retraining',
  'calendar',
  'alert',
] as const;

/** Something that happened: drawn on every time axis. */
export const Happening = z.object({
  at: Instant,
  /** null: a moment. */
  until: Instant.nullable(),
  kind: z.enum(happeningKinds),
  /** Of what: the key of an experiment, the name of a model, the id of a run or an alert. */
  subject: z.string(),
  sentence: z.string(),
});
export type Happening = z.infer<typeof Happening>;

export const Explanation = z.object({
  /** The largest share first. */
  contributions: z.array(Contribution),
  /** Within a day before and after, the nearest first. */
  nearby: z.array(Happening),
  /** Alerts of the same watch and key before, the newest first, with how they ended. */
  similar: z.array(
    z.object({
      id: z.string(),
      since: Instant,
      resolvedAt: Instant.nullable(),
      ending: z.enum(alertEndings).nullable(),
      note: z.string(),
    }),
  ),
});
export type Explanation = z.infer<typeof Explanation>;

export const Alert = z.object({
  id: z.string(),
  watch: z.string(),
  watchName: z.string(),
  lane: z.enum(lanes),
  severity: z.enum(severities),
  /** Segment, or key of the statistic; empty: the whole. */
  key: z.array(z.string()),
  state: z.enum(alertStates),
  /** What happened, in a sentence. */
  headline: z.string(),
  direction: z.enum(['rise', 'fall']).nullable(),
  /** Start of the first reading that was not as it should be, event time. */
  since: Instant,
  /** End of that reading, event time: it could not be known before. */
  noticedAt: Instant,
  /** Event time; null: not, or not yet. */
  firedAt: Instant.nullable(),
  resolvedAt: Instant.nullable(),
  ending: z.enum(alertEndings).nullable(),
  /** Farthest from what it should be, and the newest. */
  worst: JudgedReading.nullable(),
  latest: JudgedReading.nullable(),
  /** Times that it came and went within the last day: of those that flap only the first is told. */
  flaps: z.number().int(),
  isFlapping: z.boolean(),
  /** Id of the alert that likely has the same cause and came first; its own when there is none. */
  incident: z.string(),
  /** Who takes care of it. */
  owner: z.string().nullable(),
  acknowledgedAt: Instant.nullable(),
  note: z.string(),
  /** Key of the mute window that keeps it from being told. */
  mutedBy: z.string().nullable(),
  explanation: Explanation.nullable(),
  /** 1, 2, 3 …: each change is another. */
  revision: z.number().int(),
  /** When it changed, ms since 1970 by the clock. */
  changedAt: Instant,
});
export type Alert = z.infer<typeof Alert>;
