/** Examples that were selected, as trainers, gates and cards take them. */
import type { TrainingSet } from '../../models/training/trainingSet.ts';

export interface ExampleSet {
  /**
   * The oldest example first; of one time by partition and offset. A weight is how many predictions an example stands for, times its
   * decay, times the weight of its class.
   */
  readonly set: TrainingSet;
  /** How many predictions each stands for: the weights before decay and classes. */
  readonly stands: Float64Array;
  /** When each was predicted, ms since 1970. */
  readonly times: Float64Array;
  /** Probability that was answered. */
  readonly served: Float64Array;
  /** Probability of the online learner by itself. */
  readonly online: Float64Array;
  /** By column: the value of each example, '' where the event had none. */
  readonly slices: ReadonlyMap<string, readonly string[]>;
  /** Examples of one user have one number, from 0 on in the order in which users first appear. Names are not kept. */
  readonly users: Int32Array;
  /** See `snapshotOf`. */
  readonly snapshot: string;
  /** Times of the first and the last example, ms since 1970; NaN when there is none. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Users whose examples were left out because they are not to be learnt from. */
  readonly excludedUsers: number;
  /** What was left out because nothing can be learnt from it, a sentence each. */
  readonly repairs: readonly string[];
}
