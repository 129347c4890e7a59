/**
 * An experiment: who is in it, what they get, what is measured, and the stages through which it went.
 *
 * `variants[].weight` and `traffic` are what is wanted now; `stages` is what was in force when: the engine appends to it and
 * never changes it, because each exposure is analysed with the probabilities of its own stage.
 */
import { z } from 'zod';
import { Condition, FieldName } from './condition.ts';
import { Covariates } from './covariate.ts';
import { definitionStates } from './definitionState.ts';
import { EffectPrior } from './effectPrior.ts';
import { eventTimeMin, nameLengthMax } from './event.ts';
import { Key } from './experimentMetric.ts';
import { HashFamily } from './hashFamily.ts';
import { shallow } from './shallow.ts';

/** Buckets into which a layer divides its units. */
export const layerBuckets = 1_000_000;
/** How far the sum of the weights may be from 1. */
export const weightTolerance = 1e-9;

const Share = z.number().min(0).max(1);
const Text = z.string().max(4_096);
const Name = z.string().min(1).max(nameLengthMax);
/** ms since 1970-01-01 UTC. */
const Instant = z.number().int().min(eventTimeMin);

export const Variant = z.strictObject({
  key: Key,
  name: Name,
  /** Probability of this variant for a unit that enters now. */
  weight: Share,
  /** What a flag of this variant evaluates to: any JSON. */
  payload: shallow(z.json(), 16, 'Any JSON.').optional(),
});
export type Variant = z.infer<typeof Variant>;

/** Weights and traffic in force from `startAt` until the next stage. */
export const Stage = z.strictObject({
  /** 1, 2, 3 … */
  number: z.number().int().min(1),
  startAt: Instant,
  traffic: Share,
  /** In the order of the variants. A variant that came later has none. */
  weights: z.array(Share).min(1).max(20),
});
export type Stage = z.infer<typeof Stage>;

/** The buckets [from, to) of a layer: experiments of one layer with disjoint slices share no unit. */
export const LayerSlice = z
  .strictObject({
    name: Key,
    from: z.number().int().min(0).max(layerBuckets),
    to: z.number().int().min(0).max(layerBuckets),
  })
  .refine(({ from, to }) => from < to, `expected buckets [from, to) of ${layerBuckets}, from < to`);
export type LayerSlice = z.infer<typeof LayerSlice>;

/** A share of the units that is kept out of all experiments which name it. */
export const Holdout = z.strictObject({ name: Key, share: z.number().gt(0).lt(1) });
export type Holdout = z.infer<typeof Holdout>;

export const metricRoles = ['primary', 'secondary', 'guardrail'] as const;

/** What is expected of a metric without the treatment. A wrong one costs power, never validity. */
export const Baseline = z.strictObject({
  /** Of a unit, in the metric's unit: of a binary metric its share. */
  mean: z.number(),
  /** Standard deviation between units; of a binary metric it follows from the mean. */
  deviation: z.number().gt(0).optional(),
  /** Units that the expectation counts as much as. */
  units: z.number().min(1).max(1_000_000).default(100),
});
export type Baseline = z.infer<typeof Baseline>;

/** A metric as an experiment uses it. */
export const MetricUse = z.strictObject({
  metric: Key,
  role: z.enum(metricRoles),
  /** For the bets of the test. */
  baseline: Baseline.optional(),
  /** What explains a part of its outcomes: the effect is told adjusted by it, too. */
  covariates: Covariates.optional(),
  /** For the Bayesian reading. */
  prior: EffectPrior.optional(),
});
export type MetricUse = z.infer<typeof MetricUse>;

export const Decision = z.strictObject({
  verdict: z.enum(['ship', 'stop', 'invalid']),
  /** The variant that is served from now on to everyone, for `ship`. */
  variant: Key.nullable(),
  reason: Text,
  at: Instant,
});
export type Decision = z.infer<typeof Decision>;

/** Something that happened, at its time. */
export const Annotation = z.strictObject({ at: Instant, text: Text });
export type Annotation = z.infer<typeof Annotation>;
export const annotationsMax = 1_000;

export const Experiment = z.strictObject({
  key: Key,
  name: Name,
  hypothesis: Text.default(''),
  /** What is assigned: each `user`, or whole clusters by the value of an attribute, such as `class` or `school`. */
  unit: FieldName.default('user'),
  /** Names the randomness; by default the key. */
  salt: z.string().min(1).max(nameLengthMax).optional(),
  hash: HashFamily.default({ family: 'millrace' }),
  variants: z.array(Variant).max(20),
  /** Key of the variant with which the others are compared. */
  control: Key,
  /** Share of the units that enter. */
  traffic: Share.default(1),
  layer: LayerSlice.optional(),
  holdouts: z.array(Holdout).max(10).default([]),
  /** Who can enter: a condition over the unit's attributes. */
  targeting: Condition.default({ all: [] }),
  /** Attributes by whose values effects are shown apart, beside the whole. */
  segments: z.array(FieldName).max(5).default([]),
  /** Whether a unit keeps its first variant when weights change: see `models/assignment/assign.ts`. */
  sticky: z.boolean().default(true),
  metrics: z.array(MetricUse).max(50),
  /** Smallest difference in the primary metric that would matter, in its unit. */
  minimumEffect: z.number().gt(0),
  /** Clusters that are expected in all, where clusters are assigned: with so many the test sees the most. */
  plannedClusters: z.number().int().min(4).max(1_000_000).optional(),
  /** Days after its first member on which further ones belong to a cluster; by default 7. */
  gatherDays: z.number().int().min(0).max(90).optional(),
  /** Probability with which a false effect may ever be declared. */
  alpha: z.number().gt(0).lte(0.5).default(0.05),
  state: z.enum(definitionStates).default('draft'),
  stages: z.array(Stage).max(1_000).default([]),
  /** What happened meanwhile, for whoever reads its charts. */
  annotations: z.array(Annotation).max(annotationsMax).default([]),
  decision: Decision.nullable().default(null),
  /**
   * Why the engine has paused it: until somebody resumes it, no effect can be believed. Written by the engine alone.
   */
  hold: z.strictObject({ at: Instant, sentence: Text }).nullable().default(null),
});
export type Experiment = z.infer<typeof Experiment>;
/** What a person writes: absent values get their defaults. */
export type ExperimentInput = z.input<typeof Experiment>;

/** What names an experiment's randomness. */
export function saltOf({ salt, key }: Pick<Experiment, 'salt' | 'key'>): string {
  return salt ?? key;
}

/** Whether something is remembered of what units do before it takes them in. */
export function asksForPast({ metrics }: Pick<Experiment, 'metrics'>): boolean {
  return metrics.some(({ covariates = [] }) => covariates.some((each) => each.of === 'past'));
}

/** The stage in force at a time (ms); undefined before the first. */
export function stageAt({ stages }: Pick<Experiment, 'stages'>, time: number): Stage | undefined {
  return stages.findLast(({ startAt }) => startAt <= time);
}
