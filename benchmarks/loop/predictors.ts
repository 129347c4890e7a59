/** What versions that did not serve would have said of stored examples: their files beside the online learner, row by row. */
import { openSession } from '../../models/scoring/session.ts';
import { combiner } from '../../models/stacking/combiner.ts';
import { logit } from '../../models/stacking/logit.ts';
import type { TrainingSet } from '../../models/training/trainingSet.ts';

export interface SeenExamples {
  readonly set: TrainingSet;
  /** Probabilities of the online learner. */
  readonly online: Float64Array;
}

const scoredAtOnce = 4_096;

/** @param from row at which its combiner begins; NaN before */
export async function asServed(
  file: Uint8Array,
  { set, online }: SeenExamples,
  from: number,
): Promise<Float64Array> {
  const { values, labels, features } = set;
  const width = features.length;
  const served = new Float64Array(labels.length).fill(Number.NaN);
  const state = new Float64Array(combiner.width);
  combiner.start(state, 0);
  const session = await openSession(file, { allowsMissing: true });
  try {
    for (let first = from; first < labels.length; first += scoredAtOnce) {
      const to = Math.min(labels.length, first + scoredAtOnce);
      const bases = await session.score(values.slice(first * width, to * width));
      for (let row = first; row < to; row += 1) {
        const base = logit(bases[row - first]!);
        const own = logit(online[row]!);
        const predicted = combiner.predict(state, 0, base, own);
        served[row] = predicted;
        combiner.learn(state, 0, base, own, predicted, labels[row]!);
      }
    }
  } finally {
    await session.release();
  }
  return served;
}
