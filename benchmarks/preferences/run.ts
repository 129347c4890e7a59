/** One pass of a model over outcomes, each predicted before it is learnt. */
import { rankAuc } from '../../stats/rankAuc.ts';
import type { Contender } from './models.ts';
import type { Outcome } from './outcomes.ts';

export interface Pass {
  /** Root of the mean squared error, by signal. */
  readonly rmse: readonly number[];
  /** Mean of −ln of the probability of what happened, of outcomes −1 and 1. */
  readonly logLoss: number;
  readonly auc: number;
  readonly predicted: Float64Array;
}

/** Keeps the loss of a wrong prediction finite. */
const probabilityMin = 1e-3;

export function pass(contender: Contender, outcomes: readonly Outcome[], signals: number): Pass {
  const squares = new Float64Array(signals);
  const counts = new Float64Array(signals);
  const predicted = new Float64Array(outcomes.length);
  outcomes.forEach((each, i) => {
    const expected = contender.predict(each);
    predicted[i] = expected;
    squares[each.signal]! += (expected - each.outcome) ** 2;
    counts[each.signal]! += 1;
    contender.learn(each);
  });
  const scored: number[] = [];
  const labels: number[] = [];
  let logLoss = 0;
  // Of the last signal: of the campus whether it was completed, of answers whether they are right.
  outcomes.forEach(({ signal, outcome }, i) => {
    if (signal !== signals - 1) return;
    const yes = Math.min(1 - probabilityMin, Math.max(probabilityMin, (predicted[i]! + 1) / 2));
    logLoss -= Math.log(outcome > 0 ? yes : 1 - yes);
    scored.push(yes);
    labels.push(outcome > 0 ? 1 : 0);
  });
  return {
    rmse: [...squares].map((sum, signal) => Math.sqrt(sum / counts[signal]!)),
    logLoss: logLoss / scored.length,
    auc: rankAuc(Float64Array.from(scored), Uint8Array.from(labels)),
    predicted,
  };
}

/** Root mean squared error of one signal, by outcomes that were known of the user before. */
export function byExperience(
  predicted: Float64Array,
  outcomes: readonly Outcome[],
  signal: number,
  levels: readonly number[],
): number[] {
  const known = new Map<string, number>();
  const squares = new Float64Array(levels.length);
  const counts = new Float64Array(levels.length);
  outcomes.forEach(({ user, outcome, ...each }, i) => {
    const before = known.get(user) ?? 0;
    known.set(user, before + 1);
    if (each.signal !== signal) return;
    const level = levels.findLastIndex((least) => least <= before);
    squares[level]! += (predicted[i]! - outcome) ** 2;
    counts[level]! += 1;
  });
  return [...squares].map((sum, level) => Math.sqrt(sum / counts[level]!));
}
