/**
 * Training by small batches in a random order, epoch by epoch, until the latest rows say that it gets no better.
 *
 * The parameters of the best epoch are kept. The same rows, parameters and seed give the same result.
 */
import { EngineError } from '../../contracts/errors.ts';
import { below, type RandomState } from '../../stats/random.ts';
import { type TrainingControl, throwIfCancelled } from '../training/control.ts';
import { objectives } from '../training/objective.ts';
import { adam } from './adam.ts';
import type { Passes } from './passes.ts';
import type { PreparedRows } from './preparedRows.ts';

export interface Start {
  /** At first; changed in place. */
  readonly parameters: Float64Array;
  /** 1 for a parameter that is pulled to zero. */
  readonly decays: Uint8Array;
}

export interface DescentRules {
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly decay: number;
  readonly patience: number;
}

/**
 * @returns the loss after each epoch
 * @throws EngineError TRAINING_IMPOSSIBLE when the loss is no number any more, TRAINING_CANCELLED
 */
export function descend(
  rows: PreparedRows,
  passes: Passes,
  { parameters, decays }: Start,
  rules: DescentRules,
  random: RandomState,
  control: TrainingControl,
): Float64Array {
  const { learnt, columns, width } = rows;
  const { labels, weights } = learnt;
  const { derivatives } = objectives[learnt.task];
  const one = { score: new Float64Array(1), label: new Float64Array(1), into: new Float64Array(2) };
  const addGradient = (row: number): void => {
    one.score[0] = passes.forward(parameters, columns, row * width);
    one.label[0] = rows.label(row);
    derivatives(one.score, one.label, undefined, one.into);
    passes.backward(
      parameters,
      gradient,
      one.into[0]! * (weights === undefined ? 1 : weights[row]!),
    );
  };
  const optimizer = adam(parameters.length, rules.rate, rules.decay);
  const gradient = new Float64Array(parameters.length);
  const order = Uint32Array.from({ length: labels.length }, (_, row) => row);
  const losses: number[] = [];
  let best = parameters.slice();
  let bestAt = -1;
  for (let epoch = 0; epoch < rules.epochs; epoch += 1) {
    shuffle(order, random);
    for (let start = 0; start < labels.length; start += rules.batch) {
      throwIfCancelled(control);
      const end = Math.min(labels.length, start + rules.batch);
      gradient.fill(0);
      for (let i = start; i < end; i += 1) addGradient(order[i]!);
      const scale = 1 / ((end - start) * rows.meanWeight);
      for (let i = 0; i < gradient.length; i += 1) gradient[i]! *= scale;
      optimizer.step(parameters, gradient, decays);
    }
    const loss = rows.judge((from, at) => passes.forward(parameters, from, at));
    if (!Number.isFinite(loss)) {
      throw new EngineError('TRAINING_IMPOSSIBLE', `the loss is ${loss}: take a lower rate`);
    }
    losses.push(loss);
    control.onProgress?.({ round: epoch + 1, rounds: rules.epochs, loss });
    if (bestAt < 0 || loss < losses[bestAt]!) {
      bestAt = epoch;
      best = parameters.slice();
    } else if (epoch - bestAt >= rules.patience) {
      break;
    }
  }
  parameters.set(best);
  return Float64Array.from(losses);
}

/** Source: Fisher & Yates; Durstenfeld 1964. */
function shuffle(order: Uint32Array, random: RandomState): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = below(random, i + 1);
    const moved = order[i]!;
    order[i] = order[j]!;
    order[j] = moved;
  }
}
