/**
 * The files that a partition runs: opened when a record names them, let go when none does any more.
 *
 * One that cannot be had or fails is told of once, and asked for again with the next record or at a restart; until then it predicts
 * nothing. This is the only thing here that the log does not determine.
 */
import { EngineError } from '../../contracts/errors.ts';
import type { PipelineSurroundings } from '../../contracts/pipeline.ts';
import type { FiledVersion, PreparedModel } from './preparedModel.ts';

export interface HeldVersionsOptions extends PipelineSurroundings {
  readonly model: string;
  /** Of the features that are written here: versions of others read something else. */
  readonly featureVersion: string;
  /** Features of a row. */
  readonly width: number;
  readonly partition: number;
}

export class HeldVersions {
  readonly #options: HeldVersionsOptions;
  /** By version; undefined of one that cannot predict. */
  #held = new Map<string, { readonly sha256: string } | undefined>();
  #record: PreparedModel | undefined;

  constructor(options: HeldVersionsOptions) {
    this.#options = options;
  }

  /** The files that another record names; those of both stay open. */
  turnTo(record: PreparedModel): void {
    if (record === this.#record) return;
    this.#record = record;
    const before = this.#held;
    this.#held = new Map();
    for (const filed of record.filed) {
      const known = before.get(filed.version);
      if (known?.sha256 === filed.sha256) before.delete(filed.version);
      this.#held.set(filed.version, known?.sha256 === filed.sha256 ? known : this.#open(filed));
    }
    for (const left of before.values()) this.#release(left);
  }

  /** @returns undefined when the version cannot predict them */
  score(version: string, rows: Float32Array): Float32Array | undefined {
    const held = this.#held.get(version);
    if (held === undefined) return undefined;
    try {
      return this.#options.scorer!.score(held.sha256, rows);
    } catch (error) {
      this.#tell(version, error);
      this.#release(held);
      this.#held.set(version, undefined);
      return undefined;
    }
  }

  close(): void {
    for (const held of this.#held.values()) this.#release(held);
    this.#held.clear();
    this.#record = undefined;
  }

  #open(filed: FiledVersion): { readonly sha256: string } | undefined {
    const { scorer, width, featureVersion } = this.#options;
    const { version, sha256 } = filed;
    try {
      if (scorer === undefined) refuse('nothing here runs files');
      if (version.split('.')[0] !== featureVersion) refuse(`features are of ${featureVersion}`);
      if (filed.width !== width) {
        refuse(`it reads ${filed.width} features, of which there are ${width}`);
      }
      scorer.open(sha256, width);
      return { sha256 };
    } catch (error) {
      this.#tell(version, error);
      return undefined;
    }
  }

  #release(held: { readonly sha256: string } | undefined): void {
    if (held !== undefined) this.#options.scorer!.release(held.sha256);
  }

  /** @throws an error that is our own mistake */
  #tell(version: string, error: unknown): void {
    if (!(error instanceof EngineError)) throw error;
    const { model, partition, onProblem } = this.#options;
    onProblem?.(
      `Version ${version} of ${model} does not predict in partition ${partition}, the online learner serves in its place: ` +
        `${error.code}: ${error.message}`,
    );
  }
}

function refuse(reason: string): never {
  throw new EngineError('MODEL_UNUSABLE', reason);
}
