/** What a file predicts of many rows, part by part, so that one call never takes long; checked to be predictions. */
import type { Task } from '../../models/training/trainingSet.ts';

/** Rows of one call. */
const part = 4_096;

/**
 * @param score as a session does
 * @param rows  row-major
 * @throws RangeError when it answers with what is no prediction; else as `score`
 */
export async function scoreRows(
  score: (rows: Float32Array) => Promise<Float32Array>,
  rows: Float32Array,
  width: number,
  task: Task,
): Promise<Float64Array> {
  const count = rows.length / width;
  const predictions = new Float64Array(count);
  for (let from = 0; from < count; from += part) {
    const to = Math.min(count, from + part);
    // A copy: what is sent to a thread takes all of its memory along.
    const found = await score(rows.slice(from * width, to * width));
    if (found.length !== to - from) {
      throw new RangeError(`expected ${to - from} predictions, got ${found.length}`);
    }
    for (const [i, prediction] of found.entries()) {
      if (!Number.isFinite(prediction)) {
        throw new RangeError(`the model predicts ${prediction} of example ${from + i}`);
      }
      if (task === 'binary' && !(prediction >= 0 && prediction <= 1)) {
        throw new RangeError(
          `expected a probability of example ${from + i}, got ${prediction}: a score without its link, perhaps`,
        );
      }
      predictions[from + i] = prediction;
    }
  }
  return predictions;
}
