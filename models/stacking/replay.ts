/** What a combiner would have predicted of a stream, row by row: each label is learnt after its prediction. */
import type { Combiner } from './combiner.ts';

export interface CombinerRows {
  /** Log-odds of the batch model; NaN where it gave none. */
  readonly base: ArrayLike<number>;
  /** Log-odds of the online learner when it had not learnt the row. */
  readonly online: ArrayLike<number>;
  /** 0 or 1; NaN where none came: predicted and not learnt. */
  readonly labels: ArrayLike<number>;
}

/**
 * @param state of the combiner, which is changed; without it a new one
 * @returns probabilities in (0, 1), one for each row
 * @throws RangeError when the lengths differ, or for a label that is neither 0, 1 nor NaN
 */
export function replay(
  combiner: Combiner,
  { base, online, labels }: CombinerRows,
  state: Float64Array = startOf(combiner),
): Float64Array {
  const { length } = labels;
  if (base.length !== length) throw new RangeError(`base: expected ${length}, got ${base.length}`);
  if (online.length !== length) {
    throw new RangeError(`online: expected ${length}, got ${online.length}`);
  }
  const probabilities = new Float64Array(length);
  for (let row = 0; row < length; row += 1) {
    const predicted = combiner.predict(state, 0, base[row]!, online[row]!);
    probabilities[row] = predicted;
    const label = labels[row]!;
    if (Number.isNaN(label)) continue;
    if (label !== 0 && label !== 1) {
      throw new RangeError(`label of row ${row}: expected 0, 1 or NaN, got ${label}`);
    }
    combiner.learn(state, 0, base[row]!, online[row]!, predicted, label);
  }
  return probabilities;
}

function startOf(combiner: Combiner): Float64Array {
  const state = new Float64Array(combiner.width);
  combiner.start(state, 0);
  return state;
}
