/** What is known of the answers of a campus: when they were given, and how probable it was that each is right. */
import type { Campus } from '../../sources/campus/campus.ts';

export interface AnswerTruth {
  /** Event time, ascending; of one time in the order of arrival. */
  readonly times: Float64Array;
  readonly probabilities: Float64Array;
}

/** @param until arrival, ms since 1970 */
export function answerTruth(campus: Campus, until: number): AnswerTruth {
  const times: number[] = [];
  const probabilities: number[] = [];
  for (const { type, eventTime, probability } of campus.events(campus.start, until)) {
    if (type !== 'answered') continue;
    times.push(eventTime);
    probabilities.push(probability);
  }
  const order = times.map((_, i) => i).sort((a, b) => times[a]! - times[b]! || a - b);
  return {
    times: Float64Array.from(order, (i) => times[i]!),
    probabilities: Float64Array.from(order, (i) => probabilities[i]!),
  };
}

/**
 * Expected log loss beyond what nobody can avoid: the divergence of a prediction from the truth, nats. It has no noise of labels.
 *
 * @param truth     in [0, 1]
 * @param predicted in (0, 1)
 */
export function regretOf(truth: number, predicted: number): number {
  const right = truth > 0 ? truth * Math.log(truth / predicted) : 0;
  const wrong = truth < 1 ? (1 - truth) * Math.log((1 - truth) / (1 - predicted)) : 0;
  return right + wrong;
}
