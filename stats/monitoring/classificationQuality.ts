/**
 * How well a classifier decides at a threshold, from labelled predictions counted by score bin: any threshold can be read
 * from one state.
 *
 * Accuracy flatters where one class is common, or where labels follow each other: kappa takes off what chance agrees on,
 * temporal kappa what repeating the label before would get (a stream of electricity prices: 85 %).
 *
 * Source: Matthews 1975; Cohen 1960; Žliobaitė, Bifet, Read, Pfahringer & Holmes 2015 (temporal kappa); Wilson 1927.
 */
import type { Fold } from '../../contracts/fold.ts';
import type { IntervalEstimate } from '../interval.ts';
import type { Scored } from '../prequential.ts';
import { scoreBin } from '../scoreBins.ts';
import { wilson } from '../wilson.ts';
import { type LabelledScoresState, labelledScores, sumOf } from './labelledScores.ts';

export interface ClassificationQualityState {
  scores: LabelledScoresState;
  /** Those whose label before is known, by score bin; the same two counts of them. */
  followed: LabelledScoresState;
  /** Of those, labels that are the one before. */
  repeated: number;
}

export interface Classified extends Scored {
  /** Label before this one, as it was known when this was predicted: 0 or 1; −1 where there is none. */
  previous: number;
}

/** Counts at a threshold. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/** Each is NaN, and its interval [0, 1], where its denominator is 0. */
export interface ClassificationQuality {
  readonly count: number;
  readonly accuracy: IntervalEstimate;
  readonly precision: IntervalEstimate;
  readonly recall: IntervalEstimate;
  readonly specificity: IntervalEstimate;
  readonly f1: number;
  /** Mean of recall and specificity. */
  readonly balancedAccuracy: number;
  /** Matthews' correlation of prediction and label, in [−1, 1]. */
  readonly matthews: number;
  /** In [−1, 1]: 0 is what chance agrees on. */
  readonly kappa: number;
  /** At most 1; 0 is as good as repeating the label before. Of the predictions whose label before is known; NaN when no label changed. */
  readonly temporalKappa: number;
}

export interface ClassificationOptions {
  /** From which on a prediction counts as positive, rounded down to an edge of a score bin, in (0, 1). */
  readonly threshold: number;
  /** Two-sided quantile of the standard normal. */
  readonly quantile: number;
}

export const classificationQuality = {
  initial: () => ({
    scores: labelledScores.initial(),
    followed: labelledScores.initial(),
    repeated: 0,
  }),

  /** @throws RangeError when the probability is outside [0, 1], a label neither 0 nor 1, or `previous` neither nor −1 */
  step(state, classified) {
    const { previous, label } = classified;
    if (previous !== 0 && previous !== 1 && previous !== -1) {
      throw new RangeError(`previous: expected 0, 1 or -1, got ${previous}`);
    }
    labelledScores.step(state.scores, classified);
    if (previous === -1) return;
    labelledScores.step(state.followed, classified);
    if (previous === label) state.repeated += 1;
  },

  read: (state) => (options) => readQuality(state, options),

  merge(state, other) {
    labelledScores.merge(state.scores, other.scores);
    labelledScores.merge(state.followed, other.followed);
    state.repeated += other.repeated;
  },
} satisfies Fold<
  ClassificationQualityState,
  Classified,
  (options: ClassificationOptions) => ClassificationQuality
>;

/** @param threshold as in {@link ClassificationOptions} */
export function confusionAt(
  { positives, negatives }: LabelledScoresState,
  threshold: number,
): Confusion {
  const cut = scoreBin(threshold);
  const truePositives = sumOf(positives.subarray(cut));
  const falsePositives = sumOf(negatives.subarray(cut));
  return {
    truePositives,
    falsePositives,
    trueNegatives: sumOf(negatives) - falsePositives,
    falseNegatives: sumOf(positives) - truePositives,
  };
}

function readQuality(
  { scores, followed, repeated }: ClassificationQualityState,
  { threshold, quantile }: ClassificationOptions,
): ClassificationQuality {
  const confusion = confusionAt(scores, threshold);
  const { truePositives: hits, falsePositives, trueNegatives: passes, falseNegatives } = confusion;
  const count = hits + falsePositives + passes + falseNegatives;
  const ones = hits + falseNegatives;
  const zeros = passes + falsePositives;
  const chosen = hits + falsePositives;
  const spared = passes + falseNegatives;
  const proportion = (successes: number, of: number): IntervalEstimate => ({
    estimate: successes / of, // 0 / 0 is NaN
    ...wilson(successes, of, quantile),
  });
  const byChance = (chosen / count) * (ones / count) + (spared / count) * (zeros / count);
  const own = confusionAt(followed, threshold);
  const judged = sumOf(followed.positives) + sumOf(followed.negatives);
  const missed = own.falsePositives + own.falseNegatives;
  return {
    count,
    accuracy: proportion(hits + passes, count),
    precision: proportion(hits, chosen),
    recall: proportion(hits, ones),
    specificity: proportion(passes, zeros),
    f1: (2 * hits) / (chosen + ones),
    balancedAccuracy: (hits / ones + passes / zeros) / 2,
    // Roots apart: the product of four counts may be beyond exact integers.
    matthews:
      (hits * passes - falsePositives * falseNegatives) /
      (Math.sqrt(chosen * ones) * Math.sqrt(spared * zeros)),
    kappa: ((hits + passes) / count - byChance) / (1 - byChance),
    temporalKappa: judged > repeated ? 1 - missed / (judged - repeated) : NaN,
  };
}
