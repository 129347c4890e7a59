/**
 * What an experiment's counts say: evaluated by the control plane whenever they have changed, valid whenever it is looked at.
 *
 * Figures that do not exist yet are null. Effects are treatment minus control, in the metric's unit.
 */
import { z } from 'zod';
import { metricRoles } from './experiment.ts';
import { metricKinds } from './experimentMetric.ts';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();
const Figure = z.number().nullable();
const Count = z.number().int().min(0);

const Offsets = z
  .array(z.object({ partition: z.number().int(), offset: z.number().int() }))
  .readonly();

export const EffectInterval = z.object({ estimate: Figure, low: Figure, high: Figure });
export type EffectInterval = z.infer<typeof EffectInterval>;

/** How the evidence was computed. */
export const evidenceMethods = [
  /** Design-based mixture over counts: exact, for outcomes with bounds. */
  'design-based',
  /** Label betting over rank bins: exact, for ratios and quantiles; it tells that there is an effect, not how large. */
  'label-betting',
  /** Right-Haar t e-process over clusters: exact for Gaussian cluster means. */
  'clusters',
] as const;

/** A variant against the control, in one metric. */
export const Comparison = z.object({
  /** Key of the variant. */
  variant: z.string(),
  method: z.enum(evidenceMethods),
  /** Holds the effect at all times at once with probability 1 − alpha; of `label-betting`: asymptotic, as is the estimate. */
  effect: EffectInterval,
  /** The asymptotic confidence sequence beside it, for comparison with other platforms. */
  asymptotic: EffectInterval,
  /** Effect by the control's mean: 0.1 is 10 % more. */
  relative: EffectInterval,
  /** Natural logarithm of the e-value against "no effect", "not higher" and "not lower"; decided at ln(1 / alpha). */
  lnE: z.object({ either: z.number(), higher: z.number(), lower: z.number() }),
  /** min(1, 1 / e) of `either`, of this look. */
  p: z.number(),
  /** Whether the evidence suffices, all comparisons of its role together (e-BH over secondary metrics and segments). */
  decided: z.boolean(),
  /** Of these the change is good, bad, or of neither direction yet. */
  direction: z.enum(['good', 'bad', 'open']),
  /** Smallest effect that would be found with 80 % by now, in the metric's unit. */
  detectable: Figure,
});
export type Comparison = z.infer<typeof Comparison>;

/** The effect adjusted by covariates: approximate, beside the exact evidence. */
export const AdjustedEffect = z.object({
  /** Its asymptotic confidence sequence: holds the effect at all times at once with about probability 1 − alpha. */
  effect: EffectInterval,
  /** Share of the variance of the unadjusted effect that the covariates removed. */
  removed: Figure,
  /** Share of the covariates that were known at the exposure, over all units. */
  known: Figure,
});
export type AdjustedEffect = z.infer<typeof AdjustedEffect>;

/** What to believe of an effect after the data: it does not keep an error level when it is watched. */
export const BayesianReading = z.object({
  /** `beta`: of rates, `normal`: of means by their standard errors. */
  method: z.enum(['beta', 'normal']),
  /** Whether a prior was given; without one, any effect is as likely as another. */
  isInformed: z.boolean(),
  /** Mean of the posterior, and the interval of 95 %. */
  effect: EffectInterval,
  /** Probability that the variant is better than the control, in the metric's direction. */
  better: Figure,
  /** Lost on average, in the metric's unit, by choosing the variant where the control is better. */
  loss: Figure,
});
export type BayesianReading = z.infer<typeof BayesianReading>;

/** Other readings of a comparison; no decision rests on them. */
export const Reading = z.object({
  variant: z.string(),
  /** Null where the metric has no covariates, or too few units. */
  adjusted: AdjustedEffect.nullable(),
  /** Null where clusters are assigned, or with too few units. */
  bayesian: BayesianReading.nullable(),
});
export type Reading = z.infer<typeof Reading>;

export const ArmSummary = z.object({
  variant: z.string(),
  /** Scored units; clusters where clusters are assigned. */
  units: Count,
  /** Exposed, not yet old enough to be scored. */
  immature: Count,
  mean: Figure,
  /** Sample standard deviation; of a ratio: of its linearization. */
  deviation: Figure,
});
export type ArmSummary = z.infer<typeof ArmSummary>;

/** How alike the members of a cluster are: complete clusters of all arms and stages, differences between these taken out. */
export const ClusterCorrelation = z.object({
  clusters: Count,
  /** Mean members. */
  size: Figure,
  /** Standard deviation of the sizes by their mean. */
  sizeVariation: Figure,
  /** Intraclass correlation by the analysis of variance: at most 1, below 0 by chance. */
  correlation: Figure,
  /** As many times the members are needed as if each were assigned by itself. */
  designEffect: Figure,
});
export type ClusterCorrelation = z.infer<typeof ClusterCorrelation>;

export const MetricResult = z.object({
  metric: z.string(),
  role: z.enum(metricRoles),
  kind: z.enum(metricKinds),
  arms: z.array(ArmSummary),
  comparisons: z.array(Comparison),
  /** In the order of the comparisons; results of earlier versions have none. */
  readings: z.array(Reading).optional(),
  /** Where clusters are assigned. */
  clusters: ClusterCorrelation.optional(),
});
export type MetricResult = z.infer<typeof MetricResult>;

export const SegmentResult = z.object({
  /** `grade=7`. */
  segment: z.string(),
  metric: z.string(),
  arms: z.array(ArmSummary),
  comparisons: z.array(Comparison),
});
export type SegmentResult = z.infer<typeof SegmentResult>;

export const SampleRatio = z.object({
  arms: z.array(
    z.object({ variant: z.string(), units: Count, expected: z.number().min(0).max(1) }),
  ),
  /** ln of the Bayes factor against "the units came as they were assigned", stages together. */
  lnE: z.number(),
  /**
   * Beyond ln(1 / 0.001), now or when the engine paused it: something loses or adds units of one variant, and no effect can be
   * believed.
   */
  alarm: z.boolean(),
});
export type SampleRatio = z.infer<typeof SampleRatio>;

export const verdictWords = ['ship', 'stop', 'keep running', 'invalid'] as const;

export const Verdict = z.object({
  word: z.enum(verdictWords),
  /** The variant to ship. */
  variant: z.string().nullable(),
  /** Plain words, with the figures that decide: one or two sentences. */
  sentence: z.string(),
  /** Days until the plan's 80 % at the present rate; null when that is not known or nothing is left to wait for. */
  daysLeft: z.number().nullable(),
});
export type Verdict = z.infer<typeof Verdict>;

export const ExperimentResult = z.object({
  experiment: z.string(),
  /** Of the definition. */
  revision: z.number().int(),
  /** `definitionHash(designOf(…))`. */
  design: z.string(),
  /** When it was evaluated. */
  at: Instant,
  /** Offsets, by partition, up to which the counts go. */
  offsets: Offsets,
  /**
   * The same for each kind of counts, which do not appear together: what is needed to compute the result again. Absent in
   * results from before they were noted.
   */
  countOffsets: z
    .object({
      ...{ exposures: Offsets, outcomes: Offsets, clusters: Offsets },
      covariates: Offsets.default([]),
    })
    .optional(),
  exposed: Count,
  /** Units seen in more than one variant: not scored where that was known in time. */
  crossed: Count,
  /** `crossed` is more than 1 % of the units. */
  crossedAlarm: z.boolean(),
  /**
   * Units whose user objected before all of them was scored, by variant: they are scored at their age with what they had done until
   * then. Results of earlier versions have none.
   */
  objected: z.array(z.object({ variant: z.string(), units: Count })).optional(),
  sampleRatio: SampleRatio,
  metrics: z.array(MetricResult),
  /** Only of the primary metrics; groups below 10 units in an arm are left out. */
  segments: z.array(SegmentResult),
  /** Segments left out because they are small. */
  suppressed: Count,
  verdict: Verdict,
});
export type ExperimentResult = z.infer<typeof ExperimentResult>;
