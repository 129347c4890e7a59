/**
 * Calibration by a beta curve: logistic regression on ln p and −ln(1 − p), neither of which may fall.
 *
 * It can be the identity, which a logistic curve over log-odds also can, and bend near 0 and near 1 each in its own way.
 *
 * Source: Kull, Silva Filho & Flach 2017, "Beta calibration", algorithm 1.
 */
import { newtonFit } from '../batch/newtonFit.ts';
import { type Calibration, softplus } from './calibration.ts';
import { checkHeldOut, type HeldOut } from './heldOut.ts';

/** Only so that the system can be solved when all scores are alike. */
const ridge = 1e-9;

/** @throws EngineError TRAINING_IMPOSSIBLE */
export function fitBeta(held: HeldOut): Extract<Calibration, { kind: 'beta' }> {
  checkHeldOut(held);
  const { scores, labels, weights } = held;
  const lower = scores.map((score) => -softplus(-score));
  const upper = scores.map((score) => softplus(score));
  const fit = (columns: Float64Array) =>
    newtonFit({ task: 'binary', columns, labels, weights, ridge });
  const both = new Float64Array(2 * scores.length);
  for (let i = 0; i < scores.length; i += 1) {
    both[2 * i] = lower[i]!;
    both[2 * i + 1] = upper[i]!;
  }
  const { weights: slopes, bias } = fit(both);
  const [a, b] = [slopes[0]!, slopes[1]!];
  if (a >= 0 && b >= 0) return { kind: 'beta', a, b, c: bias };
  // The one that falls is left out; so is the other, should it fall then.
  const one = fit(a < 0 ? upper : lower);
  const slope = Math.max(0, one.weights[0]!);
  const c = slope > 0 ? one.bias : rateOdds(held);
  return a < 0 ? { kind: 'beta', a: 0, b: slope, c } : { kind: 'beta', a: slope, b: 0, c };
}

function rateOdds({ labels, weights }: HeldOut): number {
  let ones = 0;
  let total = 0;
  for (let i = 0; i < labels.length; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    ones += weight * labels[i]!;
    total += weight;
  }
  return Math.log(ones / (total - ones));
}
