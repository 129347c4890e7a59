/** A training run as it is stored after each of its steps: what people see of it, and what it needs to go on after a crash. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { GateReport } from '../../contracts/gateReport.ts';
import { ModelPlan } from '../../contracts/modelPlan.ts';
import { Artifact, ModelVersion, TrainedOn } from '../../contracts/modelVersion.ts';
import {
  type RunCause,
  type RunStep,
  type RunStepName,
  runSteps,
  TrainingRun,
} from '../../contracts/trainingRun.ts';
import type { By } from '../definitions/written.ts';

const { trainer, parameters, notes } = ModelVersion.shape;

/** A model from elsewhere, as a run takes it in: what a process needs to go on with it. */
export const ImportedModel = z.strictObject({
  /** What was given; in the artifact store it lies as ONNX. */
  format: z.enum(['onnx', 'lightgbm', 'xgboost']),
  file: Artifact,
  golden: Artifact.nullable(),
  trainer,
  parameters,
  notes,
  /** What it has learnt from, where that is known here. */
  data: TrainedOn.nullable(),
  /** What was taken on trust, a sentence each. */
  remarks: z.array(z.string()),
});
export type ImportedModel = z.infer<typeof ImportedModel>;

/** What finished steps have made; files lie in the artifact store. */
export const RunMade = z.strictObject({
  /** Of the snapshot; null: it is to be taken. Of a model from elsewhere: of the examples by which it is judged. */
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
  /** Of a model from elsewhere: what its judges may have been misled by, a sentence each. */
  remarks: z.array(z.string()).default([]),
});
export type RunMade = z.infer<typeof RunMade>;

export const StoredRun = z.strictObject({
  run: TrainingRun,
  /** What it was begun for: no second run begins for the same. */
  causeId: z.string().min(1).max(300),
  /** When that arose, event time, ms since 1970: what arose earlier is no news any more. */
  causeAt: z.number(),
  /** As it was when the run was asked for. */
  plan: ModelPlan,
  /** Times that a process has taken it up at this step, without those that put it down in order. */
  attempts: z.number().int().min(0),
  /** Somebody wants it to end. */
  cancelled: z.strictObject({ actor: z.string(), reason: z.string() }).nullable(),
  /** What follows its end is done: its version is handed on, and files that nobody needs are removed. */
  isSettled: z.boolean(),
  /** null: the run trains. */
  imported: ImportedModel.nullable().default(null),
  made: RunMade,
});
export type StoredRun = z.infer<typeof StoredRun>;

export const nothingMade: RunMade = {
  ...{ data: null, found: null, model: null, calibration: null, file: null, golden: null },
  ...{ metrics: {}, gates: null, remarks: [] },
};

/**
 * What there is before the first step: of a model from elsewhere its files, and no training.
 *
 * @param at when the run was asked for, ms since 1970
 */
export function beginning(
  imported: ImportedModel | null,
  at: number,
): { readonly steps: RunStep[]; readonly made: RunMade } {
  const steps = runSteps.map((name) => waiting(name));
  if (imported === null) return { steps, made: nothingMade };
  const { format, file, golden, trainer } = imported;
  const kept = `${Math.ceil(file.bytes / 1_024).toLocaleString('en')} KiB of ONNX`;
  const given = format === 'onnx' ? 'as it was given' : `made of ${formatNames[format]}`;
  const beside = golden === null ? 'no golden rows' : 'golden rows';
  const over = { startedAt: at, endedAt: at };
  const known: Partial<Record<RunStepName, Partial<RunStep>>> = {
    train: { state: 'skipped', sentence: `It was trained elsewhere: ${trainer}.`, ...over },
    calibrate: { state: 'skipped', sentence: 'Scores are taken as they are.', ...over },
    export: { state: 'done', sentence: `${kept}, ${given}, with ${beside}.`, ...over },
  };
  return {
    steps: steps.map((step) => ({ ...step, ...known[step.name] })),
    made: { ...nothingMade, file, golden },
  };
}

const formatNames = { lightgbm: "LightGBM's text", xgboost: "XGBoost's JSON" };

export interface Asked {
  readonly model: string;
  readonly cause: RunCause;
  readonly causeId: string;
  readonly causeAt: number;
  readonly plan: ModelPlan;
  /** Absent: the run trains. */
  readonly imported?: ImportedModel;
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
  const { model, cause, causeId, causeAt, plan, imported = null } = asked;
  const { steps, made } = beginning(imported, at);
  return {
    run: {
      id: runIdOf({ model, cause, causeId }),
      ...{ model, cause, state: 'running', startedAt: at, endedAt: null },
      steps,
      ...{ snapshot: null, version: null, curves: [] },
      sentence: 'It waits for its turn.',
      log: [],
    },
    ...{
      causeId,
      causeAt,
      plan,
      attempts: 0,
      cancelled: null,
      isSettled: false,
      imported,
      made,
    },
  };
}

function waiting(name: RunStepName): RunStep {
  return { name, state: 'waiting', startedAt: null, endedAt: null, sentence: '' };
}

/** Its first step has not begun. */
export function isQueued(stored: StoredRun): boolean {
  return stored.run.state === 'running' && stepOf(stored, 'snapshot').state === 'waiting';
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
