/** Experiments over HTTP: what `/v1/experiments`, `/v1/experiment-metrics` and `/v1/decisions` take and answer. */
import { z } from 'zod';
import { Attributes } from './attributes.ts';
import { definitionStates } from './definitionState.ts';
import { Annotation, Decision, Experiment } from './experiment.ts';
import { ExperimentMetric } from './experimentMetric.ts';
import { ExperimentResult, Verdict } from './experimentResult.ts';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();
const Reason = z.string().max(4_096).default('');

export const ProblemSentence = z.object({
  severity: z.enum(['problem', 'remark']),
  field: z.string(),
  sentence: z.string(),
});

export const ExperimentSummary = z.object({
  key: z.string(),
  name: z.string(),
  state: z.enum(definitionStates),
  revision: z.number().int(),
  /** Start of the first stage; null before. */
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  exposed: z.number().int(),
  primary: z.string().nullable(),
  /** Null before the first evaluation. */
  verdict: Verdict.nullable(),
  sampleRatioAlarm: z.boolean(),
  /** Null while nothing has been decided. */
  decision: Decision.pick({ verdict: true, variant: true }).nullable(),
});
export type ExperimentSummary = z.infer<typeof ExperimentSummary>;
export const ExperimentsAnswer = z.object({ experiments: z.array(ExperimentSummary) });
export type ExperimentsAnswer = z.infer<typeof ExperimentsAnswer>;

/** One step of an experiment's record. */
export const ExperimentRevision = z.object({
  revision: z.number().int(),
  at: Instant,
  actor: z.string(),
  reason: z.string(),
  /** What changed, in a sentence: "Started", "Traffic 0.1 → 0.5 (stage 2)", "Stopped: a guardrail was harmed". */
  change: z.string(),
});
export type ExperimentRevision = z.infer<typeof ExperimentRevision>;

export const ExperimentDetail = z.object({
  experiment: Experiment,
  metrics: z.array(ExperimentMetric),
  revision: z.number().int(),
  /** What is wrong with it, or worth a remark. */
  problems: z.array(ProblemSentence),
  result: ExperimentResult.nullable(),
  /** The newest first. */
  record: z.array(ExperimentRevision),
});
export type ExperimentDetail = z.infer<typeof ExperimentDetail>;

/** Body of `POST /v1/experiments`, and of `PUT /v1/experiments/:key`, where `revision` is the one that was changed. */
export const ExperimentWrite = z.strictObject({
  experiment: z.unknown().describe('a definition; absent fields get their defaults'),
  revision: z.number().int().min(1).optional(),
  reason: Reason,
});
/** Answer of the two, and of the moves; 409 when the revision is not the newest, 422 with `problems` when it is refused. */
export const ExperimentWritten = z.object({
  experiment: Experiment,
  revision: z.number().int(),
  outcome: z.enum(['created', 'in place', 'new stage']),
  problems: z.array(ProblemSentence),
});
export type ExperimentWritten = z.infer<typeof ExperimentWritten>;

/** Answer of `POST /v1/experiments/check`: what a definition would meet; nothing is stored. */
export const ExperimentChecked = z.object({ problems: z.array(ProblemSentence) });
export type ExperimentChecked = z.infer<typeof ExperimentChecked>;

/** `POST /v1/experiments/:key/start | pause | resume | stop | archive`. */
export const ExperimentMove = z.strictObject({
  reason: Reason,
  /** Of `stop`: what was decided; absent: stopped without a decision. */
  decision: z
    .strictObject({ verdict: z.enum(['ship', 'stop', 'invalid']), variant: z.string().nullable() })
    .optional(),
});

/** `POST /v1/experiments/:key/annotations`: something happened. */
export const AnnotationWrite = z.strictObject({
  at: Annotation.shape.at.optional().describe('ms since 1970; absent: now'),
  text: z
    .string()
    .trim()
    .min(1)
    .max(4_096)
    .refine((text) => !/\p{Cs}/u.test(text), 'expected text, got half of a surrogate pair'),
});

/** `GET /v1/experiments/:key/course`: results over time, the oldest first, thinned to at most 500. */
export const CoursePoint = z.object({
  at: Instant,
  units: z.number().int(),
  estimate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  lnE: z.number(),
});
export type CoursePoint = z.infer<typeof CoursePoint>;
export const ExperimentCourse = z.object({
  metric: z.string(),
  variant: z.string(),
  /** ln(1 / alpha). */
  threshold: z.number(),
  points: z.array(CoursePoint),
});
export type ExperimentCourse = z.infer<typeof ExperimentCourse>;

export const MetricsOfExperiments = z.object({
  metrics: z.array(z.object({ metric: ExperimentMetric, revision: z.number().int() })),
});
export type MetricsOfExperiments = z.infer<typeof MetricsOfExperiments>;

/** Body of `POST /v1/experiment-metrics`, and of `PUT /v1/experiment-metrics/:key`, where `revision` is the one that was changed. */
export const MetricWrite = z.strictObject({
  metric: z.unknown().describe('a definition; absent fields get their defaults'),
  revision: z.number().int().min(1).optional(),
  reason: Reason,
});
export const MetricWritten = z.object({ metric: ExperimentMetric, revision: z.number().int() });
export type MetricWritten = z.infer<typeof MetricWritten>;

/** What an experiment has shown of a metric in its control. */
export const MetricFigures = z.object({
  /** Key of the experiment. */
  experiment: z.string(),
  at: Instant,
  /** What it assigned. */
  unit: z.string(),
  /** Scored units, or clusters. */
  units: z.number().int(),
  mean: z.number(),
  /** Between single users. */
  deviation: z.number(),
  /** How alike the members of a cluster were, where clusters were assigned. */
  cluster: z
    .object({
      clusters: z.number().int(),
      size: z.number(),
      sizeVariation: z.number(),
      correlation: z.number().min(0).max(1),
    })
    .nullable(),
});
export type MetricFigures = z.infer<typeof MetricFigures>;
/** `GET /v1/experiment-metrics/:key/figures`: of the newest experiment that has enough of them; null when none has. */
export const MetricFiguresQuery = z.strictObject({
  /** Only of experiments that assigned this. */
  unit: z.string().min(1).max(256).default('user'),
});
export const MetricFiguresAnswer = z.object({ figures: MetricFigures.nullable() });
export type MetricFiguresAnswer = z.infer<typeof MetricFiguresAnswer>;

/** `POST /v1/experiments/plan`: how long an experiment would take, before it exists. */
export const PlanQuery = z.strictObject({
  kind: z.enum(['binary', 'continuous']),
  /** Mean of the control; of a binary metric its share. */
  mean: z.number(),
  /** Standard deviation; of a binary metric it follows from the mean. */
  deviation: z.number().gt(0).optional(),
  /** Least and largest value; of a binary metric [0, 1]. */
  cap: z.tuple([z.number(), z.number()]).optional(),
  /** Smallest difference that would matter, in the metric's unit. */
  minimumEffect: z.number().gt(0),
  /** Probabilities of control and variant; they add up to 1. */
  split: z.tuple([z.number().gt(0), z.number().gt(0)]).default([0.5, 0.5]),
  alpha: z.number().gt(0).lte(0.5).default(0.05),
  /** New units a day that enter. */
  unitsPerDay: z.number().gt(0),
  /** Where clusters are assigned. */
  cluster: z
    .strictObject({
      /** Mean members. */
      size: z.number().min(1),
      /** Intraclass correlation: the share of the variance that lies between clusters. */
      correlation: z.number().min(0).max(1).default(0.1),
      /** Standard deviation of the sizes by their mean. */
      sizeVariation: z.number().min(0).max(10).default(0),
      /** `plannedClusters` of the experiment; absent: as many as give 80 %. */
      planned: z.number().int().min(4).optional(),
    })
    .optional(),
  /** Whether the experiment will have the mean and the deviation as the metric's baseline. */
  baseline: z.boolean().default(true),
  daysMax: z.number().int().min(1).max(365).default(90),
});
export type PlanQuery = z.infer<typeof PlanQuery>;
export const PlanAnswer = z.object({
  /** Null when it takes more than `daysMax`. */
  days80: z.number().nullable(),
  days90: z.number().nullable(),
  /** Days after which the test has decided in the mean, if the effect is the minimum effect. */
  daysExpected: z.number().nullable(),
  units80: z.number().nullable(),
  /** Clusters for which the test is the sharpest, as it was planned; null where users are assigned. */
  plannedClusters: z.number().int().nullable(),
  /** As many times the units are needed as if each were assigned by itself; null where each is. */
  designEffect: z.number().nullable(),
  /** Power by day, and the effect that is found with 80 % by then. */
  curve: z.array(
    z.object({ day: z.number(), power: z.number(), detectable: z.number().nullable() }),
  ),
});
export type PlanAnswer = z.infer<typeof PlanAnswer>;

/** `POST /v1/decisions`: which variants a user gets. */
export const DecisionsQuery = z.strictObject({
  user: z.string().min(1).max(256),
  /** What is known of the user, for targeting, clusters and segments. */
  attributes: Attributes.default({}),
  /** Keys; absent: all that run. */
  experiments: z.array(z.string()).max(1_000).optional(),
  /** Write the exposures into the log: the user is about to see what is answered. */
  expose: z.boolean().default(true),
});
export type DecisionsQuery = z.infer<typeof DecisionsQuery>;
export const ExperimentDecision = z.object({
  experiment: z.string(),
  /** Null: the user is not in it and gets what there is without it. */
  variant: z.string().nullable(),
  payload: z.unknown(),
  probability: z.number().nullable(),
  stage: z.number().int().nullable(),
  reason: z.string(),
  /** Whether an exposure was written. */
  exposed: z.boolean(),
});
export type ExperimentDecision = z.infer<typeof ExperimentDecision>;
export const DecisionsAnswer = z.object({
  user: z.string(),
  decisions: z.array(ExperimentDecision),
});
export type DecisionsAnswer = z.infer<typeof DecisionsAnswer>;
