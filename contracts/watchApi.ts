/** Watches and alerts over HTTP: what `/v1/watches`, `/v1/alerts` and what belongs to them take and answer. */
import { z } from 'zod';
import { Alert, Happening, JudgedReading } from './alert.ts';
import { AlertRoute, CalendarDays, MuteWindow, Watch } from './watch.ts';

const Instant = z.number();
const Reason = z.string().max(4_096).default('');

/** A definition as it is listed: with its newest revision, and who made it when and why. */
function defined<Schema extends z.ZodType>(schema: Schema) {
  return z.object({
    definition: schema,
    revision: z.number().int(),
    at: Instant,
    actor: z.string(),
    reason: z.string(),
  });
}

export const DefinedWatch = defined(Watch);
export type DefinedWatch = z.infer<typeof DefinedWatch>;
export const DefinedRoute = defined(AlertRoute);
export type DefinedRoute = z.infer<typeof DefinedRoute>;
export const DefinedMute = defined(MuteWindow);
export type DefinedMute = z.infer<typeof DefinedMute>;
export const DefinedDays = defined(CalendarDays);
export type DefinedDays = z.infer<typeof DefinedDays>;

/** How a watch is now. */
export const WatchStanding = z.object({
  watch: DefinedWatch,
  /** Worst state of its keys: `ok` when no alert is open, `starting` before its first judgement. */
  state: z.enum(['ok', 'starting', 'pending', 'firing', 'no-data', 'error', 'off']),
  /** End of the newest reading that was judged, event time. */
  judgedTo: Instant.nullable(),
  /** Keys that are judged. */
  keys: z.number().int(),
  /** Why it cannot be judged, a sentence. */
  problem: z.string().nullable(),
  /** Alerts that fired in the last seven days, and of those the ones that somebody called false. */
  firedWeek: z.number().int(),
  falseWeek: z.number().int(),
});
export type WatchStanding = z.infer<typeof WatchStanding>;

export const WatchesAnswer = z.object({ watches: z.array(WatchStanding) });
export type WatchesAnswer = z.infer<typeof WatchesAnswer>;

/** `PUT /v1/watches/:key`, and of routes, mutes and calendar: makes it (revision 0) or changes it (the revision seen). */
export const DefinitionChange = z.strictObject({
  definition: z.unknown(),
  revision: z.number().int().min(0),
  actor: z.string().max(256).default(''),
  reason: Reason,
});

/** `GET /v1/alerts`: those that were open in the range, the newest first. */
export const AlertsAnswer = z.object({
  alerts: z.array(Alert),
  /** There are more than were asked for. */
  more: z.boolean(),
});
export type AlertsAnswer = z.infer<typeof AlertsAnswer>;

/** `GET /v1/alerts/:id`. */
export const AlertDetail = z.object({
  alert: Alert,
  watch: DefinedWatch.nullable(),
  /** Of its key around it: a quarter before, a quarter behind, at least six hours. */
  course: z.array(JudgedReading),
  /** What became of it, the oldest first. */
  history: z.array(
    z.object({ at: Instant, actor: z.string(), sentence: z.string(), reason: z.string() }),
  ),
  /** Others of the same incident. */
  incident: z.array(Alert),
  /** Where it was told, and whether that was possible. */
  deliveries: z.array(
    z.object({
      route: z.string(),
      what: z.enum(['firing', 'resolved']),
      at: Instant,
      attempts: z.number().int(),
      outcome: z.enum(['waiting', 'sent', 'given up']),
      problem: z.string().nullable(),
    }),
  ),
});
export type AlertDetail = z.infer<typeof AlertDetail>;

/** `POST /v1/alerts/:id/acknowledge`, `/close`: somebody takes care, or says that it is over. */
export const AlertAnswer = z.strictObject({
  actor: z.string().min(1).max(256),
  /** Of `acknowledge`: who takes care; by default the actor, and '' for nobody any more. */
  owner: z.string().max(256).optional(),
  note: z.string().max(4_096).default(''),
  /** Of `close`: it was no alert. Counts into the realised rate of false alarms. */
  isFalse: z.boolean().default(false),
});
export type AlertAnswer = z.infer<typeof AlertAnswer>;

/** `GET /v1/happenings`: what charts draw on their time axis. */
export const HappeningsAnswer = z.object({ happenings: z.array(Happening) });
export type HappeningsAnswer = z.infer<typeof HappeningsAnswer>;

/** `GET /v1/routes`, `/v1/mutes` and `/v1/calendar`. */
export const RoutesAnswer = z.object({ routes: z.array(DefinedRoute) });
export const MutesAnswer = z.object({ mutes: z.array(DefinedMute) });
export const CalendarAnswer = z.object({ calendar: z.array(DefinedDays) });

/** When it was taken away: it comes back by putting one of its revisions. */
const Removal = z.object({
  revision: z.number().int(),
  at: Instant,
  actor: z.string(),
  reason: z.string(),
});

/** `GET /v1/watches/:key/revisions`, and of routes, mutes and calendar: the newest first. */
export function revisionsAnswer<Schema extends z.ZodType>(schema: Schema) {
  return z.object({ revisions: z.array(schema), removals: z.array(Removal) });
}

const Remark = z.object({
  severity: z.enum(['problem', 'remark']),
  field: z.string(),
  sentence: z.string(),
});

/** `POST /v1/watches/check`: what is wrong with it, and how often it would have alerted; nothing is stored. */
export const WatchCheck = z.strictObject({ definition: z.unknown() });
export const WatchChecked = z.object({
  problems: z.array(Remark),
  /** Alerts that somebody would have been told of in the stored weeks; null where that is not known. */
  alerts: z.number().int().nullable(),
  /** Weeks that were judged: those behind what a judge has to see first. */
  weeks: z.number(),
  /** The newest of those alerts. */
  examples: z.array(
    z.object({
      key: z.array(z.string()),
      headline: z.string(),
      since: Instant,
      resolvedAt: Instant.nullable(),
    }),
  ),
});
export type WatchChecked = z.infer<typeof WatchChecked>;

/** What a change of a definition answers: as it is now, with remarks. */
export function definitionWritten<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  return schema.extend({ problems: z.array(Remark) });
}

/** `POST /v1/routes/:key/test`: a notice that says that it is a test. */
export const RouteTested = z.object({
  outcome: z.enum(['sent', 'given up']),
  problem: z.string().nullable(),
});
export type RouteTested = z.infer<typeof RouteTested>;
