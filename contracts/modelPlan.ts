/** How a model is retrained, judged and released: settings of an administrator, with defaults that need no thought. */
import { z } from 'zod';

const hour = 3_600_000;
const day = 24 * hour;
const Span = (least: number, most: number, of: number) =>
  z.number().int().min(least).max(most).default(of);
const Share = (of: number) => z.number().min(0).max(1).default(of);

/** Which examples are learnt from. */
export const DataPlan = z.strictObject({
  /** Length of the past that is learnt from, ms. */
  windowMs: Span(hour, 3_650 * day, 90 * day),
  /** The latest are taken where there are more. */
  rowsMax: z.number().int().min(1_000).max(5_000_000).default(400_000),
  /** Nothing is trained of fewer. */
  rowsMin: z.number().int().min(50).default(2_000),
  /** Time in which an example loses half its weight, ms; null: all count alike. */
  halfLifeMs: z.number().int().min(hour).nullable().default(null),
  /** `balanced`: both classes weigh the same in sum. */
  classWeights: z.enum(['none', 'balanced']).default('none'),
});

export const TrainerPlan = z.strictObject({
  name: z.enum(['linear', 'trees', 'network', 'machine']).default('trees'),
  /** Given to the trainer; others have their defaults, or are searched. */
  parameters: z.record(z.string(), z.number()).default({}),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1),
  /** Time for the search of parameters, ms; 0: none. */
  searchMs: Span(0, day, 0),
  calibration: z.enum(['none', 'platt', 'beta', 'isotonic']).default('platt'),
  /** Longest time of one training; then it is ended, ms. */
  timeoutMs: Span(1_000, day, hour),
});

export const triggerKinds = [
  'drift',
  'performance',
  'calibration',
  'fairness',
  'volume',
  'schedule',
] as const;
export type TriggerKind = (typeof triggerKinds)[number];

/** What starts a run by itself. */
export const TriggerPlan = z.strictObject({
  kinds: z.array(z.enum(triggerKinds)).default([...triggerKinds]),
  /** After a run, none begins by itself for so long, ms. */
  coolDownMs: Span(0, 90 * day, 6 * hour),
  perDayMax: z.number().int().min(1).max(1_000).default(4),
  /** New labelled examples, as a share of those that the champion has learnt from, at which it is trained again; null: never. */
  volumeShare: z.number().gt(0).nullable().default(1),
  /** Longest age of a champion that was trained, ms; null: any. */
  scheduleMs: z
    .number()
    .int()
    .min(hour)
    .nullable()
    .default(7 * day),
});

/** What a version must be, to be released. */
export const GatePlan = z.strictObject({
  /** Share of the examples, the latest, which trainers do not see. */
  holdoutShare: z.number().gt(0).max(0.5).default(0.2),
  /** Error level of each interval. */
  alpha: z.number().gt(0).lt(0.5).default(0.05),
  /** Largest log loss more than the champion's that an interval may admit. */
  lossMargin: z.number().min(0).default(0.002),
  /** Largest expected calibration error. */
  calibrationMax: Share(0.05),
  /** Largest log loss more than the champion's in a slice or group, as the lower end of its interval. */
  sliceMargin: z.number().min(0).default(0.02),
  /** Slices of fewer examples are not judged. */
  sliceRowsMin: z.number().int().min(20).default(200),
  /** p99 of one row, ms. */
  latencyMaxMs: z.number().gt(0).default(5),
  bytesMax: z
    .number()
    .int()
    .min(1_000)
    .max(64 * 2 ** 20)
    .default(16 * 2 ** 20),
  /** Share of predictions on the other side of one half than the champion's. */
  churnMax: Share(0.25),
});

export const CanaryStep = z.strictObject({
  share: z.number().gt(0).max(1),
  /** Labelled predictions of its users before the next step. */
  rowsMin: z.number().int().min(1).default(500),
  /** Shortest time, ms. */
  durationMs: Span(0, 90 * day, 0),
});

/** How it comes to serve. */
export const ReleasePlan = z.strictObject({
  /** Whether a release begins by itself when the gates are passed. */
  automatic: z.boolean().default(true),
  /** Whether somebody must agree before the first user is served, and before it is champion. */
  approvals: z.array(z.enum(['canary', 'champion'])).default([]),
  /** Of wrongly promoting a version that is no better, over the whole release. */
  alpha: z.number().gt(0).lt(0.5).default(0.05),
  /** Brier score by which it must be better than the champion, ≥ 0. */
  gainMin: z.number().min(0).default(0),
  shadow: z
    .strictObject({
      rowsMin: z.number().int().min(1).default(1_000),
      /** Labelled predictions after which a version that is not shown to be better is withdrawn. */
      rowsMax: z.number().int().min(1).default(200_000),
    })
    .prefault({}),
  canary: z
    .array(CanaryStep)
    .min(1)
    .max(10)
    .default([
      { share: 0.05, rowsMin: 500, durationMs: 0 },
      { share: 0.25, rowsMin: 1_000, durationMs: 0 },
      { share: 0.5, rowsMin: 2_000, durationMs: 0 },
    ]),
});

export const ModelPlan = z.strictObject({
  data: DataPlan.prefault({}),
  trainer: TrainerPlan.prefault({}),
  triggers: TriggerPlan.prefault({}),
  gates: GatePlan.prefault({}),
  release: ReleasePlan.prefault({}),
});
export type ModelPlan = z.infer<typeof ModelPlan>;
export type DataPlan = z.infer<typeof DataPlan>;
export type TrainerPlan = z.infer<typeof TrainerPlan>;
export type TriggerPlan = z.infer<typeof TriggerPlan>;
export type GatePlan = z.infer<typeof GatePlan>;
export type ReleasePlan = z.infer<typeof ReleasePlan>;
