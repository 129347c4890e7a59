/** Recommendations over HTTP: what `/v1/insights` and what belongs to it take and answer. */
import { z } from 'zod';
import { Card, cardAnswers, insightAreas } from './insight.ts';

const Instant = z.number();

export const InsightsQuery = z.object({
  /** `open`: live and snoozed; `history`: accepted, done, over. */
  standing: z.enum(['open', 'history']).default('open'),
  area: z.enum(insightAreas).optional(),
  /** Of one subject: `model:answer`. */
  subject: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type InsightsQuery = z.infer<typeof InsightsQuery>;

/** Of `open` the highest score first, those snoozed last; of `history` the newest first. */
export const InsightsAnswer = z.object({
  cards: z.array(Card),
  more: z.boolean(),
  /** How well it has been looked. */
  looked: z.object({
    /** When all rules were asked last, by the clock; null: not yet. */
    at: Instant.nullable(),
    /** Rules, and those that could not be asked, with the reason. */
    kinds: z.number().int(),
    failing: z.array(z.object({ kind: z.string(), sentence: z.string() })),
    /** Tests that were made so far, and the share of false cards that is promised at most among those shown. */
    tests: z.number().int(),
    falseShare: z.number(),
  }),
});
export type InsightsAnswer = z.infer<typeof InsightsAnswer>;

/** `GET /v1/insights/kinds`: the catalogue. */
export const InsightKindsAnswer = z.object({
  kinds: z.array(
    z.object({
      kind: z.string(),
      area: z.enum(insightAreas),
      summary: z.string(),
      /** How it is judged, in words. */
      test: z.string(),
      /** Cards of it so far, answers, and outcomes of those that were accepted. */
      shown: z.number().int(),
      useful: z.number().int(),
      notUseful: z.number().int(),
      accepted: z.number().int(),
      kept: z.number().int(),
    }),
  ),
});
export type InsightKindsAnswer = z.infer<typeof InsightKindsAnswer>;

/** `GET /v1/insights/:id`. */
export const InsightDetail = z.object({
  card: Card,
  /** What became of it, the oldest first. */
  history: z.array(
    z.object({ at: Instant, actor: z.string(), sentence: z.string(), note: z.string() }),
  ),
});
export type InsightDetail = z.infer<typeof InsightDetail>;

/** `POST /v1/insights/:id/answer`. */
export const InsightAnswerGiven = z.strictObject({
  answer: z.enum(cardAnswers),
  /** Of `snooze`: until when, ms since 1970; by default a week. */
  until: Instant.optional(),
  note: z.string().max(4_096).default(''),
  revision: z.number().int().min(1),
});

/**
 * `POST /v1/insights/:id/accept`: does what the button says, by the engine's own route and the rights of who asks, and notes
 * that it was accepted. Where it fails nothing is noted, and the answer is that of the route.
 */
export const InsightAccept = z.strictObject({
  /** Kind of the finding whose action it is: the leading one or another. */
  kind: z.string(),
  reason: z.string().max(4_096).default(''),
  revision: z.number().int().min(1),
});
export const InsightAccepted = z.object({
  card: Card,
  /** What the route answered; null where the action is done on a page, and was only noted. */
  answer: z.unknown(),
});
