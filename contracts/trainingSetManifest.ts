/** What a training set is that was written to a file: what whoever trains elsewhere has to know, and no more. */
import { z } from 'zod';
import { ModelFeature, ModelName, Sha256, VersionName } from './modelVersion.ts';

const Time = z.strictObject({
  /** ms since 1970. */
  ms: z.number(),
  iso: z.string(),
});

export const TrainingSetManifest = z.strictObject({
  format: z.literal('millrace-training-set'),
  formatVersion: z.literal(1),
  model: ModelName,
  /** A version that is trained on them is named behind it: `1.4`. */
  featureVersion: VersionName,
  task: z.enum(['binary', 'regression']),
  /** In the order in which the model must read them; each is a column of its name. */
  features: z.array(ModelFeature),
  /** Columns beside the features; none of them may be learnt from but `label` and `weight`. */
  columns: z.strictObject({
    /** ms since 1970; rows are in its order. */
    time: z.literal('time'),
    label: z.literal('label'),
    /** How much a row counts. */
    weight: z.literal('weight'),
    /** 1 where a row is held out. */
    holdout: z.literal('holdout'),
    /** Probability that was answered, and that of the online learner. */
    served: z.literal('served'),
    online: z.literal('online'),
    /** Values by which the model is looked at. */
    slices: z.array(z.string()),
  }),
  file: z.strictObject({ name: z.string(), format: z.enum(['csv', 'parquet']) }),
  rows: z.number().int().min(1),
  from: Time,
  to: Time,
  /** Of all rows, held out or not: see docs/models.md. */
  snapshot: Sha256,
  excludedUsers: z.number().int().min(0),
  /** The latest rows, by which a version is judged: not to be learnt from, nor to be chosen by. */
  holdout: z.strictObject({
    /** The first that is held out, counted from 0. */
    row: z.number().int().min(0),
    rows: z.number().int().min(0),
    /** Its time; null when none is. */
    from: Time.nullable(),
  }),
  selection: z.strictObject({
    from: Time.nullable(),
    to: Time.nullable(),
    rowsMax: z.number().int(),
    filter: z.array(
      z.strictObject({ column: z.string(), is: z.enum(['=', '!=']), value: z.string() }),
    ),
  }),
  /** What was left out because nothing can be learnt from it. */
  repairs: z.array(z.string()),
});
export type TrainingSetManifest = z.infer<typeof TrainingSetManifest>;
