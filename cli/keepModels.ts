/** Model life as the active control plane leads it: runs that train, and releases of what they have made. */
import type { ArtifactStore } from '../contracts/artifactStore.ts';
import type { Store } from '../contracts/store.ts';
import { createAskGates } from '../control/gates/askGates.ts';
import { holdoutMetrics } from '../control/gates/holdoutGate.ts';
import type { ModelRegistry } from '../control/registry/modelRegistry.ts';
import type { ReadEvidence } from '../control/releases/releaseEvidence.ts';
import { startReleaser } from '../control/releases/releaser.ts';
import { engineActor } from '../control/releases/stepRelease.ts';
import { startRetrainer } from '../control/retraining/retrainer.ts';
import { countStored, selectStored } from '../control/retraining/storedExamples.ts';
import type { TrainingBook } from '../control/retraining/trainingBook.ts';
import { pressing } from '../control/retraining/triggers/registry.ts';
import type { WatchBook } from '../control/watching/watchBook.ts';
import { sentence } from '../control/words.ts';
import { createModelEvidence } from './modelEvidence.ts';
import type { Pace } from './pace.ts';

export interface KeepModelsOptions {
  readonly store: Store;
  readonly models: ModelRegistry;
  readonly artifacts: ArtifactStore;
  readonly runs: TrainingBook;
  readonly watches: WatchBook;
  readonly readEvidence: ReadEvidence;
  readonly pace: Pace;
  readonly say: (sentence: string) => void;
}

export interface ModelKeeper {
  /** Epochs were written, or somebody has asked for something: no need to wait for the next look. */
  look(): void;
  /** Why no run of a model begins by itself now, or what would start one next. */
  outlook(model: string): string;
  stop(): Promise<void>;
}

/** Between two looks at a release, ms. */
const releaserMs = 1_000;

export function keepModels(options: KeepModelsOptions): ModelKeeper {
  const { store, models, artifacts, runs, watches, readEvidence, pace, say } = options;
  const { clock, everyMs = releaserMs } = pace;
  const knownModel = (model: string) => models.model(model);
  const releaser = startReleaser({ registry: models, readEvidence, say, clock, everyMs });
  const retrainer = startRetrainer({
    ...{ book: runs, registry: models, artifacts, say, ...pace },
    selectExamples: selectStored(store, knownModel),
    judgeGates: createAskGates({ registry: models, artifacts, clock }),
    metricsOf: ({ gates }) => holdoutMetrics(gates),
    countExamples: countStored(store, knownModel),
    evidence: createModelEvidence(store, watches),
    async onRegistered({ model, version, run }) {
      const cause = runs.get(run)?.run.cause;
      if (cause !== undefined && pressing.has(cause.kind)) {
        const reason = `Version ${version} takes its place. ${sentence(cause.sentence)}`;
        await releaser.giveWay(model, version, { actor: engineActor, reason });
      }
      releaser.look();
    },
  });
  return {
    look() {
      releaser.look();
      retrainer.look();
    },
    outlook: (model) => retrainer.outlook(model),
    async stop() {
      await Promise.all([retrainer.stop(), releaser.stop()]);
    },
  };
}
