/** Processes that work on a run, each call of which may be its last, and what outlives them. */

import { runTraining } from '../../control/retraining/runTraining.ts';
import type { RunParts } from '../../control/retraining/steps/runStep.ts';
import {
  byOf,
  type ImportedModel,
  newRun,
  type StoredRun,
} from '../../control/retraining/storedRun.ts';
import { openTrainingBook } from '../../control/retraining/trainingBook.ts';
import type { TrainingSet } from '../../models/training/trainingSet.ts';
import {
  judging,
  memoryArtifacts,
  memoryRegistry,
  modelName,
  runHere,
  selecting,
  smallPlan,
} from './fakeRetraining.ts';
import { memoryDefinitions } from './memoryDefinitions.ts';
import { drawSet } from './trainingRows.ts';

export const drawnRows = drawSet({ rows: 600, missing: 0.05 });
const ada = { actor: 'ada', reason: 'to see' };
const cause = { kind: 'manual', sentence: 'Ada wants it', figures: {} } as const;

/** What outlives a process. */
export function world(
  plan = smallPlan(),
  set: TrainingSet = drawnRows,
  causeId = 'manual:1',
  imported?: ImportedModel,
) {
  const store = memoryDefinitions();
  const artifacts = memoryArtifacts();
  const registry = memoryRegistry(plan);
  const asked = {
    ...{ model: modelName, cause, causeId, causeAt: 0, plan },
    ...(imported === undefined ? {} : { imported }),
  };
  let now = 1_000 * causeId.length;
  const parts: RunParts = {
    ...{ artifacts, registry, runJob: runHere, judgeGates: judging(), pausesMs: [0, 0] },
    selectExamples: selecting(() => set),
    clock: () => {
      now += 10;
      return now;
    },
  };
  return { store, artifacts, registry, parts, begun: newRun(asked, 1_000) };
}
export type World = ReturnType<typeof world>;

class Killed extends Error {}

export interface Death {
  /** Calls of the world, counted from 0. */
  readonly at: number;
  /** Whether the last call takes effect. */
  readonly isDone: boolean;
}

/** A process: it reads what is stored, and works on the run until its end or its death. */
export async function live(
  { store, parts, begun }: World,
  death?: Death,
  change: Partial<RunParts> = {},
  signal = new AbortController().signal,
): Promise<{ stored: StoredRun | undefined; calls: string[] }> {
  const calls: string[] = [];
  let isDead = false;
  function mortal<Given extends unknown[], Result>(
    name: string,
    call: (...given: Given) => Promise<Result>,
  ) {
    return async (...given: Given): Promise<Result> => {
      if (isDead) throw new Killed('it is dead');
      const isLast = calls.length === death?.at;
      calls.push(name);
      if (!isLast) return call(...given);
      isDead = true;
      if (death!.isDone) await call(...given);
      throw new Killed(`at ${name}`);
    };
  }
  const book = await openTrainingBook({ store, say: () => {} });
  const all: RunParts = { ...parts, ...change };
  const dying: RunParts = {
    ...all,
    selectExamples: mortal('select', all.selectExamples),
    judgeGates: mortal('judge', all.judgeGates),
    runJob: mortal('job', all.runJob) as RunParts['runJob'],
    registry: { register: mortal('register', all.registry.register) },
    artifacts: {
      ...all.artifacts,
      put: mortal('put', all.artifacts.put),
      get: mortal('get', all.artifacts.get),
    },
  };
  const record = mortal('record', (stored: StoredRun) => book.write(stored, byOf(stored)));
  try {
    await book.add(begun, ada);
    const stored = book.get(begun.run.id)!;
    if (stored.run.state !== 'running') return { stored, calls };
    const counted = await record({ ...stored, attempts: stored.attempts + 1 });
    return { stored: await runTraining(counted, dying, { record, show: () => {}, signal }), calls };
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return { stored: undefined, calls };
  } finally {
    await book.close();
  }
}

/** What must be the same, however often it was interrupted. */
export function essence({ run: { log, startedAt, endedAt, steps, ...run }, made }: StoredRun) {
  const told = steps.map(({ name, state, sentence }) => ({ name, state, sentence }));
  return { run, steps: told, made };
}
