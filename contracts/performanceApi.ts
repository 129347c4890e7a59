/** How well a model does, before its labels come and after: what `GET /v1/models/:pipeline/:model/performance` answers. */
import { z } from 'zod';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();
/** null where nothing can be said yet, or must not be. */
const Figure = z.number().nullable();

/** An end is null where the interval is open. */
const Estimate = z.object({ estimate: Figure, lower: Figure, upper: Figure });
export type Estimate = z.infer<typeof Estimate>;

/**
 * By figure: `accuracy`, `precision`, `recall`, `f1`, `auc`, `logLoss`, `brier`, realised ones also `calibrationError`; of numbers
 * `meanAbsoluteError` and others.
 */
const Figures = z.record(z.string(), Figure);

/** Predictions that were made in one window. */
export const PerformanceWindow = z.object({
  start: Instant,
  end: Instant,
  /** Predictions; of numbers those with labels. */
  count: z.number(),
  /** Those whose labels have come. */
  labelled: z.number(),
  /** Share of them; null of numbers. */
  coverage: Figure,
  /** How well they will have done, with the interval in which the realised figure will lie; null of numbers. */
  estimated: z.record(z.string(), Estimate).nullable(),
  /** How well those did whose labels have come; null while there are none. */
  realised: Figures.nullable(),
  /** Labels of the window before, by which scores are read; without any they are taken at their word. */
  referenceLabels: z.number(),
  /** Probability of labels as far from the estimate, if it holds: a small one tells concept drift. */
  consistencyP: Figure,
  /** Realised less expected log loss, in standard deviations: above 0 is worse. */
  lossZ: Figure,
  /** Share of predictions with scores that the reference has too few labels for. */
  unsupported: Figure,
});
export type PerformanceWindow = z.infer<typeof PerformanceWindow>;

/** One value of a slice. */
export const SliceReading = Estimate.extend({
  value: z.string(),
  /** Labelled predictions. */
  count: z.number(),
  /** How much worse than the whole, in the figure's unit; below 0 it is better. */
  gap: z.number(),
  /** Gap by count where it is worse, else 0: what would be won if it did as well as the whole. */
  harm: z.number(),
});
export type SliceReading = z.infer<typeof SliceReading>;

export const Slice = z.object({
  /** Last part of the field's name, as in the statistic's: `course` of `context.course`. */
  slice: z.string(),
  /** Of all values together. */
  whole: Figure,
  /** The most harmful first; at most {@link slicesMax}. */
  values: z.array(SliceReading),
  /** Values of too few people or rows to be shown, and others beside them where theirs could be computed from the whole. */
  suppressed: z.number(),
  /** Values that are left out at the end. */
  more: z.number(),
});
export type Slice = z.infer<typeof Slice>;

/** Most values of a slice in one answer. */
export const slicesMax = 200;

const RatePoint = z.object({
  threshold: z.number(),
  selection: Estimate,
  falseNegative: Estimate,
  falsePositive: Estimate,
});

const ReliabilityPoint = z.object({
  predicted: z.number(),
  observed: z.number(),
  count: z.number(),
  lower: z.number(),
  upper: z.number(),
});

export const GroupFairness = z.object({
  baseline: z.string(),
  compared: z.string(),
  /** Both groups have rows enough; otherwise neither is shown. */
  isShown: z.boolean(),
  /** The baseline, then the group that is compared; empty when they are not shown. */
  groups: z.array(
    z.object({
      name: z.string(),
      count: z.number(),
      points: z.array(RatePoint),
      calibration: z.array(ReliabilityPoint),
    }),
  ),
  /** At the monitor's threshold, as the statistic `group-fairness` names them. */
  figures: Figures,
});
export type GroupFairness = z.infer<typeof GroupFairness>;

export const LabelDelayCurve = z.object({
  /** Predictions. */
  count: z.number(),
  labelled: z.number(),
  /** Share of predictions whose labels have come within an age, ms. */
  points: z.array(Estimate.extend({ ageMs: z.number() })),
  /** Delay by which half of all have come, ms; null while fewer came. */
  p50: Figure,
  p90: Figure,
  p99: Figure,
});
export type LabelDelayCurve = z.infer<typeof LabelDelayCurve>;

/** Figures by which slices are compared. */
export const sliceFigures = ['logLoss', 'brier', 'accuracy', 'precision', 'recall'] as const;
export const SliceFigure = z.enum(sliceFigures);
export type SliceFigure = z.infer<typeof SliceFigure>;

export const ModelPerformance = z.object({
  pipeline: z.string(),
  model: z.string(),
  version: z.string(),
  /** The monitor that watches it; null of a model of the engine that none does. */
  monitor: z.string().nullable(),
  kind: z.enum(['probability', 'number']),
  windowMs: z.number(),
  /** From which on a probability is the prediction of a one; null of numbers. */
  threshold: Figure,
  /** Starts of windows in the answer, half-open. */
  from: Instant,
  to: Instant,
  /** More is kept than one answer takes: of slices the earliest windows are left out. */
  isTruncated: z.boolean(),
  /** The earliest first; windows without predictions are left out. */
  course: z.array(PerformanceWindow),
  /** Of the labelled predictions in the range. */
  total: z.object({ count: z.number(), figures: Figures }),
  /** Predicted against observed shares; empty of numbers, as is the next. */
  reliability: z.array(ReliabilityPoint),
  /** Counts at each decision threshold. */
  thresholds: z.array(
    z.object({
      threshold: z.number(),
      truePositives: z.number(),
      falsePositives: z.number(),
      trueNegatives: z.number(),
      falseNegatives: z.number(),
    }),
  ),
  /** Of numbers always by `meanAbsoluteError`. */
  sliceFigure: z.string(),
  slices: z.array(Slice),
  /** Of all time, as are the next two; null where no groups are declared. */
  fairness: GroupFairness.nullable(),
  /** null where labels come with the predictions, as is the next. */
  delay: LabelDelayCurve.nullable(),
  /** What became of predictions and labels, as the statistic `label-outcomes` names it. */
  labels: Figures.nullable(),
});
export type ModelPerformance = z.infer<typeof ModelPerformance>;

/** A model that a monitor watches, in the version that was heard of last. */
export const WatchedModelSummary = z.object({
  pipeline: z.string(),
  /** '' of a model that does not name itself. */
  model: z.string(),
  version: z.string(),
  monitor: z.string(),
  kind: z.enum(['probability', 'number']),
  receivedAt: Instant,
  /** Of its labelled predictions of all time. */
  total: z.object({ count: z.number(), figures: Figures }),
  /** As in {@link ModelPerformance}. */
  labels: Figures.nullable(),
});
export type WatchedModelSummary = z.infer<typeof WatchedModelSummary>;

/** Most models in one answer. */
export const watchedModelsMax = 200;

/** `GET /v1/watched-models`: what was heard of last comes first. */
export const WatchedModelsAnswer = z.object({
  models: z.array(WatchedModelSummary),
  /** There are further ones, of which was heard earlier. */
  more: z.boolean(),
});
export type WatchedModelsAnswer = z.infer<typeof WatchedModelsAnswer>;
