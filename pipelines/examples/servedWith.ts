/** What was answered for each row, and what the online learner said of it: the one place where examples look at how a model serves. */
import type { Predictions } from '../../operators/predictThenLearn.ts';

export interface ServedWith {
  /** Entry i is of row i of the predictions, as `Predictions.probabilities`. */
  readonly served: Float64Array;
  readonly online: Float64Array;
  /** Version that served the row. */
  version(i: number): string;
}

/** @param own version of the online learner, which serves where nothing else does */
export function servedWith({ probabilities }: Predictions, own: string): ServedWith {
  return { served: probabilities, online: probabilities, version: () => own };
}
