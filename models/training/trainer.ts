/** A way to make a model of a training set, known by name. */
import type { Parameter } from '../spec.ts';
import type { TrainingControl } from './control.ts';
import type { TrainedModel } from './trainedModel.ts';
import type { TrainingSet } from './trainingSet.ts';

export type TrainerParameters = Readonly<Record<string, number>>;

/** Where a search looks for a parameter. */
export interface Searched {
  readonly range: readonly [number, number];
  /** Evenly over orders of magnitude. */
  readonly isLogarithmic: boolean;
}

export interface Trainer {
  /** Lower-case words and hyphens. */
  readonly name: string;
  readonly summary: string;
  /** Author and year. */
  readonly source: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Parameters that are worth a search, and where. */
  readonly searched: Readonly<Record<string, Searched>>;
  /**
   * The same rows, parameters and seed give the same model.
   *
   * @throws RangeError for a parameter; EngineError TRAINING_IMPOSSIBLE, TRAINING_CANCELLED
   */
  train(
    set: TrainingSet,
    parameters?: TrainerParameters,
    control?: TrainingControl,
  ): TrainedModel & { readonly losses: Float64Array };
}
