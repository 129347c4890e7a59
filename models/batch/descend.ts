/**
 * Training by small batches in a random order, epoch by epoch, until the latest rows say that it gets no better.
 *
 * The parameters of the best epoch are kept. The same rows, parameters and seed give the same result.
 */
import { EngineError } from '../../contracts/errors.ts';
import { below, type RandomState } from '../../stats/random.ts';
import { type TrainingControl, throwIfCancelled } from '../training/control.ts';
import { adam } from './adam.ts';

export interface Descent {
  /** At first; changed in place. */
  readonly parameters: Float64Array;
  /** 1 for a parameter that is pulled to zero. */
  readonly decays: Uint8Array;
  /** Rows to learn from. */
  readonly rows: number;
  /** Adds the gradient of a row's loss, by its weight. */
  addGradient(row: number, parameters: Float64Array, gradient: Float64Array): void;
  /** Mean loss of the rows that were kept aside, else of the training rows. */
  judge(parameters: Float64Array): number;
  /** Mean weight of a row. */
  readonly weight: number;
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
  descent: Descent,
  rules: DescentRules,
  random: RandomState,
  control: TrainingControl,
): Float64Array {
  const { parameters, decays, rows } = descent;
  const optimizer = adam(parameters.length, rules.rate, rules.decay);
  const gradient = new Float64Array(parameters.length);
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  const losses: number[] = [];
  let best = parameters.slice();
  let bestAt = -1;
  for (let epoch = 0; epoch < rules.epochs; epoch += 1) {
    shuffle(order, random);
    for (let start = 0; start < rows; start += rules.batch) {
      throwIfCancelled(control);
      const end = Math.min(rows, start + rules.batch);
      gradient.fill(0);
      for (let i = start; i < end; i += 1) descent.addGradient(order[i]!, parameters, gradient);
      const scale = 1 / ((end - start) * descent.weight);
      for (let i = 0; i < gradient.length; i += 1) gradient[i]! *= scale;
      optimizer.step(parameters, gradient, decays);
    }
    const loss = descent.judge(parameters);
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
