/** Scores and labels of rows that a model has not learnt from: what calibrations are fitted to. */
import { EngineError } from '../../contracts/errors.ts';

export interface HeldOut {
  /** Log-odds, finite. */
  readonly scores: Float64Array;
  /** 0 or 1. */
  readonly labels: Float64Array;
  readonly weights?: Float64Array | undefined;
}

/** @throws EngineError TRAINING_IMPOSSIBLE when there are not both classes, or something is no number */
export function checkHeldOut({ scores, labels, weights }: HeldOut): void {
  const refuse = (reason: string): never => {
    throw new EngineError('TRAINING_IMPOSSIBLE', `calibration: ${reason}`);
  };
  if (scores.length !== labels.length) {
    refuse(`expected ${labels.length} scores, got ${scores.length}`);
  }
  let ones = 0;
  let zeros = 0;
  for (let i = 0; i < labels.length; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (!Number.isFinite(scores[i]!)) refuse(`score of row ${i}: got ${scores[i]}`);
    if (!(weight >= 0 && weight < Infinity)) refuse(`weight of row ${i}: got ${weight}`);
    if (labels[i] === 1) ones += weight;
    else if (labels[i] === 0) zeros += weight;
    else refuse(`label of row ${i}: expected 0 or 1, got ${labels[i]}`);
  }
  if (!(ones > 0 && zeros > 0)) refuse('rows of both classes are needed');
}
