/** Examples to learn from, and what must hold of them before a trainer looks at them. */
import { EngineError } from '../../contracts/errors.ts';

/** `binary`: the label is 0 or 1, the prediction a probability. `regression`: both are numbers. */
export type Task = 'binary' | 'regression';

export interface TrainingFeature {
  readonly name: string;
  /** Values of a categorical one are codes: whole numbers from 0 on, below 2²⁴. */
  readonly kind: 'numeric' | 'categorical';
  /** The prediction may only rise (1) or only fall (−1) with it; only trees of numeric features heed it. */
  readonly monotone?: -1 | 0 | 1;
}

export interface TrainingSet {
  readonly task: Task;
  readonly features: readonly TrainingFeature[];
  /**
   * Row-major, rows × features, the oldest row first; NaN where a value is missing. In the precision of ONNX, so that what is
   * learnt is what is served.
   */
  readonly values: Float32Array;
  readonly labels: Float64Array;
  /** How much each row counts, ≥ 0; without it each counts once. */
  readonly weights?: Float64Array;
}

/** First code that is not exact in float32. */
const codesMax = 2 ** 24;

/** Largest label: predictions are float32, and squares must not overflow. */
const labelMax = 1e30;

/** @throws EngineError TRAINING_IMPOSSIBLE with the reason, when nothing can be learnt from the set */
export function checkTrainingSet(set: TrainingSet): void {
  const { task, features, values, labels, weights } = set;
  const rows = labels.length;
  const refuse = (reason: string): never => {
    throw new EngineError('TRAINING_IMPOSSIBLE', reason);
  };
  if (rows === 0) refuse('the training set has no rows');
  if (features.length === 0) refuse('the training set has no features');
  if (values.length !== rows * features.length) {
    refuse(`values: expected ${rows} × ${features.length} numbers, got ${values.length}`);
  }
  if (weights !== undefined && weights.length !== rows) {
    refuse(`weights: expected ${rows}, got ${weights.length}`);
  }
  let total = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let row = 0; row < rows; row += 1) {
    const label = labels[row]!;
    const weight = weights === undefined ? 1 : weights[row]!;
    if (!(weight >= 0 && weight < Infinity)) refuse(`weight of row ${row}: got ${weight}`);
    if (!(Math.abs(label) <= labelMax)) {
      refuse(`label of row ${row}: expected a number of at most 1e30, got ${label}`);
    }
    if (task === 'binary' && label !== 0 && label !== 1) {
      refuse(`label of row ${row}: expected 0 or 1, got ${label}`);
    }
    total += weight;
    if (weight === 0) continue;
    low = Math.min(low, label);
    high = Math.max(high, label);
  }
  if (!(total > 0)) refuse('all rows have the weight 0');
  if (low === high) {
    refuse(
      task === 'binary' ? `the training set has one class: ${low}` : `all labels are alike: ${low}`,
    );
  }
  if (!checkValues(set, refuse)) refuse('every feature is constant');
}

/** Whether a feature takes more than one value; missing is one. */
function checkValues(set: TrainingSet, refuse: (reason: string) => never): boolean {
  const { values, features } = set;
  const isCategorical = features.map(({ kind }) => kind === 'categorical');
  const width = features.length;
  let varies = false;
  for (let at = 0, column = 0; at < values.length; at += 1, column += 1) {
    if (column === width) column = 0;
    const value = values[at]!;
    const first = values[column]!;
    if (Number.isNaN(value)) {
      varies ||= !Number.isNaN(first);
      continue;
    }
    varies ||= value !== first;
    const isSound = isCategorical[column]!
      ? Number.isInteger(value) && value >= 0 && value < codesMax
      : value - value === 0;
    if (isSound) continue;
    const wanted = isCategorical[column]! ? 'a whole number in [0, 2^24)' : 'finite or missing';
    refuse(
      `${features[column]!.name}, row ${(at - column) / width}: expected ${wanted}, got ${value}`,
    );
  }
  return varies;
}

/** Rows from `from` to before `to`, in the same memory. */
export function rowsOf(set: TrainingSet, from: number, to: number): TrainingSet {
  const width = set.features.length;
  return {
    ...set,
    values: set.values.subarray(from * width, to * width),
    labels: set.labels.subarray(from, to),
    ...(set.weights === undefined ? {} : { weights: set.weights.subarray(from, to) }),
  };
}
