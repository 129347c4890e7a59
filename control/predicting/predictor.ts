/**
 * Predictions on request: features by the folds of the stream, from what it has stored; scored by the version that serves the user.
 *
 * Where a version cannot be had, the online learner by itself predicts, and the answer says so.
 */
import { EngineError } from '../../contracts/errors.ts';
import type { ModelRecord, ServedVersion } from '../../contracts/modelRecord.ts';
import { logit } from '../../models/features.ts';
import { type AskedRow, StoredLearner, type StoredLearnerOptions } from './storedLearner.ts';
import type { VersionSessions } from './versionSessions.ts';

export interface Predicted {
  readonly probability: number;
  /** Version that predicted. */
  readonly version: string;
  /** Why it is not the one that serves the user. */
  readonly fallback: string | undefined;
}

/** What a version's combiner makes of the two logits, in a partition. */
export type Combine = (
  version: string,
  partition: number,
  baseLogit: number,
  onlineLogit: number,
) => number;

export interface PredictorOptions extends StoredLearnerOptions {
  readonly sessions: VersionSessions;
  readonly combine: Combine;
  /** The version that serves a user. */
  readonly serving: (record: ModelRecord, user: string) => ServedVersion;
}

export class Predictor {
  readonly #options: PredictorOptions;
  readonly #learner: StoredLearner;

  constructor(options: PredictorOptions) {
    this.#options = options;
    this.#learner = new StoredLearner(options);
  }

  /** Brings what is learnt up to date. @throws EngineError SINK_UNAVAILABLE */
  look(): Promise<void> {
    return this.#learner.look();
  }

  /**
   * @param record who serves; undefined: the online learner by itself
   * @throws EngineError SINK_UNAVAILABLE
   */
  async predict(record: ModelRecord | undefined, rows: readonly AskedRow[]): Promise<Predicted[]> {
    const { probabilities, width, examples } = await this.#learner.predict(rows);
    return Promise.all(
      rows.map((row, i) =>
        this.#predictRow(
          record,
          row,
          probabilities[i]!,
          examples.subarray(i * width, (i + 1) * width),
        ),
      ),
    );
  }

  async #predictRow(
    record: ModelRecord | undefined,
    { user }: AskedRow,
    online: number,
    features: Float32Array,
  ): Promise<Predicted> {
    const { sessions, combine, partitionOf, serving, onlineVersion } = this.#options;
    const alone = { probability: online, version: onlineVersion, fallback: undefined };
    if (record === undefined) return alone;
    const { version, sha256 } = serving(record, user);
    if (sha256 === null) return { ...alone, version };
    try {
      const base = await sessions.score(sha256, features);
      const combined = combine(version, partitionOf(user), logit(base), logit(online));
      return { probability: combined, version, fallback: undefined };
    } catch (error) {
      if (!(error instanceof EngineError || error instanceof RangeError)) throw error;
      return { ...alone, fallback: `Version ${version} could not predict: ${error.message}` };
    }
  }
}
