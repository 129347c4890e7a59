/** A retraining run: why it began, how far it is, and what came of it. As it is recorded after each of its steps. */
import { z } from 'zod';
import { GateReport } from './gateReport.ts';
import { triggerKinds } from './modelPlan.ts';
import { ModelName, Sha256, VersionName } from './modelVersion.ts';

/** In their order; the release that may follow has a record of its own. */
export const runSteps = ['snapshot', 'train', 'calibrate', 'export', 'gates', 'register'] as const;
export type RunStepName = (typeof runSteps)[number];

export const RunCause = z.strictObject({
  kind: z.enum([...triggerKinds, 'manual', 'import']),
  /** "Column context.device drifts: PSI 0.34 against 0.2 on 12 November". */
  sentence: z.string().max(2_000),
  /** What it was told by, and how: `{ psi: 0.34, limit: 0.2 }`. */
  figures: z.record(z.string(), z.number()).default({}),
});
export type RunCause = z.infer<typeof RunCause>;

export const RunStep = z.strictObject({
  name: z.enum(runSteps),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  /** ms since 1970. */
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** What came of it: "312,000 examples of 4,100 users, 3 left out". */
  sentence: z.string(),
});
export type RunStep = z.infer<typeof RunStep>;

export const runStates = ['running', 'done', 'failed', 'cancelled', 'refused'] as const;

/** Loss by round, of the rows that were learnt from or kept aside. */
export const RunCurve = z.strictObject({
  name: z.enum(['training', 'validation', 'search']),
  losses: z.array(z.number()),
});

export const TrainingRun = z.strictObject({
  id: z.string().min(1).max(64),
  model: ModelName,
  cause: RunCause,
  /** `refused`: a gate failed. */
  state: z.enum(runStates),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  steps: z.array(RunStep),
  /** Examples that it learns from; by which it is judged, where it comes from elsewhere. */
  snapshot: Sha256.nullable(),
  /** Absent until they were asked. */
  gates: GateReport.optional(),
  /** That it made; null before `register`, or when it made none. */
  version: VersionName.nullable(),
  curves: z.array(RunCurve),
  /** What it came to, and why: "Version 1.4 passed all gates", "Refused: log loss 0.004 above the champion's". */
  sentence: z.string(),
  /** What it said on its way, the oldest first; the latest 200. */
  log: z.array(z.strictObject({ at: z.number(), sentence: z.string() })),
});
export type TrainingRun = z.infer<typeof TrainingRun>;
