/** Policies over HTTP: what `/v1/policies`, `/v1/decisions` with a policy, and `/v1/users/:id` take and answer. */
import { z } from 'zod';
import { Attributes } from './attributes.ts';
import { decisionWays } from './decisionFields.ts';
import { definitionStates } from './definitionState.ts';
import { nameLengthMax } from './event.ts';
import { ProblemSentence } from './experimentApi.ts';
import { actionsMax, Policy, Traits } from './policy.ts';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();
const Reason = z.string().max(4_096).default('');
const Figure = z.number().nullable();
const Name = z.string().min(1).max(nameLengthMax);

/** Most positions of a slate, and most decisions of one request. */
export const slateMax = 20;
export const decisionsMax = 1_000;
/** Longest id of a decision that the sender chooses: the names of its positions, and of a fallback, are made from it. */
export const decisionIdLengthMax = 200;

/** `POST /v1/decisions` with a policy: which action a user gets. */
export const PolicyQuery = z.strictObject({
  policy: z.string(),
  user: Name,
  /** What is known of the user and the situation. */
  attributes: Attributes.default({}),
  /** The actions among which is chosen: keys of the policy's, or, where it is open, others with traits. Absent: all of it. */
  actions: z
    .array(z.union([z.string(), z.strictObject({ key: Name, traits: Traits.default({}) })]))
    .min(1)
    .max(actionsMax)
    .optional(),
  /** So many distinct actions, in order. */
  positions: z.number().int().min(1).max(slateMax).default(1),
  /** Id of the decision, chosen by the sender so that a repetition is not a second decision. Absent: the engine makes one. */
  id: z.string().min(1).max(decisionIdLengthMax).optional(),
  /** false: what would be chosen; nothing is written and nothing learnt. */
  log: z.boolean().default(true),
});
export type PolicyQuery = z.infer<typeof PolicyQuery>;

export const ChosenAction = z.object({
  /** Id of the decision: an outcome names it. Of a slate each position has its own. */
  decision: z.string(),
  position: z.number().int(),
  action: z.string(),
  payload: z.unknown(),
  /** With which probability it was chosen. */
  probability: z.number(),
});
export type ChosenAction = z.infer<typeof ChosenAction>;

export const PolicyDecision = z.object({
  policy: z.string(),
  user: z.string(),
  /** Of the definition, and number of its stage. */
  revision: z.number().int(),
  stage: z.number().int(),
  way: z.enum(decisionWays),
  /** Why, in a sentence. */
  reason: z.string(),
  /** Up to where the log had been learnt: `partition:offset`, joined by commas. */
  learnt: z.string(),
  /** The first position first. */
  chosen: z.array(ChosenAction).min(1),
});
export type PolicyDecision = z.infer<typeof PolicyDecision>;

/** `POST /v1/decisions/batch`: each is judged by itself. */
export const PolicyQueries = z.strictObject({
  decisions: z.array(z.unknown()).min(1).max(decisionsMax),
});
export const PolicyDecisions = z.object({
  decisions: z.array(
    z.union([PolicyDecision, z.object({ code: z.string(), problem: z.string() })]),
  ),
});

export const PolicySummary = z.object({
  key: z.string(),
  name: z.string(),
  /** What it is for. */
  purpose: z.string(),
  state: z.enum(definitionStates),
  algorithm: z.string(),
  actions: z.number().int(),
  revision: z.number().int(),
  startedAt: Instant.nullable(),
});
export type PolicySummary = z.infer<typeof PolicySummary>;
export const PoliciesAnswer = z.object({ policies: z.array(PolicySummary) });
export type PoliciesAnswer = z.infer<typeof PoliciesAnswer>;

/** A parameter of an algorithm or a learner, as its form needs it. */
export const ParameterDescription = z.object({
  name: z.string(),
  description: z.string(),
  kind: z.enum(['number', 'integer', 'choice', 'json']),
  /** What an absent one is; null as well where there is none. */
  default: z.unknown(),
  /** Whether it must be given. */
  required: z.boolean(),
  /** Whether null may be given. */
  nullable: z.boolean(),
  /** Bounds of a number, taken in unless `above` says otherwise; null where there is none. */
  least: Figure,
  largest: Figure,
  /** Whether it must lie above `least`. */
  above: z.boolean(),
  /** Of a choice. */
  choices: z.array(z.string()),
});
export type ParameterDescription = z.infer<typeof ParameterDescription>;

const Described = {
  name: z.string(),
  summary: z.string(),
  /** Author and year. */
  source: z.string(),
  parameters: z.array(ParameterDescription),
};

/** `GET /v1/policies/algorithms`: by what a policy may choose, and by what it may learn. */
export const AlgorithmsAnswer = z.object({
  /** `learners`: by which it can choose, the usual one first; none where nothing is learnt. */
  algorithms: z.array(z.object({ ...Described, learners: z.array(z.string()) })),
  /** `reads`: whether it learns by the context, by traits of actions with it, or by both. */
  learners: z.array(z.object({ ...Described, reads: z.enum(['context', 'interaction', 'both']) })),
});
export type AlgorithmsAnswer = z.infer<typeof AlgorithmsAnswer>;

export const PolicyRevision = z.object({
  revision: z.number().int(),
  at: Instant,
  actor: z.string(),
  reason: z.string(),
  change: z.string(),
});
export type PolicyRevision = z.infer<typeof PolicyRevision>;

export const PolicyDetail = z.object({
  policy: Policy,
  revision: z.number().int(),
  problems: z.array(ProblemSentence),
  /** The newest first. */
  record: z.array(PolicyRevision),
});
export type PolicyDetail = z.infer<typeof PolicyDetail>;

/** Body of `POST /v1/policies`, and of `PUT /v1/policies/:key`, where `revision` is the one that was changed. */
export const PolicyWrite = z.strictObject({
  policy: z.unknown().describe('a definition; absent fields get their defaults'),
  revision: z.number().int().min(1).optional(),
  reason: Reason,
});
/** Answer of the two, and of the moves; 409 when the revision is not the newest, 422 with `problems` when it is refused. */
export const PolicyWritten = z.object({
  policy: Policy,
  revision: z.number().int(),
  outcome: z.enum(['created', 'in place', 'new stage']),
  problems: z.array(ProblemSentence),
});
export type PolicyWritten = z.infer<typeof PolicyWritten>;

/** `POST /v1/policies/:key/start | pause | resume | stop | archive`. */
export const PolicyMove = z.strictObject({ reason: Reason });

/** A mean reward with its interval; null where nothing can be said, or of too few users. */
export const Worth = z.object({
  decisions: z.number().int().nullable(),
  mean: Figure,
  /** At all times together, the user as unit; null below 30 users of equal activity. */
  low: Figure,
  high: Figure,
});
export type Worth = z.infer<typeof Worth>;

/**
 * `GET /v1/policies/:key/report?from&to`: what it does and what it earns, by decisions whose horizon has ended.
 *
 * Worth of actions and of the uniform policy is by inverse probability: what they would have earned of everyone to whom they
 * were offered.
 */
export const PolicyReport = z.object({
  policy: z.string(),
  from: Instant,
  to: Instant,
  /** Distance of the points of courses. */
  stepMs: z.number(),
  /** By the decisions of learnt choice, and by those of the held-out; the third is the second taken from the first. */
  worth: z.object({ policy: Worth, control: Worth, difference: Worth }),
  /** Users of the two. */
  users: z.object({ policy: z.number().int(), control: z.number().int() }),
  /** What every action with equal probability would have earned, from the log. */
  uniform: Worth,
  /** Decisions whose horizon has not ended. */
  open: z.number().int(),
  /** Decisions to which nothing came, and for which nothing is assumed: no figure counts them. */
  unrewarded: z.number().int(),
  /**
   * Share of decisions on which the most probable action was not chosen, and what that cost a decision by estimate; its interval
   * holds at all times together, absent below 30 users of equal activity.
   */
  exploration: z.object({
    share: Figure,
    cost: Figure,
    low: Figure.optional(),
    high: Figure.optional(),
  }),
  /** Share of the decisions by which `uniform` and `exploration` are estimated: those of which it is known what was offered. */
  sampled: z.number(),
  /** By time; each point's interval by itself. */
  course: z.array(z.object({ at: Instant, policy: Worth, control: Worth })),
  actions: z.array(
    z.object({
      action: z.string(),
      name: z.string(),
      offered: z.boolean(),
      /** Of all decisions of learnt choice. */
      share: Figure,
      worth: Worth,
      /** By time: share of the decisions, and mean reward by inverse probability, each point's interval by itself. */
      course: z.array(
        z.object({
          at: Instant,
          decisions: z.number().int().nullable(),
          share: Figure,
          mean: Figure,
          low: Figure,
          high: Figure,
        }),
      ),
    }),
  ),
  /**
   * By value of an attribute and action; groups of too few users are left out, and others with them where they could be
   * computed from an action's total.
   */
  segments: z.array(
    z.object({ segment: z.string(), action: z.string(), users: z.number().int(), worth: Worth }),
  ),
  /** Groups that are left out. */
  suppressed: z.number().int(),
  /** What was not learnt from: `unmatched` names events of all policies, since they name none. */
  strays: z.array(z.object({ kind: z.string(), events: z.number().int() })),
  /**
   * Told in steps of enough users, from the start on, whatever range was asked for, to who may not see single people: users are rounded
   * down, courses, exploration, actions, segments and what was not learnt from are withheld. Absent: nothing of that.
   */
  isInSteps: z.boolean().optional(),
});
export type PolicyReport = z.infer<typeof PolicyReport>;

/** `POST /v1/policies/:key/explain`: why a user would get what, by what is learnt now; nothing is written. */
export const ExplainQuery = z.strictObject({
  user: Name,
  attributes: Attributes.default({}),
  actions: PolicyQuery.shape.actions,
  /** Other attributes to try: each is answered with the action that would be most probable then. */
  instead: z.array(Attributes).max(20).default([]),
});
export type ExplainQuery = z.infer<typeof ExplainQuery>;

export const PolicyExplanation = z.object({
  policy: z.string(),
  user: z.string(),
  way: z.enum(decisionWays),
  reason: z.string(),
  learnt: z.string(),
  /** The most probable first. */
  actions: z.array(
    z.object({
      action: z.string(),
      probability: z.number(),
      /** Expected score, and the standard deviation of what is believed of it; null where nothing is scored. */
      mean: Figure,
      deviation: Figure,
      /** What each feature adds to the score, the largest first; they add up to it. */
      reasons: z.array(
        z.object({ feature: z.string(), value: z.number(), weight: z.number(), score: z.number() }),
      ),
    }),
  ),
  /** What would have to be different for another action to be the most probable. */
  otherwise: z.array(
    z.object({
      /** A numeric attribute and the nearest value that would do; or the attributes that were asked for. */
      attributes: Attributes,
      action: z.string(),
      sentence: z.string(),
    }),
  ),
});
export type PolicyExplanation = z.infer<typeof PolicyExplanation>;
