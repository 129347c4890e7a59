/** What the gates are told of a model, a version that asks to be released, and the examples on which it is judged. */
import type { GatePlan } from '../../contracts/modelPlan.ts';
import type { ScoringSession } from '../../models/scoring/session.ts';
import type { ThreadOptions } from '../../models/scoring/startSession.ts';
import type { TrainingSet } from '../../models/training/trainingSet.ts';
import type { KnownModel } from '../registry/modelRegistry.ts';

export type GatedModel = Pick<KnownModel, 'task' | 'features' | 'featureVersion'>;

/** Rows of which it is known what the trainer's own model predicts. */
export interface GoldenSample {
  /** Row-major. */
  readonly rows: Float32Array;
  readonly predictions: Float64Array;
}

export interface Candidate {
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  readonly golden: GoldenSample | null;
}

export interface Champion {
  readonly version: string;
  /** @returns what its file predicts of rows, row-major */
  score(rows: Float32Array): Promise<Float32Array>;
}

/** The latest examples; nobody was trained on them. All are in one order, that of `set`. */
export interface Holdout {
  readonly set: TrainingSet;
  /** What the online learner predicted, before it knew the label. */
  readonly online: Float64Array;
  /** What was served. */
  readonly served: Float64Array;
  /** By column, the value of each row; '' where it has none. */
  readonly slices: ReadonlyMap<string, readonly string[]>;
  /** Number of the user of each row. */
  readonly users: Int32Array;
  /** ms since 1970. */
  readonly times: Float64Array;
}

/** A session in a thread that is thrown away afterwards, as `startSession` opens it. */
export type OpenSession = (bytes: Uint8Array, options: ThreadOptions) => Promise<ScoringSession>;

export interface GateInput {
  readonly model: GatedModel;
  readonly plan: GatePlan;
  readonly candidate: Candidate;
  /** null: the online learner by itself. */
  readonly champion: Champion | null;
  readonly holdout: Holdout;
  /** Columns of `slices` whose values are groups of people that are protected. */
  readonly groups: readonly string[];
  /** ms since 1970. */
  readonly clock: () => number;
  readonly openSession: OpenSession;
}
