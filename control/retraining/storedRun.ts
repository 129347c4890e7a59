/** A training run as it is stored after each of its steps: what people see of it, and what it needs to go on after a crash. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { GateReport } from '../../contracts/gateReport.ts';
import { ModelPlan } from '../../contracts/modelPlan.ts';
import { Artifact, TrainedOn } from '../../contracts/modelVersion.ts';
import {
  type RunCause,
  type RunStep,
  type RunStepName,
  runSteps,
  TrainingRun,
} from '../../contracts/trainingRun.ts';
import type { By } from '../definitions/written.ts';

/** What finished steps have made; files lie in the artifact store. */
export const RunMade = z.strictObject({
  /** Of the snapshot; null: it is to be taken. */
  data: TrainedOn.nullable(),
  /** By the search; null where there was none, or not yet. */
  found: z.record(z.string(), z.number()).nullable(),
  /** Plain data, as the next is. */
  model: Artifact.nullable(),
  calibration: Artifact.nullable(),
  file: Artifact.nullable(),
  golden: Artifact.nullable(),
  metrics: z.record(z.string(), z.number()),
  gates: GateReport.nullable(),
});
export type RunMade = z.infer<typeof RunMade>;

export const StoredRun = z.strictObject({
  run: TrainingRun,
  /** What it was begun for: no second run begins for the same. */
  causeId: z.string().min(1).max(300),
  /** When that arose, event time, ms since 1970: what arose earlier is no news any more. */
  causeAt: z.number(),
  /** It does not learn from what was before, event time; null: the plan alone says how far back. */
  learnFrom: z.number().nullable().default(null),
  /** As it was when the run was asked for. */
  plan: ModelPlan,
  /** Times that a process has taken it up at this step, without those that put it down in order. */
  attempts: z.number().int().min(0),
  /** Somebody wants it to end. */
  cancelled: z.strictObject({ actor: z.string(), reason: z.string() }).nullable(),
  /** What follows its end is done: its version is handed on, and files that nobody needs are removed. */
  isSettled: z.boolean(),
  made: RunMade,
});
export type StoredRun = z.infer<typeof StoredRun>;

export const nothingMade: RunMade = {
  ...{ data: null, found: null, model: null, calibration: null, file: null, golden: null },
  ...{ metrics: {}, gates: null },
};

export interface Asked {
  readonly model: string;
  readonly cause: RunCause;
  readonly causeId: string;
  readonly causeAt: number;
  /** null by default. */
  readonly learnFrom?: number | null;
  readonly plan: ModelPlan;
}

/** A function of model and cause, so that whoever asks twice asks for the same run. */
export function runIdOf({
  model,
  cause,
  causeId,
}: Pick<Asked, 'model' | 'cause' | 'causeId'>): string {
  const hash = createHash('sha256').update(`${model}\n${causeId}`).digest('hex');
  return `${cause.kind}-${hash.slice(0, 12)}`;
}

/** A run that waits for its turn. @param at now, ms since 1970 */
export function newRun(asked: Asked, at: number): StoredRun {
  const { model, cause, causeId, causeAt, learnFrom = null, plan } = asked;
  return {
    run: {
      id: runIdOf({ model, cause, causeId }),
      ...{ model, cause, state: 'running', startedAt: at, endedAt: null },
      steps: runSteps.map((name) => waiting(name)),
      ...{ snapshot: null, version: null, curves: [] },
      sentence: 'It waits for its turn.',
      log: [],
    },
    ...{
      causeId,
      causeAt,
      learnFrom,
      plan,
      attempts: 0,
      cancelled: null,
      isSettled: false,
      made: nothingMade,
    },
  };
}

export function waiting(name: RunStepName): RunStep {
  return { name, state: 'waiting', startedAt: null, endedAt: null, sentence: '' };
}

/** No step has begun. */
export function isQueued({ run }: StoredRun): boolean {
  return run.state === 'running' && run.steps.every(({ state }) => state === 'waiting');
}

/** Who a run acts for. */
export function byOf({ run }: StoredRun): By {
  return { actor: 'engine', reason: `Training run ${run.id}: ${run.cause.sentence}` };
}

export function stepOf({ run }: StoredRun, name: RunStepName): RunStep {
  return run.steps.find((step) => step.name === name)!;
}

export function withStep(
  stored: StoredRun,
  name: RunStepName,
  change: Partial<RunStep>,
): StoredRun {
  const steps = stored.run.steps.map((step) =>
    step.name === name ? { ...step, ...change } : step,
  );
  return { ...stored, run: { ...stored.run, steps } };
}

const logMax = 200;

export function withLog(stored: StoredRun, sentence: string, at: number): StoredRun {
  const log = [...stored.run.log, { at, sentence }].slice(-logMax);
  return { ...stored, run: { ...stored.run, log } };
}
