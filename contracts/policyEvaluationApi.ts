/** What other policies would have earned: what `POST /v1/policies/:key/evaluate` takes and answers. */
import { z } from 'zod';
import { eventTimeMin } from './event.ts';

/** Most policies that are judged at once. */
export const candidatesMax = 8;

/** ms since 1970-01-01 UTC. */
const Instant = z.number().int().min(eventTimeMin);
/** null where nothing can be said. */
const Figure = z.number().nullable();

/**
 * `uniform`: every action as likely; `control`: what the held-out get; another text: a policy by its key; an object: a definition,
 * or what is changed of the policy whose log it is, such as `{ "key": "greedier", "algorithm": { "name": "squarecb" } }`.
 */
export const Candidate = z.union([z.string().min(1).max(100), z.record(z.string(), z.unknown())]);
export type Candidate = z.infer<typeof Candidate>;

export const EvaluationQuery = z.strictObject({
  candidates: z.array(Candidate).min(1).max(candidatesMax).default(['uniform', 'control']),
  /** Of the decisions; absent: all there are. */
  from: Instant.optional(),
  to: Instant.optional(),
});
export type EvaluationQuery = z.infer<typeof EvaluationQuery>;

/** At one look, in the unit of the reward. */
export const LookedEstimate = z.object({
  estimate: Figure,
  standardError: Figure,
  low: Figure,
  high: Figure,
});
export type LookedEstimate = z.infer<typeof LookedEstimate>;

/** With smaller weights: how small was chosen, at which price. */
const Shrunken = LookedEstimate.extend({
  /** null: weights as they are. */
  lambda: Figure,
  /** Estimated size of the bias, which the interval knows nothing of. */
  bias: Figure,
  /** Share of decisions whose weight was changed. */
  changed: Figure,
});
/** At all times together. */
const Sequence = z.object({ low: z.number(), high: z.number() });

const Difference = z.object({
  ips: LookedEstimate,
  snips: LookedEstimate,
  doublyRobust: LookedEstimate,
  selfNormalizedDoublyRobust: LookedEstimate,
  sequence: Sequence,
});

/** How far the log can speak of a policy. */
const Weights = z.object({
  /** As many decisions of the policy itself would say as much. */
  effectiveSampleSize: Figure,
  /** About 1 where the probabilities were logged rightly. */
  mean: Figure,
  /** Standard errors between the mean and 1. */
  deviation: Figure,
  largest: Figure,
  /** Share of its choices of which the log cannot say anything: actions without a chance there. */
  unsupported: Figure,
});

export const EvaluatedPolicy = z.object({
  candidate: z.string(),
  algorithm: z.string(),
  weights: Weights,
  /** Share of decisions for which it had no action, or lacked a feature: they count as uniform. */
  undecided: z.number(),
  value: z.object({
    ips: LookedEstimate,
    snips: LookedEstimate,
    directMethod: LookedEstimate,
    doublyRobust: LookedEstimate,
    selfNormalizedDoublyRobust: LookedEstimate,
    clippedIps: Shrunken,
    switchDoublyRobust: Shrunken,
    optimisticDoublyRobust: Shrunken,
    subGaussianDoublyRobust: Shrunken,
    /** Of its mean value on these decisions, while it learns. */
    sequence: Sequence,
  }),
  /** Its value less what was logged, on the same decisions. */
  lessLogged: Difference,
  /** Less that of the uniform policy; its sequence is of a difference that stays. */
  lessUniform: Difference,
});
export type EvaluatedPolicy = z.infer<typeof EvaluatedPolicy>;

export const Place = z.object({
  /** From 1. */
  place: z.number().int(),
  /** `logged` is the policy that decided. */
  candidate: z.string(),
  /** Self-normalized doubly robust; of the logged policy the mean reward. */
  estimate: Figure,
  low: Figure,
  high: Figure,
  /** Why it stands there, in sentences. */
  reason: z.string(),
});
export type Place = z.infer<typeof Place>;

export const EvaluationAnswer = z.object({
  /** Key of the policy whose log it is. */
  policy: z.string(),
  /** Of the first and the last decision; null without any. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  /** By which was judged. */
  decisions: z.number().int(),
  /** Share of them on which one action was certain. */
  certain: z.number(),
  /** Decisions that were not judged, and why. */
  setAside: z.object({
    open: z.number().int(),
    holdout: z.number().int(),
    pin: z.number().int(),
    unrewarded: z.number().int(),
    withoutPropensities: z.number().int(),
    beyondBounds: z.number().int(),
    tooRare: z.number().int(),
    withoutEvent: z.number().int(),
  }),
  /** What to keep in mind, in sentences. */
  cautions: z.array(z.string()),
  logged: LookedEstimate,
  uniform: z.object({ weights: Weights, snips: LookedEstimate }),
  candidates: z.array(EvaluatedPolicy),
  /** The best first. */
  ranking: z.array(Place),
});
export type EvaluationAnswer = z.infer<typeof EvaluationAnswer>;

/** A line of the answer as `application/x-ndjson`: progress while it goes on, at the end the evaluation or what is wrong. */
export const EvaluationLine = z.union([
  z.object({ progress: z.object({ decisions: z.number().int(), of: z.number().int() }) }),
  z.object({ evaluation: EvaluationAnswer }),
  z.object({ problem: z.looseObject({ code: z.string().optional(), detail: z.string() }) }),
]);
export type EvaluationLine = z.infer<typeof EvaluationLine>;
