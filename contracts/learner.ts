/** An online model: predicts a row before it learns from it. */
import type { Batch } from './batch.ts';

export interface Learner {
  /** Name under which predictions and quality are stored. */
  readonly name: string;
  /** Version of the features and of the algorithm, so that two of them are never mixed. */
  readonly version: string;
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
