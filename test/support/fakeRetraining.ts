/** What training runs need of the engine, in memory: each call of it may be the last. */
import { createHash } from 'node:crypto';
import type { ArtifactStore } from '../../contracts/artifactStore.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { GateReport } from '../../contracts/gateReport.ts';
import { ModelPlan } from '../../contracts/modelPlan.ts';
import type { ModelVersion } from '../../contracts/modelVersion.ts';
import type { ExampleSet } from '../../control/examples/exampleSet.ts';
import type {
  KnownModel,
  ModelRegistry,
  NewVersion,
} from '../../control/registry/modelRegistry.ts';
import type { SelectExamples } from '../../control/retraining/exampleSet.ts';
import type { JudgeGates, RunJob } from '../../control/retraining/steps/runStep.ts';
import { doJob } from '../../control/retraining/trainingJob.ts';
import { rowsOf, type TrainingSet } from '../../models/training/trainingSet.ts';

/** When the examples of {@link examplesOf} begin, and the time between two. */
export const examplesFrom = 1_760_000_000_000;
export const examplesEveryMs = 1_000;

/** @param from row of the set with which it begins: its time follows from it */
export function examplesOf(set: TrainingSet, from = 0): ExampleSet {
  const rows = set.labels.length;
  const times = Float64Array.from(
    { length: rows },
    (_, i) => examplesFrom + (from + i) * examplesEveryMs,
  );
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of [set.values, set.labels]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return {
    ...{ set, times, rows, snapshot: hash.digest('hex'), excludedUsers: 0 },
    stands: set.weights?.slice() ?? new Float64Array(rows).fill(1),
    repairs: [],
    served: new Float64Array(rows).fill(0.5),
    online: new Float64Array(rows).fill(0.5),
    slices: new Map([
      ['course', Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 'a' : 'b'))],
    ]),
    users: Int32Array.from({ length: rows }, (_, i) => i % 50),
    ...{ from: times[0] ?? 0, to: times[rows - 1] ?? 0 },
  };
}

/** Selects from a set that may change: all of it, or the rows between two times. */
export function selecting(set: () => TrainingSet): SelectExamples {
  return async ({ bounds }) => {
    const all = set();
    if (bounds === null) return examplesOf(all);
    const rowAt = (time: number) => Math.round((time - examplesFrom) / examplesEveryMs);
    const from = rowAt(bounds.from);
    return examplesOf(rowsOf(all, from, Math.min(rowAt(bounds.to) + 1, all.labels.length)), from);
  };
}

export interface MemoryArtifacts extends ArtifactStore {
  readonly files: Map<string, Uint8Array>;
}

export function memoryArtifacts(): MemoryArtifacts {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      files.set(sha256, bytes.slice());
      return { sha256, bytes: bytes.length };
    },
    async get(sha256) {
      const bytes = files.get(sha256);
      if (bytes === undefined)
        throw new EngineError('ARTIFACT_UNAVAILABLE', 'there is no such file');
      return bytes.slice();
    },
    has: async (sha256) => files.has(sha256),
    remove: async (sha256) => void files.delete(sha256),
  };
}

export const modelName = 'answers';
export const passing: GateReport = {
  ...{ passed: true, against: '1', at: 1 },
  gates: [{ gate: 'holdout', outcome: 'passed', sentence: 'It is better.', checks: [] }],
};
export const failing: GateReport = {
  ...{ passed: false, against: '1', at: 1 },
  gates: [
    {
      ...{ gate: 'holdout', outcome: 'failed', checks: [] },
      sentence: "Its log loss is 0.0041 above the champion's, and 0.002 is allowed.",
    },
  ],
};

export interface MemoryRegistry extends Pick<ModelRegistry, 'models' | 'model' | 'register'> {
  readonly versions: ModelVersion[];
  /** Registered by `register`, also when it was the same version again. */
  calls: number;
  known: KnownModel;
}

/** A model whose champion is the online learner. */
export function memoryRegistry(plan: ModelPlan, madeAt = 0): MemoryRegistry {
  const online: ModelVersion = {
    ...{ model: modelName, version: '1', kind: 'online', task: 'binary', features: [] },
    ...{ artifact: null, golden: null, data: null, trainer: 'online', parameters: {}, seed: null },
    ...{ calibration: null, metrics: {}, gates: null, parent: null, run: null, notes: '' },
  };
  const by = { actor: 'engine', reason: '' };
  const serving = {
    champion: { version: '1', sha256: null, width: 0 },
    ...{ release: null, shadows: [] },
  };
  const registry: MemoryRegistry = {
    versions: [],
    calls: 0,
    known: {
      ...{ model: modelName, pipeline: 'learning', task: 'binary', featureVersion: '1' },
      ...{ features: [], plan, serving, releases: [] },
      versions: [{ version: online, madeAt, by, removed: false }],
      served: [{ serving, at: madeAt, by }],
      head: { kind: 'model', key: modelName, revision: 1, writeId: '' },
    },
    models: () => [registry.known],
    model: (name) => (name === modelName ? registry.known : undefined),
    async register(version: NewVersion) {
      registry.calls += 1;
      const before = registry.versions.find(({ run }) => run === version.run);
      const number = registry.versions.length + 1;
      const made: ModelVersion = before ?? {
        ...version,
        ...{ version: `1.${number}`, parent: '1', task: 'binary', features: [] },
      };
      if (before === undefined) registry.versions.push(made);
      return { outcome: 'written', revision: number, made };
    },
  };
  return registry;
}

/** A job without a thread, on a later turn. */
export const runHere: RunJob = async (job, { signal, onProgress }) => {
  await Promise.resolve();
  return doJob(job, {
    isCancelled: () => signal?.aborted === true,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
};

export const judging =
  (report: GateReport = passing): JudgeGates =>
  async () =>
    report;

/** A plan of small, quick trainings. */
export function smallPlan(
  change: { trainer?: object; data?: object; triggers?: object } = {},
): ModelPlan {
  return ModelPlan.parse({
    data: { rowsMin: 100, ...change.data },
    trainer: { parameters: { rounds: 5 }, timeoutMs: 20_000, ...change.trainer },
    triggers: { ...change.triggers },
  });
}
