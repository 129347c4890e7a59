/** Versions, releases and retraining runs over HTTP: what `/v1/models/:model/…` and `/v1/retraining` answer. */
import { z } from 'zod';
import { ModelPlan } from './modelPlan.ts';
import { ModelVersion } from './modelVersion.ts';
import { Release, ReleaseEvidence, releaseMoves } from './release.ts';
import { RunCause, TrainingRun } from './trainingRun.ts';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();

export const ListedVersion = ModelVersion.pick({
  version: true,
  kind: true,
  trainer: true,
  metrics: true,
  parent: true,
  run: true,
  data: true,
}).extend({
  madeAt: Instant,
  actor: z.string(),
  /** `champion`, `challenger` (in release), `shadow`; several, or none. */
  roles: z.array(z.enum(['champion', 'challenger', 'shadow'])),
  /** null of one that passed through no gate. */
  gatesPassed: z.boolean().nullable(),
  deleted: z.boolean(),
});
export type ListedVersion = z.infer<typeof ListedVersion>;

/** Who served, between two times; shares of users. */
export const ServedSpan = z.object({
  from: Instant,
  /** null: until now. */
  to: Instant.nullable(),
  shares: z.array(z.object({ version: z.string(), share: z.number() })),
  actor: z.string(),
  reason: z.string(),
});
export type ServedSpan = z.infer<typeof ServedSpan>;

/** Who served at an instant. */
export const ServedAnswer = z.object({
  at: Instant,
  /** Since when so, by whom and why: the last change before, of whoever predicts. */
  since: Instant,
  actor: z.string(),
  reason: z.string(),
  champion: z.string(),
  /** Of users; the champion first. */
  shares: ServedSpan.shape.shares,
  /** Under way then, also one that served nobody. */
  release: z
    .object({ id: z.string(), version: z.string(), share: z.number(), stage: z.string() })
    .nullable(),
  /** Others that predicted beside them and served nobody. */
  shadows: z.array(z.string()),
});
export type ServedAnswer = z.infer<typeof ServedAnswer>;

export const ModelLife = z.object({
  model: z.string(),
  /** Of the registry's events; a change names the one that it was made from. */
  revision: z.number().int(),
  /** One sentence on where it stands. */
  sentence: z.string(),
  champion: z.string(),
  plan: ModelPlan,
  /** The newest first. */
  versions: z.array(ListedVersion),
  /** The one under way; null when there is none. */
  release: Release.nullable(),
  /** Ended, the newest first; at most 20. */
  releases: z.array(Release),
  /** The oldest first. */
  served: z.array(ServedSpan),
});
export type ModelLife = z.infer<typeof ModelLife>;

/** The release under way, and what is known of it now: more than at its last step. */
export const ReleaseNow = z.object({
  release: Release.nullable(),
  /** When it was read. */
  at: Instant,
  /** Of the stage in which it is; null before the first labelled prediction that both made. */
  evidence: ReleaseEvidence.nullable(),
});
export type ReleaseNow = z.infer<typeof ReleaseNow>;

export const ModelLivesAnswer = z.object({
  models: z.array(ModelLife.pick({ model: true, revision: true, sentence: true, champion: true })),
});
export type ModelLivesAnswer = z.infer<typeof ModelLivesAnswer>;

export const VersionDetail = z.object({
  version: ModelVersion,
  madeAt: Instant,
  actor: z.string(),
  reason: z.string(),
  /** Markdown. */
  card: z.string(),
});
export type VersionDetail = z.infer<typeof VersionDetail>;

/** What going back would do, told before it is done. */
export const RollbackPreview = z.object({
  to: z.string(),
  from: z.string(),
  /** Users who were served in the last seven days; null where fewer than are shown. */
  users: z.number().int().nullable(),
  /** Brier score of both over the predictions that both made; null where there are none. */
  before: z.number().nullable(),
  after: z.number().nullable(),
  sentence: z.string(),
});
export type RollbackPreview = z.infer<typeof RollbackPreview>;

export const WithReason = z.strictObject({
  reason: z.string().trim().min(1).max(4_096),
});
export const RollbackRequest = WithReason.extend({ version: z.string() });
export const ReleaseRequest = WithReason.extend({
  version: z.string(),
  /** `canary`: it serves its first users at once, without proof from the shadow. */
  from: z.enum(['shadow', 'canary']).default('shadow'),
});
export const ReleaseMove = WithReason.extend({
  move: z.enum(releaseMoves),
});
export const PlanRequest = WithReason.extend({
  plan: ModelPlan,
  revision: z.number().int(),
});
export const RunRequest = WithReason.extend({ model: z.string() });

export const TrainingRunsAnswer = z.object({
  /** The newest first; at most 100. */
  runs: z.array(TrainingRun.omit({ log: true, curves: true, gates: true })),
  /** Why no run begins by itself now, or what would start one next; by model. */
  outlook: z.array(z.object({ model: z.string(), sentence: z.string() })),
});
export type TrainingRunsAnswer = z.infer<typeof TrainingRunsAnswer>;

export const TrainingRunDetail = z.object({
  run: TrainingRun,
  /** Of what it made; null when it made none, or none began. */
  release: Release.nullable(),
});
export type TrainingRunDetail = z.infer<typeof TrainingRunDetail>;

export const StartedRun = z.object({ id: z.string(), cause: RunCause });
export type StartedRun = z.infer<typeof StartedRun>;
