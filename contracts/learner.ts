/** An online model: predicts a row before it learns from it. */
import type { Batch } from './batch.ts';

/** Features of a row as numbers, so that other models can be trained on what was known when it was predicted. */
export interface ExampleFeatures {
  readonly names: readonly string[];
  /**
   * Writes the features of the row that was predicted last, as they were then: NaN where one is missing. Called between
   * `predict` and `learn`.
   */
  write(into: Float32Array, at: number): void;
}

export interface Learner {
  /** Name under which predictions and quality are stored. */
  readonly name: string;
  /** Version of the features and of the algorithm, so that two of them are never mixed. */
  readonly version: string;
  /** Absent of a learner that others cannot build on. */
  readonly examples?: ExampleFeatures;
  /**
   * Probability in (0, 1) that the row's outcome is 1. Reads the state as it was before this row and remembers the row's
   * features for `learn`.
   */
  predict(batch: Batch, row: number): number;
  /**
   * Learns from the row that was predicted last.
   *
   * @param label 0 or 1
   */
  learn(batch: Batch, row: number, label: number): void;
}
