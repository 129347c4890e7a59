/**
 * Calibration by a logistic curve over the score.
 *
 * Labels are drawn in a little, by what one more row of each class would say, so that separable scores have a finite slope.
 *
 * Source: Platt 1999, "Probabilistic outputs for support vector machines"; Lin, Lin & Weng 2007 (Newton's method).
 */
import { newtonFit } from '../batch/newtonFit.ts';
import type { Calibration } from './calibration.ts';
import { checkHeldOut, type HeldOut } from './heldOut.ts';

/** Only so that the system can be solved when all scores are alike. */
const ridge = 1e-9;

/** @throws EngineError TRAINING_IMPOSSIBLE */
export function fitPlatt(held: HeldOut): Extract<Calibration, { kind: 'platt' }> {
  checkHeldOut(held);
  const { scores, labels, weights } = held;
  let ones = 0;
  let zeros = 0;
  for (let i = 0; i < labels.length; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (labels[i] === 1) ones += weight;
    else zeros += weight;
  }
  const high = (ones + 1) / (ones + 2);
  const low = 1 / (zeros + 2);
  const targets = labels.map((label) => (label === 1 ? high : low));
  const fit = newtonFit({ task: 'binary', columns: scores, labels: targets, weights, ridge });
  return { kind: 'platt', slope: fit.weights[0]!, offset: fit.bias };
}
