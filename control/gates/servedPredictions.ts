/**
 * What a version would have served: its file combined with the online learner, example by example in the order of time, each predicted
 * before its label is learnt.
 */
import { combiner } from '../../models/stacking/combiner.ts';
import { logit } from '../../models/stacking/logit.ts';
import type { Holdout } from './gateInput.ts';

/**
 * Of a regression the file's own predictions: there is nothing to combine.
 *
 * @param own what the file predicts
 */
export function servedPredictions(
  own: Float64Array,
  { set, online, times }: Pick<Holdout, 'set' | 'online' | 'times'>,
): Float64Array {
  if (set.task !== 'binary') return own;
  const order = Uint32Array.from(own, (_, row) => row);
  // Stable: examples of one time stay as they are.
  order.sort((a, b) => times[a]! - times[b]! || a - b);
  const state = new Float64Array(combiner.width);
  combiner.start(state, 0);
  const served = new Float64Array(own.length);
  for (const row of order) {
    const base = logit(own[row]!);
    const beside = logit(online[row]!);
    const predicted = combiner.predict(state, 0, base, beside);
    served[row] = predicted;
    combiner.learn(state, 0, base, beside, predicted, set.labels[row]!);
  }
  return served;
}
