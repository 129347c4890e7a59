/**
 * Predictions of one model on request: features by the folds of the stream, from what it has stored; scored by the version that
 * serves the user, combined with the online learner as in the stream.
 *
 * Where a version cannot be had, the online learner by itself predicts, and the answer says so.
 */
import { EngineError } from '../../contracts/errors.ts';
import type { ModelRecord, ServedVersion } from '../../contracts/modelRecord.ts';
import { isDrawn, type ReleaseDraw, releaseDraw } from '../../models/assignment/releaseDraw.ts';
import { emptyUnit, takeUnit } from '../../models/assignment/unit.ts';
import { combiner } from '../../models/stacking/combiner.ts';
import { logit } from '../../models/stacking/logit.ts';
import { type AskedRow, StoredLearner, type StoredLearnerOptions } from './storedLearner.ts';
import type { VersionSessions } from './versionSessions.ts';

export interface Predicted {
  readonly probability: number;
  /** Version that predicted. */
  readonly version: string;
  /** Why it is not the one that serves the user. */
  readonly fallback: string | undefined;
}

export interface PredictorOptions extends StoredLearnerOptions {
  readonly sessions: VersionSessions;
  /** Who predicts; undefined: the online learner by itself. The same object until it changes. */
  inForce(): ModelRecord | undefined;
}

interface Serving {
  readonly record: ModelRecord;
  readonly draw: ReleaseDraw | undefined;
}

export class Predictor {
  readonly #options: PredictorOptions;
  readonly #learner: StoredLearner;
  readonly #unit = emptyUnit();
  /** A combiner that has learnt nothing. */
  readonly #fresh = new Float64Array(combiner.width);
  #serving: Serving | undefined;

  constructor(options: PredictorOptions) {
    this.#options = options;
    this.#learner = new StoredLearner(options);
    combiner.start(this.#fresh, 0);
  }

  /** Brings what is learnt up to date. @throws EngineError SINK_UNAVAILABLE */
  look(): Promise<void> {
    return this.#learner.look();
  }

  /** Files of the versions that predict. */
  files(): string[] {
    const record = this.#options.inForce();
    if (record === undefined) return [];
    const { champion, release } = record;
    const versions = release === null ? [champion] : [champion, release.version];
    return versions.flatMap(({ sha256 }) => sha256 ?? []);
  }

  /** @throws EngineError SINK_UNAVAILABLE */
  async predict(rows: readonly AskedRow[]): Promise<Predicted[]> {
    const { probabilities, width, examples } = await this.#learner.predict(rows);
    return Promise.all(
      rows.map((row, i) => {
        const features = examples.subarray(i * width, (i + 1) * width);
        return this.#predictRow(row, probabilities[i]!, features);
      }),
    );
  }

  async #predictRow(
    { user, asked = user }: AskedRow,
    online: number,
    features: Float32Array,
  ): Promise<Predicted> {
    const { sessions, learner } = this.#options;
    const own = { probability: online, version: learner.version, fallback: undefined };
    const { version, sha256 } = this.#servedTo(user) ?? { version: own.version, sha256: null };
    if (sha256 === null) return { ...own, version };
    try {
      const base = logit(await sessions.score(sha256, features));
      const learnt = this.#learner.combiner(asked, version) ?? this.#fresh;
      const probability = combiner.predict(learnt, 0, base, logit(online));
      return { probability, version, fallback: undefined };
    } catch (error) {
      if (!(error instanceof EngineError || error instanceof RangeError)) throw error;
      return { ...own, fallback: `Version ${version} could not predict: ${error.message}` };
    }
  }

  #servedTo(user: string): ServedVersion | undefined {
    const record = this.#options.inForce();
    if (record === undefined) return undefined;
    const { champion, release } = record;
    if (this.#serving?.record !== record) {
      const draw = release === null ? undefined : releaseDraw(release);
      this.#serving = { record, draw };
    }
    const { draw } = this.#serving;
    if (release === null || draw === undefined) return champion;
    takeUnit(this.#unit, user);
    return isDrawn(draw, this.#unit) ? release.version : champion;
  }
}
