/** What a hash family says of a unit, stage by stage. */
import type { Unit } from '../unit.ts';

export interface Draw {
  /** Hashes a unit; the other two speak of the last one. */
  take(unit: Unit): void;
  /** False when the family itself keeps the unit out of the experiment for good (a namespace). */
  admits(): boolean;
  /**
   * Index of the variant that the unit has by the weights of a stage; −1 when the stage's traffic leaves it out.
   *
   * @param stage from 0
   */
  place(stage: number): number;
  /**
   * Of each stage: the probability of each variant for a unit that is placed by it, as the buckets have it; in a sticky
   * experiment, for a unit that no earlier stage has placed.
   */
  readonly probabilities: readonly (readonly number[])[];
}
