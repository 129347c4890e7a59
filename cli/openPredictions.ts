/** Predictions on request, of the models that the pipelines of this engine learn: begun by who first asks. */
import { createDecisionWriter } from '../api/decisions/decisionWriter.ts';
import { createPredictionDesk, type PredictionDesk } from '../api/predictionDesk.ts';
import type { EventIngest } from '../api/routes/events.ts';
import type { ArtifactStore } from '../contracts/artifactStore.ts';
import { nameOf } from '../contracts/pseudonyms.ts';
import { keepLooking } from '../control/definitions/keepLooking.ts';
import { createTellOnce } from '../control/definitions/tellOnce.ts';
import type { ObjectionBook } from '../control/objections/objectionBook.ts';
import { Predictor } from '../control/predicting/predictor.ts';
import { createVersionSessions } from '../control/predicting/versionSessions.ts';
import type { ModelRegistry } from '../control/registry/modelRegistry.ts';
import { learners } from '../models/registry.ts';
import type { ClickHouseStore } from '../sinks/clickhouse/store.ts';
import type { DoorOptions } from '../sources/door/door.ts';
import { partitionOfUser } from '../sources/door/userPartitions.ts';

export interface PredictionParts {
  readonly store: ClickHouseStore;
  readonly models: ModelRegistry;
  readonly artifacts: ArtifactStore;
  readonly ingest: EventIngest;
  readonly door: DoorOptions;
  readonly objections: ObjectionBook;
  /** Told what fails, a sentence each. */
  readonly say: (sentence: string) => void;
}

/** Between two looks at what has been learnt since, ms. */
const everyMs = 500;

type Predict = Predictor['predict'];

export function openPredictions(
  parts: PredictionParts,
): PredictionDesk & { close(): Promise<void> } {
  const { store, models, artifacts, ingest, door, objections, say } = parts;
  const sessions = createVersionSessions({ artifacts });
  const writer = createDecisionWriter(ingest);
  const told = createTellOnce(say);
  const predictors = new Map<string, Predictor>();
  const closing: (() => Promise<void>)[] = [];

  /** What has been learnt so far is known when it answers for the first time. */
  function begin(model: string): Predict | undefined {
    const learner = learners[model];
    const known = models.model(model);
    if (learner === undefined || known === undefined) return undefined;
    const predictor = new Predictor({
      ...{ store, pipeline: known.pipeline, model, learner, sessions },
      partitionOf: (user) => partitionOfUser(user, door),
      inForce: () => models.inForce(model),
    });
    predictors.set(model, predictor);
    const looking = keepLooking({
      look: () => predictor.look(),
      everyMs,
      onLooked(error) {
        sessions.keep(new Set([...predictors.values()].flatMap((each) => each.files())));
        if (error === undefined) return told.forget(model);
        told.tell(model, `What ${model} has learnt is not brought up to date: ${String(error)}`);
      },
    });
    closing.push(() => looking.close());
    let ready: Promise<void> | undefined;
    return async (rows) => {
      ready ??= looking.alone(() => predictor.look());
      try {
        await ready;
      } catch (error) {
        // Whoever asks next tries again.
        ready = undefined;
        throw error;
      }
      return predictor.predict(rows);
    };
  }

  const begun = new Map<string, Predict>();
  const desk = createPredictionDesk({
    predictorOf(model) {
      const known = begun.get(model) ?? begin(model);
      if (known !== undefined) begun.set(model, known);
      return known;
    },
    writer,
    objections,
    pseudonymOf: (user) => nameOf(door.pseudonyms, user),
    clock: Date.now,
  });
  return {
    ...desk,
    async close() {
      await writer.drain();
      for (const close of closing) await close();
      await sessions.close();
    },
  };
}
