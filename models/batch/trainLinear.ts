/**
 * Logistic and linear regression with L2, to the optimum: the default champion, and one whose weights can be read.
 *
 * Numeric features are standardized and categorical ones become columns of codes, see `encoding.ts`; λ is for those columns. The same
 * rows give the same bytes.
 *
 * Source: Hoerl & Kennard 1970 (ridge); le Cessie & van Houwelingen 1992 (logistic).
 */
import { EngineError } from '../../contracts/errors.ts';
import { type Parameter, parametersOf } from '../spec.ts';
import type { TrainingControl } from '../training/control.ts';
import type { LinearModel } from '../training/trainedModel.ts';
import { checkTrainingSet, type TrainingSet } from '../training/trainingSet.ts';
import { encodedWidth, encodeRows, fitEncoding } from './encoding.ts';
import { newtonFit } from './newtonFit.ts';

export type LinearParameters = { readonly ridge: number };

export const linearParameters: { readonly [Name in keyof LinearParameters]: Parameter } = {
  ridge: { default: 1, range: [1e-6, 1e9], unit: '', summary: 'L2: pulls weights to zero' },
};

/** Columns, the square of which is computed for each row. */
const columnsMax = 512;

export interface TrainedLinear extends LinearModel {
  readonly losses: Float64Array;
}

/** @throws RangeError for a parameter; EngineError TRAINING_IMPOSSIBLE, TRAINING_CANCELLED */
export function trainLinear(
  set: TrainingSet,
  given: Partial<LinearParameters> = {},
  control: TrainingControl = {},
): TrainedLinear {
  const { ridge } = parametersOf<LinearParameters>(linearParameters, given);
  checkTrainingSet(set);
  const encoding = fitEncoding(set);
  const width = encodedWidth(encoding);
  if (width === 0) throw new EngineError('TRAINING_IMPOSSIBLE', 'no feature varies enough');
  if (width > columnsMax) {
    throw new EngineError(
      'TRAINING_IMPOSSIBLE',
      `${width} columns of features and codes, of which ${columnsMax} are taken: use trees`,
    );
  }
  const columns = encodeRows(encoding, set);
  const { task, labels, weights: rowWeights } = set;
  const fit = newtonFit({ task, columns, labels, weights: rowWeights, ridge }, control);
  return {
    kind: 'linear',
    task,
    encoding,
    weights: fit.weights,
    bias: fit.bias,
    losses: Float64Array.from(fit.losses),
  };
}
