/** What a process needs of model life: the registry of versions, their files, training runs, and releases by hand. */
import type { ArtifactStore } from '../contracts/artifactStore.ts';
import { modelEvent } from '../contracts/modelRecord.ts';
import type { Settings } from '../contracts/settings.ts';
import { createAnnouncer } from '../control/definitions/announcer.ts';
import type { ModelRegistry } from '../control/registry/modelRegistry.ts';
import { openModelRegistry } from '../control/registry/openModelRegistry.ts';
import { createReadEvidence } from '../control/releases/readEvidence.ts';
import type { ReadEvidence } from '../control/releases/releaseEvidence.ts';
import { Releasing } from '../control/releases/releasing.ts';
import { openTrainingBook, type TrainingBook } from '../control/retraining/trainingBook.ts';
import { learning } from '../pipelines/learning.ts';
import { artifactAccess } from '../sinks/artifacts/artifactAccess.ts';
import { openArtifacts } from '../sinks/artifacts/openArtifacts.ts';
import type { ClickHouseStore } from '../sinks/clickhouse/store.ts';
import { declareModels } from './declareModels.ts';
import type { EventPlace } from './eventPlace.ts';
import type { Intake } from './intake.ts';

export interface OpenModelLife {
  readonly models: ModelRegistry;
  readonly artifacts: ArtifactStore;
  readonly runs: TrainingBook;
  readonly releasing: Releasing;
  readonly readEvidence: ReadEvidence;
}

export interface ModelLifeParts {
  readonly settings: Settings;
  readonly place: EventPlace;
  readonly intake: Intake;
  readonly store: ClickHouseStore;
  readonly settleMs: number;
  readonly clock: () => number;
  readonly say: (sentence: string) => void;
}

/**
 * @param undo takes what closes each part
 * @throws EngineError SINK_UNAVAILABLE, ARTIFACT_UNAVAILABLE
 */
export async function openModelLife(
  { settings, place, intake, store, settleMs, clock, say }: ModelLifeParts,
  undo: (() => Promise<unknown>)[],
): Promise<OpenModelLife> {
  const { partitions, withKeys = false } = place.door;
  const { append } = intake;
  const artifacts = await openArtifacts(artifactAccess(settings));
  const announce = createAnnouncer({ eventOf: modelEvent, append, partitions, withKeys });
  const models = await openModelRegistry({ store, announce, say, clock, settleMs });
  undo.push(() => models.close());
  await declareModels(models, say);
  const runs = await openTrainingBook({ store, say, clock, settleMs });
  undo.push(() => runs.close());
  const pipelineOf = (model: string) => models.model(model)?.pipeline ?? learning.name;
  const readEvidence = createReadEvidence(store, pipelineOf);
  const releasing = new Releasing({ registry: models, readEvidence, clock });
  return { models, artifacts, runs, releasing, readEvidence };
}
