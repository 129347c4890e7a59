/**
 * A card: what has changed for a subject, why we think so, what to do about it, and what happens if nothing is done; and, when
 * somebody did it, whether it helped.
 *
 * Cards are made by rules (`control/insights/kinds/`), one for each kind of finding. All that is found of a subject is one card:
 * the finding with the highest score leads it, the others stand beside it. It is updated in place.
 */
import { z } from 'zod';
import { Permission } from './access.ts';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();
const Figure = z.number().nullable();
const Share = z.number().min(0).max(1);

export const insightAreas = [
  'models',
  'data',
  'experiments',
  'personalization',
  'operations',
] as const;
export type InsightArea = (typeof insightAreas)[number];

export const subjectKinds = [
  'model',
  /** Column that drift is looked for in. */
  'column',
  'experiment',
  'policy',
  'watch',
  'pipeline',
  'engine',
] as const;

/** What a card is about; there is one live card of it at most. */
export const InsightSubject = z.strictObject({
  kind: z.enum(subjectKinds),
  key: z.string(),
  /** As people call it. */
  name: z.string(),
});
export type InsightSubject = z.infer<typeof InsightSubject>;

const EvidencePoint = z.strictObject({
  at: Instant,
  value: Figure,
  lower: Figure,
  upper: Figure,
});

/** What units figures of evidence and impact have. */
export const figureUnits = ['share', 'number', 'count', 'ms', 'points'] as const;

/** The picture on the card: a course over time, or bars. */
export const Evidence = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('course'),
    /** One line: what is shown, with its unit. */
    caption: z.string(),
    unit: z.enum(figureUnits),
    series: z
      .array(z.strictObject({ name: z.string(), points: z.array(EvidencePoint).max(400) }))
      .min(1)
      .max(4),
    /** What it should be; null: nothing is expected. */
    reference: z.strictObject({ name: z.string(), value: z.number() }).nullable(),
    /** Moments that matter. */
    marks: z.array(z.strictObject({ at: Instant, name: z.string() })).max(20),
  }),
  z.strictObject({
    kind: z.literal('bars'),
    caption: z.string(),
    unit: z.enum(figureUnits),
    bars: z
      .array(
        z.strictObject({
          name: z.string(),
          value: Figure,
          lower: Figure,
          upper: Figure,
          /** The one that the card is about. */
          isMeant: z.boolean(),
        }),
      )
      .min(1)
      .max(40),
    reference: z.strictObject({ name: z.string(), value: z.number() }).nullable(),
  }),
]);
export type Evidence = z.infer<typeof Evidence>;

/** What a button does: a request to the engine's own API, or a page where it is decided. */
export const InsightAction = z.strictObject({
  /** "Pause the experiment". */
  label: z.string(),
  /** Path with search of a page of the dashboard where the same can be seen and done: `/experiments/tutor`. */
  page: z.string(),
  /** null: it is done on the page. Its `reason`, where the route takes one, is what the person gives. */
  request: z
    .strictObject({
      method: z.enum(['POST', 'PUT']),
      path: z.string().startsWith('/v1/'),
      body: z.record(z.string(), z.unknown()),
      /** Field of the body that takes the reason; '' for none. */
      reasonField: z.enum(['', 'reason', 'note', 'sentence']),
    })
    .nullable(),
  /** Of whoever presses it. */
  needs: Permission,
  /** What will be so then, told before it is done: "New students get the control; 1,204 keep what they have." */
  consequence: z.string(),
  /** How it is taken back. */
  undo: z.string(),
});
export type InsightAction = z.infer<typeof InsightAction>;

/** What is measured before and after an accepted card, to see whether it helped. */
export const Measure = z.discriminatedUnion('kind', [
  /** Mean of a metric by minute. */
  z.strictObject({
    kind: z.literal('metric'),
    pipeline: z.string(),
    metric: z.string(),
    segment: z.string().nullable(),
  }),
  /** Of the predictions that were served. */
  z.strictObject({
    kind: z.literal('model'),
    pipeline: z.string(),
    model: z.string(),
    figure: z.enum(['logLoss', 'brier', 'accuracy', 'calibrationError']),
    /** `course=math`: of a slice; null: of all. */
    slice: z.string().nullable(),
  }),
  /** Alerts that fired, a day. */
  z.strictObject({ kind: z.literal('alerts'), watch: z.string() }),
  /** Share of events that were refused. */
  z.strictObject({ kind: z.literal('refused'), pipeline: z.string() }),
  /** Mean reward of the decisions of a policy. */
  z.strictObject({ kind: z.literal('reward'), policy: z.string() }),
  /** Whether the rule still finds it: 1 or 0. For findings that are facts. */
  z.strictObject({ kind: z.literal('standing') }),
]);
export type Measure = z.infer<typeof Measure>;

export const InsightPromise = z.strictObject({
  measure: Measure,
  unit: z.enum(figureUnits),
  /** +1: a higher value is better; −1: a lower one. */
  better: z.union([z.literal(1), z.literal(-1)]),
  /** Change that is promised, in the unit; an open end is null. */
  low: Figure,
  high: Figure,
  /** How long after the acceptance it is judged, and how long before it what was is measured; event time, ms. */
  horizonMs: z.number().positive(),
  /** "Log loss falls by 0.01 to 0.03 within three days." */
  sentence: z.string(),
});
export type InsightPromise = z.infer<typeof InsightPromise>;

/** What one rule has found of a subject. */
export const Finding = z.strictObject({
  /** Name of the rule. */
  kind: z.string(),
  area: z.enum(insightAreas),
  /** What changed, in one sentence that names the subject. */
  changed: z.string(),
  /** Why we think so: sentences with the figures. */
  why: z.array(z.string()).min(1).max(8),
  /** What happens if nothing is done. */
  ignored: z.string(),
  evidence: Evidence.nullable(),
  action: InsightAction.nullable(),
  promise: InsightPromise.nullable(),
  /** When it began, event time. */
  since: Instant,
  /** End of the newest data that it was judged by, event time. */
  judgedAt: Instant,
  /** Of the test; null: a fact, of which there is no doubt. */
  pValue: z.number().min(0).max(1).nullable(),
  /**
   * What it means for users, in [0, 1] of the worst that it could be, and in words with its unit: "about 210 students a week
   * are predicted 4 points too high".
   */
  impact: z.strictObject({ value: Share, words: z.string() }),
  /** Share of the active users whom it concerns, and how many. */
  reach: z.strictObject({ share: Share, users: z.number().int().min(0).nullable() }),
});
export type Finding = z.infer<typeof Finding>;

/** The parts of a score: their product. Each in [0, 1], each told in words. */
export const ScoreParts = z.strictObject({
  impact: Share,
  confidence: Share,
  reach: Share,
  /** 1 where a button does it, less where somebody has to decide or to look elsewhere. */
  actionability: Share,
  /** Halves with each week since it began. */
  freshness: Share,
  /** How often people found this kind useful (Beta prior and their answers), as a factor around 1. */
  usefulness: z.number().min(0),
});
export type ScoreParts = z.infer<typeof ScoreParts>;

export const cardStates = [
  /** In the inbox. */
  'live',
  /** Comes back at a time, or when it became worse. */
  'snoozed',
  /** Somebody did what it says: judged after its horizon. */
  'accepted',
  /** Somebody says that it is taken care of. */
  'done',
  /** It is not found any more. */
  'over',
] as const;

export const cardAnswers = ['useful', 'not useful', 'snooze', 'done', 'back'] as const;
export type CardAnswer = (typeof cardAnswers)[number];

/** Whether an accepted card kept its promise. */
export const Outcome = z.strictObject({
  judgedAt: Instant,
  before: z.strictObject({ mean: Figure, count: z.number() }),
  after: z.strictObject({ mean: Figure, count: z.number() }),
  /** After less before, with its 95 % interval. */
  change: z.strictObject({ estimate: Figure, lower: Figure, upper: Figure }),
  verdict: z.enum(['kept', 'partly', 'no change seen', 'worse', 'cannot be told']),
  /** "Accepted 12 Oct: log loss −0.014 (95 % −0.021 to −0.007)." What else happened meanwhile is said as well. */
  sentence: z.string(),
});
export type Outcome = z.infer<typeof Outcome>;

export const Card = z.strictObject({
  /** Of this appearance of the subject: what comes back after it was over is another card. */
  id: z.string(),
  subject: InsightSubject,
  state: z.enum(cardStates),
  /** Leads the card. */
  finding: Finding,
  /** Others of the same subject, the highest score first. */
  others: z.array(Finding).max(20),
  score: z.number(),
  parts: ScoreParts,
  /** By the clock. */
  madeAt: Instant,
  changedAt: Instant,
  snoozedUntil: Instant.nullable(),
  /** Of each person the newest vote (`useful`, `not useful`) and the newest of the other answers. */
  answers: z.array(
    z.strictObject({
      actor: z.string(),
      answer: z.enum(cardAnswers),
      note: z.string(),
      at: Instant,
    }),
  ),
  accepted: z
    .strictObject({
      actor: z.string(),
      at: Instant,
      /** End of the newest data then, event time: before and after part there. */
      eventTime: Instant,
      reason: z.string(),
      kind: z.string(),
      label: z.string(),
      promise: InsightPromise.nullable(),
    })
    .nullable(),
  outcome: Outcome.nullable(),
  /** 1, 2, 3 …: each change is another. */
  revision: z.number().int(),
});
export type Card = z.infer<typeof Card>;
