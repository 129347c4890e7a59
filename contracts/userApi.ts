/** One user: `/v1/users/:id`, what is learnt of them, all that is stored, and its erasure. */
import { z } from 'zod';
import { decisionWays } from './decisionFields.ts';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();
const Figure = z.number().nullable();

export const LikedValue = z.object({
  value: z.string(),
  /** Expected outcome beyond the usual, and its standard error; on a scale on which ±1 are the bounds. */
  affinity: z.number(),
  standardError: z.number(),
  /** Parts of the affinity: how all like the value, how the user likes everything, what is the user's own. */
  population: z.number(),
  level: z.number(),
  own: z.number(),
  /** Faded weight of outcomes, and faded count of the times that the user had it. */
  weight: z.number(),
  seen: z.number(),
  lastAt: Instant.nullable(),
  /** A sentence. */
  words: z.string(),
});

export const UserDecision = z.object({
  decision: z.string(),
  policy: z.string(),
  at: Instant,
  action: z.string(),
  position: z.number().int(),
  way: z.enum(decisionWays),
  probability: z.number(),
  /** null: nothing came yet. */
  reward: Figure,
  /** Why, in a sentence. */
  words: z.string(),
});
export type UserDecision = z.infer<typeof UserDecision>;

export const UserAnswer = z.object({
  user: z.string(),
  preferences: z.array(
    z.object({
      name: z.string(),
      events: z.number().int(),
      level: z.number(),
      words: z.string(),
      /** The best liked first. */
      values: z.array(LikedValue),
    }),
  ),
  /** The newest first, at most 50. */
  decisions: z.array(UserDecision),
});
export type UserAnswer = z.infer<typeof UserAnswer>;

/** What an erasure has done, for the person and for the record. */
export const ErasureReceipt = z.object({
  user: z.string(),
  /** Id of the record in the log. */
  erasure: z.string(),
  at: Instant,
  /** Rows that were removed, by table. */
  removed: z.array(z.object({ table: z.string(), rows: z.number().int() })),
  /** Who had learnt from the user, and from how much. */
  learntFrom: z.array(z.object({ what: z.string(), events: z.number().int() })),
  /** What stays, a sentence each with the reason. */
  kept: z.array(z.string()),
  /** Whether the data plane has forgotten as well; false: it had not answered yet, and will. */
  isForgotten: z.boolean(),
  /**
   * Whether a checkpoint of the data plane has passed the erasure, so that nothing that was removed comes back. false: not within
   * half a minute; a data plane that fails first may write some of it again. Ask for the erasure again.
   */
  isFinal: z.boolean(),
});
export type ErasureReceipt = z.infer<typeof ErasureReceipt>;
