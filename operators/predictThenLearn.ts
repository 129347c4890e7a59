/** Predicts each row before learning from it, so that a model's quality is measured on what it has not seen. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, numbersOf } from '../contracts/batch.ts';
import type { Learner } from '../contracts/learner.ts';

/** Entry i is the prediction for row `rows[i]` of the batch; entries at and beyond `length` mean nothing. */
export interface Predictions {
  readonly batch: Batch;
  readonly length: number;
  readonly rows: Int32Array;
  /** Of the version that served, made before the label was learnt, in (0, 1). */
  readonly probabilities: Float64Array;
  /** The learner's own. */
  readonly online: Float64Array;
  /** All that predicted, by their names; the first is the learner by itself. */
  readonly versions: readonly string[];
  /** Which of them served. */
  readonly served: Uint8Array;
  /** 0 or 1. */
  readonly labels: Uint8Array;
  /** What was known of each row then; absent of a learner on whose features nobody can build. */
  readonly examples?: Examples;
  /** By version; NaN where it did not predict. Absent when only the learner did. */
  readonly byVersion?: readonly Float64Array[];
  /** What is compared; absent when nothing is. */
  readonly pairs?: readonly VersionPair[];
}

/** Two versions that predicted the same rows, `from` to before `to`. */
export interface VersionPair {
  readonly from: number;
  readonly to: number;
  /** Places in `versions`. */
  readonly version: number;
  readonly against: number;
  /** Of a release, `<id>:<stage>`; `shadow` of what stands beside. */
  readonly stage: string;
  /** Of users whom `version` serves. */
  readonly share: number;
  /** Of the release's stages in this partition, 1, 2, …; 0 of what stands beside. */
  readonly ordinal: number;
  /** When the stage began, event time, ms. */
  readonly since: number;
}

export interface Examples {
  /** Features of a row. */
  readonly width: number;
  /** Row-major; NaN where one is missing. */
  readonly values: Float32Array;
}

/**
 * Prequential evaluation: for each row predict, then learn, then the next row.
 *
 * ```text
 * labels            --[1 0 NaN]---------|
 * predictThenLearn  --[.5/1 .6/0]-------|      (probability/label)
 * ```
 *
 * Rows whose label is not 0 or 1 (absent, a score, a rating) are neither predicted nor learnt. Synchronous: one value out
 * for each batch in. An error thrown by the learner ends the stream with that error.
 *
 * Source: Dawid 1984 (prequential analysis).
 *
 * @param label numeric column that holds the outcome
 */
export function predictThenLearn(
  learner: Learner,
  { label }: { readonly label: string },
): OperatorFunction<Batch, Predictions> {
  const versions = [learner.version];
  return map((batch) => {
    const values = numbersOf(batch, label);
    const rows = new Int32Array(batch.length);
    const probabilities = new Float64Array(batch.length);
    const labels = new Uint8Array(batch.length);
    const { examples } = learner;
    const width = examples?.names.length ?? 0;
    const known = new Float32Array(batch.length * width);
    const served = new Uint8Array(batch.length);
    let length = 0;
    for (let row = 0; row < batch.length; row += 1) {
      const value = values[row]!;
      if (value !== 0 && value !== 1) continue;
      rows[length] = row;
      probabilities[length] = learner.predict(batch, row);
      labels[length] = value;
      examples?.write(known, length * width);
      learner.learn(batch, row, value);
      length += 1;
    }
    const online = probabilities;
    const made = { batch, length, rows, probabilities, labels, online, versions, served };
    return examples === undefined ? made : { ...made, examples: { width, values: known } };
  });
}
