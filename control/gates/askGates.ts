/** Asks the gates of what a run has made: files out of the store, the champion's in a session of its own. */
import type { ArtifactStore } from '../../contracts/artifactStore.ts';
import { EngineError } from '../../contracts/errors.ts';
import { readGolden } from '../../models/scoring/goldenRows.ts';
import { startSession } from '../../models/scoring/startSession.ts';
import type { KnownModel, ModelRegistry } from '../registry/modelRegistry.ts';
import type { GateRequest, JudgeGates } from '../retraining/steps/runStep.ts';
import type { Champion, GoldenSample, OpenSession } from './gateInput.ts';
import { judgeGates } from './judgeGates.ts';

export interface AskGatesOptions {
  readonly registry: Pick<ModelRegistry, 'model'>;
  readonly artifacts: Pick<ArtifactStore, 'get'>;
  /** Columns of slices whose values are groups of people that are protected. */
  readonly groups?: readonly string[];
  readonly clock?: () => number;
  /** In a thread that is thrown away. */
  readonly openSession?: OpenSession;
}

/** Models with missing values know what to make of them. */
const allowsMissing = true;

export function createAskGates({
  registry,
  artifacts,
  groups = [],
  clock = Date.now,
  openSession = (bytes, options) => startSession(bytes, options),
}: AskGatesOptions): JudgeGates {
  return async ({ model, plan, artifact, golden, holdout }: GateRequest) => {
    const known = registry.model(model);
    if (known === undefined) {
      throw new RangeError(`model: expected one that is known, got ${model}`);
    }
    const bytes = await artifacts.get(artifact.sha256);
    const sample = golden === null ? null : goldenOf(await artifacts.get(golden.sha256));
    const { champion, close } = await openChampion(known);
    try {
      return await judgeGates({
        ...{ model: known, plan, champion, holdout, groups, clock, openSession },
        candidate: { bytes, golden: sample },
      });
    } finally {
      await close();
    }
  };

  /** One that cannot be opened is told when it is asked: the gates say so. */
  async function openChampion(
    known: KnownModel,
  ): Promise<{ champion: Champion | null; close(): Promise<void> }> {
    const { version, sha256 } = known.serving.champion;
    if (sha256 === null) return { champion: null, close: async () => undefined };
    try {
      const session = await openSession(await artifacts.get(sha256), { allowsMissing });
      return {
        champion: { version, score: (rows) => session.score(rows) },
        close: () => session.release(),
      };
    } catch (error) {
      if (!(error instanceof EngineError) || error.code === 'ARTIFACT_UNAVAILABLE') throw error;
      const score = async () => Promise.reject(error);
      return { champion: { version, score }, close: async () => undefined };
    }
  }
}

function goldenOf(bytes: Uint8Array): GoldenSample {
  const { values, predictions } = readGolden(bytes);
  return { rows: values, predictions };
}
