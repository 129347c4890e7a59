/** What the routes of versions, releases and retraining ask for, on the registry and what leads releases and runs. */
import type { ArtifactStore } from '../contracts/artifactStore.ts';
import type {
  ModelLife,
  ModelLivesAnswer,
  ReleaseNow,
  RollbackPreview,
  ServedAnswer,
  StartedRun,
  TrainingRunDetail,
  TrainingRunsAnswer,
  VersionDetail,
} from '../contracts/modelLifeApi.ts';
import type { ModelPlan } from '../contracts/modelPlan.ts';
import type { ModelVersion } from '../contracts/modelVersion.ts';
import type { ReleaseMoveName } from '../contracts/release.ts';
import type { Store } from '../contracts/store.ts';
import type { RunCause } from '../contracts/trainingRun.ts';
import type { By } from '../control/definitions/written.ts';
import { askForImport } from '../control/imports/askForImport.ts';
import { modelLife, versionDetail, whereItStands } from '../control/registry/modelLife.ts';
import type { ModelRegistry, ModelWritten } from '../control/registry/modelRegistry.ts';
import { releaseUnderWay } from '../control/registry/releaseUnderWay.ts';
import { rollbackPreview } from '../control/registry/rollbackPreview.ts';
import { servedAnswer } from '../control/registry/servedAt.ts';
import { unusedFiles } from '../control/registry/unusedFiles.ts';
import { createReadEvidence } from '../control/releases/readEvidence.ts';
import { evidenceNow } from '../control/releases/releaseEvidence.ts';
import type { Releasing } from '../control/releases/releasing.ts';
import { askForRun } from '../control/retraining/askForRun.ts';
import { filesUnderWay } from '../control/retraining/leftovers.ts';
import type { TrainingBook } from '../control/retraining/trainingBook.ts';
import { heeding } from '../control/statement.ts';

/** Why nothing was done, and what to do instead. */
export interface Declined {
  readonly outcome: 'absent' | 'refused';
  readonly sentence: string;
}

export interface ModelDesk {
  lives(): ModelLivesAnswer;
  life(model: string): ModelLife | undefined;
  version(model: string, version: string): VersionDetail | undefined;
  /** Who served at an instant, by default now. @returns undefined before the first */
  served(model: string, at: number | undefined): ServedAnswer | undefined;
  /** The release under way, with its evidence. @throws EngineError SINK_UNAVAILABLE */
  releaseNow(model: string, signal?: AbortSignal): Promise<ReleaseNow | undefined>;
  /** @throws EngineError SINK_UNAVAILABLE */
  rollbackPreview(
    model: string,
    version: string,
    signal?: AbortSignal,
  ): Promise<RollbackPreview | undefined>;
  rollback(model: string, version: string, by: By): Promise<ModelWritten<unknown>>;
  /** Begins the release of a version. @param from `canary`: without proof from the shadow */
  release(
    model: string,
    version: string,
    from: 'shadow' | 'canary',
    by: By,
  ): Promise<ModelWritten<unknown>>;
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

export interface ModelDeskOptions {
  readonly store: Store;
  readonly models: ModelRegistry;
  readonly artifacts: Pick<ArtifactStore, 'put' | 'remove'>;
  readonly runs: TrainingBook;
  readonly releasing: Releasing;
  /** Why no run of a model begins by itself now; undefined where the process that knows is another. */
  outlook(model: string): string | undefined;
  /** Something was asked for: who leads releases and runs looks now. */
  readonly onAsked: () => void;
  readonly clock: () => number;
}

/** Runs that are listed. */
const runsMax = 100;

export function createModelDesk(options: ModelDeskOptions): ModelDesk {
  const { store, models, artifacts, runs, releasing, onAsked, clock } = options;

  async function asked<Done>(doing: Promise<Done>): Promise<Done> {
    const done = await doing;
    onAsked();
    return done;
  }

  return {
    lives: () => ({
      models: models.models().map((known) => ({
        model: known.model,
        revision: known.head.revision,
        sentence: whereItStands(known),
        champion: known.serving.champion.version,
      })),
    }),
    life(model) {
      const known = models.model(model);
      return known && modelLife(known);
    },
    version(model, version) {
      const known = models.model(model);
      return known && versionDetail(known, version);
    },
    served(model, at = clock()) {
      const known = models.model(model);
      return known && servedAnswer(known, at);
    },
    async releaseNow(model, signal) {
      const known = models.model(model);
      if (known === undefined) return undefined;
      const release = releaseUnderWay(known) ?? null;
      const at = clock();
      if (release === null) return { release, at, evidence: null };
      const read = createReadEvidence(heeding(store, signal), () => known.pipeline);
      const evidence = evidenceNow(release, known.plan.release, await read(model, release));
      return { release, at, evidence: evidence ?? null };
    },
    async rollbackPreview(model, version, signal) {
      const known = models.model(model);
      return known && rollbackPreview(heeding(store, signal), known, version);
    },
    rollback: (model, version, by) => asked(releasing.rollback(model, version, by)),
    release: (model, version, from, by) => asked(releasing.begin(model, { version, from }, by)),
    move: (model, move, by) => asked(releasing.move(model, move, by)),
    plan: (model, plan, revision, by) => asked(models.plan(model, plan, revision, by)),
    async remove(model, version, by) {
      const written = await models.remove(model, version, by);
      if (written.outcome !== 'written') return written;
      // The same file may be on its way in again.
      const underWay = filesUnderWay(runs.all());
      const unused = unusedFiles(models.models()).filter((sha256) => !underWay.has(sha256));
      for (const sha256 of unused) await artifacts.remove(sha256);
      return written;
    },
    runs(model) {
      const listed = runs
        .all()
        .map(({ run }) => run)
        .filter((run) => model === undefined || run.model === model)
        .slice(0, runsMax)
        .map(({ log: _log, curves: _curves, gates: _gates, ...run }) => run);
      const outlook = models
        .models()
        .filter((known) => model === undefined || known.model === model)
        .flatMap((known) => {
          const sentence = options.outlook(known.model);
          return sentence === undefined ? [] : [{ model: known.model, sentence }];
        });
      return { runs: listed, outlook };
    },
    run(id) {
      const found = runs.get(id);
      if (found === undefined) return undefined;
      const { run } = found;
      const releases = models.model(run.model)?.releases ?? [];
      const release = releases.findLast(({ version }) => version === run.version) ?? null;
      return { run, release };
    },
    async train(model, by) {
      const cause: RunCause = {
        kind: 'manual',
        sentence: `${by.actor} asked for it: ${by.reason}`.slice(0, 2_000),
        figures: {},
      };
      const started = await asked(
        askForRun({ book: runs, registry: models, clock }, model, cause, by),
      );
      return started.outcome === 'started' ? { id: started.id, cause: started.cause } : started;
    },
    async cancel(id, by) {
      const outcome = await asked(runs.cancel(id, by));
      if (outcome === 'cancelling') return outcome;
      return outcome === 'absent'
        ? { outcome, sentence: `There is no training run ${id}.` }
        : { outcome: 'refused', sentence: `Training run ${id} has ended already.` };
    },
    async importModel(given, by) {
      const parts = { book: runs, registry: models, artifacts, clock };
      const started = await asked(askForImport(parts, given, by));
      return started.outcome === 'started' ? { id: started.id, cause: started.cause } : started;
    },
  };
}
