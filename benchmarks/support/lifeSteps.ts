/** The steps of a model's life at which a crash test strikes, by what is written of them. */
import { ModelEvent } from '../../contracts/modelEvent.ts';
import type { ModelRecord } from '../../contracts/modelRecord.ts';
import { type RunStepName, runSteps } from '../../contracts/trainingRun.ts';
import { StoredRun } from '../../control/retraining/storedRun.ts';

/** In the order in which a life comes to them. */
export const lifeSteps = [
  'planned',
  'asked',
  ...runSteps,
  'registered',
  'done',
  'settled',
  'shadow',
  'canary-1',
  'canary-2',
  'promoted',
  'trial',
  'trial ended',
  'rolled back',
] as const;
export type LifeStep = (typeof lifeSteps)[number];

export interface Death {
  readonly step: LifeStep;
  /** Of the write that begins the step, or says that it was taken; `within`: a moment behind. */
  readonly when: 'before' | 'after' | 'within';
}

export interface LifeState {
  /** Records of the log that are not committed. */
  readonly behind: number;
  /** By the log; undefined where it says nothing. */
  readonly served: ModelRecord | undefined;
}

/** @returns undefined of what is no step, or not of model life */
export function writtenStep(table: string, rows: Uint8Array): LifeStep | undefined {
  if (table !== 'experiment_definitions') return undefined;
  const text = Buffer.from(rows).toString('utf8');
  // The first field of the row is the kind, the last one the definition.
  const json = () => JSON.parse(text.slice(text.indexOf('{"'))) as unknown;
  if (text.startsWith('training', 1)) return stepOfRun(StoredRun.parse(json()));
  if (text.startsWith('model', 1)) return stepOfModel(ModelEvent.parse(json()));
  return undefined;
}

function stepOfRun({ run, attempts, isSettled }: StoredRun): LifeStep | undefined {
  if (run.state !== 'running') return isSettled ? 'settled' : 'done';
  const step = run.steps.find(({ state }) => state === 'running');
  if (step === undefined) return attempts === 0 ? 'asked' : undefined;
  return step.name satisfies RunStepName;
}

function stepOfModel(event: ModelEvent): LifeStep | undefined {
  if (event.kind === 'planned' || event.kind === 'registered') return event.kind;
  if (event.kind === 'served') return 'rolled back';
  if (event.kind !== 'released') return undefined;
  const { id, phase, step } = event.release;
  if (id.startsWith('after-')) return phase === 'shadow' ? 'trial' : 'trial ended';
  if (phase === 'canary') return step === 0 ? 'canary-1' : 'canary-2';
  return phase === 'shadow' || phase === 'promoted' ? phase : undefined;
}
