/** Whether the runtime predicts what the trainer's own model does: asked after every export, with rows that are kept. */
import type { RowScore } from '../training/trainedModel.ts';
import type { ScoringSession } from './session.ts';

/** Rows of one call. */
const batch = 1_024;

/**
 * @param predict the reference, from `predictRow`
 * @param rows    row-major, as the session takes them
 * @returns the largest difference of a prediction; 0 of no rows
 * @throws RangeError, EngineError MODEL_UNUSABLE as the session does
 */
export async function maxDifference(
  session: ScoringSession,
  predict: RowScore,
  rows: Float32Array,
): Promise<number> {
  const { width } = session.signature;
  let worst = 0;
  for (let from = 0; from < rows.length; from += batch * width) {
    const part = rows.subarray(from, from + batch * width);
    for (const [row, found] of (await session.score(part)).entries()) {
      const difference = Math.abs(found - predict(part, row * width));
      // A reference that is no number agrees with nothing.
      worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference);
    }
  }
  return worst;
}
