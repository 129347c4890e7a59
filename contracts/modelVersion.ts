/**
 * A version of a model: what it is, what it was made of, and what was found of it. Immutable.
 *
 * Versions of one model are named `<features>.<number>`: `1.4` is the fourth that reads the first version of its features. The
 * online learner by itself is a version too; it is named as its features are (`1`), and has no file.
 */
import { z } from 'zod';
import { GateReport } from './gateReport.ts';

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');

/** Lower-case words and hyphens. */
export const ModelName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'expected lower-case words and hyphens')
  .max(64);

export const VersionName = z
  .string()
  .regex(/^[1-9]\d{0,5}(\.[1-9]\d{0,8})?$/, 'expected a version such as 1 or 1.4');

/** As `TrainingFeature`: values of a categorical one are codes from 0 on. */
export const ModelFeature = z.strictObject({
  name: z.string().min(1).max(128),
  kind: z.enum(['numeric', 'categorical']).default('numeric'),
  /** The prediction may only rise (1) or only fall (−1) with it. */
  monotone: z.union([z.literal(-1), z.literal(0), z.literal(1)]).default(0),
});
export type ModelFeature = z.infer<typeof ModelFeature>;

/** A file, by what is in it. */
export const Artifact = z.strictObject({ sha256: Sha256, bytes: z.number().int().min(1) });
export type Artifact = z.infer<typeof Artifact>;

/** What it has learnt from. */
export const TrainedOn = z.strictObject({
  /** Of the snapshot: its rows, labels and weights, in their order. */
  snapshot: Sha256,
  /** Times of the first and the last example, ms since 1970. */
  from: z.number(),
  to: z.number(),
  rows: z.number().int().min(0),
  /** Users whose examples were left out: erased, or objected. */
  excludedUsers: z.number().int().min(0),
});
export type TrainedOn = z.infer<typeof TrainedOn>;

export const versionKinds = [
  'online',
  'linear',
  'trees',
  'network',
  'machine',
  'imported',
] as const;
export type VersionKind = (typeof versionKinds)[number];

export const ModelVersion = z.strictObject({
  model: ModelName,
  version: VersionName,
  kind: z.enum(versionKinds),
  task: z.enum(['binary', 'regression']),
  features: z.array(ModelFeature),
  /** The ONNX file; null of the online learner by itself. */
  artifact: Artifact.nullable(),
  /** Rows whose predictions are known, to be asked of the runtime again; null where there are none. */
  golden: Artifact.nullable(),
  /** null of one that comes from elsewhere and does not say. */
  data: TrainedOn.nullable(),
  /** Trainer, or program that made it. */
  trainer: z.string().max(200),
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  seed: z.number().int().nullable(),
  /** null where scores are taken as they are. */
  calibration: z.enum(['platt', 'beta', 'isotonic']).nullable(),
  /** Of the latest examples, which it had not seen: `logLoss`, `brier`, `auc`, … */
  metrics: z.record(z.string(), z.number()),
  /** null of one that passed through no gate: the online learner. */
  gates: GateReport.nullable(),
  /** Champion when it was made. */
  parent: VersionName.nullable(),
  /** Retraining run that made it. */
  run: z.string().nullable(),
  /** Whatever its maker says of it. */
  notes: z.string().max(4_096).default(''),
});
export type ModelVersion = z.infer<typeof ModelVersion>;
