/** What the routes of versions, releases and retraining ask for. */
import type {
  ModelLife,
  ModelLivesAnswer,
  RollbackPreview,
  StartedRun,
  TrainingRunDetail,
  TrainingRunsAnswer,
  VersionDetail,
} from '../contracts/modelLifeApi.ts';
import type { ModelPlan } from '../contracts/modelPlan.ts';
import type { ModelVersion } from '../contracts/modelVersion.ts';
import type { ReleaseMoveName } from '../contracts/release.ts';
import type { By } from '../control/definitions/written.ts';
import type { ModelWritten } from '../control/registry/modelRegistry.ts';

/** Why nothing was done, and what to do instead. */
export interface Declined {
  readonly outcome: 'absent' | 'refused';
  readonly sentence: string;
}

export interface ModelDesk {
  lives(): ModelLivesAnswer;
  life(model: string): ModelLife | undefined;
  version(model: string, version: string): VersionDetail | undefined;
  /** @throws EngineError SINK_UNAVAILABLE */
  rollbackPreview(
    model: string,
    version: string,
    signal?: AbortSignal,
  ): Promise<RollbackPreview | undefined>;
  rollback(model: string, version: string, by: By): Promise<ModelWritten<unknown>>;
  /** Begins the release of a version. */
  release(model: string, version: string, by: By): Promise<ModelWritten<unknown>>;
  /** Of the release under way. */
  move(model: string, move: ReleaseMoveName, by: By): Promise<ModelWritten<unknown>>;
  plan(model: string, plan: ModelPlan, revision: number, by: By): Promise<ModelWritten<unknown>>;
  remove(model: string, version: string, by: By): Promise<ModelWritten<unknown>>;
  /** The newest first. @param model undefined: of all */
  runs(model: string | undefined): TrainingRunsAnswer;
  run(id: string): TrainingRunDetail | undefined;
  train(model: string, by: By): Promise<StartedRun | Declined>;
  cancel(id: string, by: By): Promise<'cancelling' | Declined>;
  /** Takes a file from elsewhere through the gates, as a run. */
  importModel(given: ImportedFile, by: By): Promise<StartedRun | Declined>;
}

export interface ImportedFile {
  readonly model: string;
  /** ONNX, LightGBM's text or XGBoost's JSON. */
  readonly bytes: Uint8Array;
  /** What its maker says of it; '' is nothing. */
  readonly trainer: string;
  readonly notes: string;
  readonly parameters?: ModelVersion['parameters'];
  /** Hash of the examples that it has learnt from; null where that is not known. */
  readonly snapshot?: string | null;
}
