/** What happens to a model, as the registry keeps it: a row for each event, never changed; its state is a fold over them. */
import { z } from 'zod';
import { ModelPlan } from './modelPlan.ts';
import { ServedRelease, ServedVersion } from './modelRecord.ts';
import { ModelFeature, ModelName, ModelVersion, VersionName } from './modelVersion.ts';
import { Release } from './release.ts';

/** Who predicts. */
export const ModelServing = z.strictObject({
  champion: ServedVersion,
  release: ServedRelease.nullable(),
  shadows: z.array(ServedVersion).max(4),
});
export type ModelServing = z.infer<typeof ModelServing>;

export const ModelEvent = z.discriminatedUnion('kind', [
  /** The first, or when the features are of another version: the online learner by itself is the champion. */
  z.strictObject({
    kind: z.literal('declared'),
    model: ModelName,
    /** Pipeline that predicts with it. */
    pipeline: z.string(),
    task: z.enum(['binary', 'regression']),
    /** Of the features; the name of the online learner's version. */
    version: VersionName,
    features: z.array(ModelFeature),
  }),
  z.strictObject({ kind: z.literal('planned'), plan: ModelPlan }),
  z.strictObject({ kind: z.literal('registered'), version: ModelVersion }),
  /** Who serves changes by hand, as in a rollback. */
  z.strictObject({ kind: z.literal('served'), serving: ModelServing }),
  /** A step of a release; who serves changes with it, or does not. */
  z.strictObject({ kind: z.literal('released'), release: Release, serving: ModelServing }),
  /** Its file may go; that it was remains. */
  z.strictObject({ kind: z.literal('removed'), version: VersionName }),
]);
export type ModelEvent = z.infer<typeof ModelEvent>;
