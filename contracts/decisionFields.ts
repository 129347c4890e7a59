/**
 * What a decision says of itself in the event log: enough to learn from it, to evaluate other policies by it, to explain it, and
 * to compute it again. The event's `id` is the decision's, its `item` the action; the rest stands in `context`.
 */
import { z } from 'zod';
import { Traits } from './policy.ts';

/** `type` of the event. */
export const decisionType = 'decision';

/** By what an action was chosen. */
export const decisionWays = [
  /** By what was learnt. */
  'policy',
  /** The user is held out: the control. */
  'holdout',
  /** A person has pinned the action. */
  'pin',
  /** The engine could not decide in time, or had nothing to decide by. */
  'fallback',
  /** The user objects to personalization: the control. Answered, and not written into the log. */
  'objection',
] as const;
export type DecisionWay = (typeof decisionWays)[number];

/** An eligible action as the decision saw it. */
export const Offered = z.strictObject({
  action: z.string(),
  /** With which it would have been chosen; of a slate: at this position, given the positions before. */
  probability: z.number().min(0).max(1),
  /** The user's affinity for the action, by name of the preference; only where a feature asks for it. */
  preference: z.record(z.string(), z.number()).optional(),
  /** Of an action that the request brought. */
  traits: Traits.optional(),
});
export type Offered = z.infer<typeof Offered>;

export const DecisionFields = z.object({
  /** Key of the policy. */
  policy: z.string(),
  revision: z.number().int().min(1),
  /** Number of the policy's stage. */
  stage: z.number().int().min(1),
  /** The chosen one. */
  action: z.string(),
  /** Probability of the chosen one, in (0, 1]. */
  probability: z.number().gt(0).max(1),
  way: z.enum(decisionWays),
  /** From 1; of a slate each position is a decision of its own. */
  position: z.number().int().min(1).default(1),
  /** What was known of the user, of what the policy looks at; under `preference` the user's affinities as they were served. */
  attributes: z.record(z.string(), z.unknown()).default({}),
  /** All that could have been chosen, the chosen one included. */
  offered: z.array(Offered).default([]),
  /** Up to where the log had been learnt: `partition:offset` joined by commas, ascending. */
  learnt: z.string().default(''),
});
export type DecisionFields = z.infer<typeof DecisionFields>;
