/**
 * The figures by which a classifier is judged, from counts by score bin, and how each changes with the number of positives
 * in a bin.
 *
 * Counts of positives may be expected ones and so no integers: then these are the estimates of confidence-based performance
 * estimation, and the slopes carry the variance of the positives over to the figures (delta method). Scores of a bin
 * count as their mean: a bin is 1/32 of a logit wide.
 *
 * Source: Hanley & McNeil 1982 (AUC as ordered pairs); NannyML, "Confidence-based performance estimation" (expected counts).
 */
import { binnedAuc } from '../scoreBins.ts';

/** By score bin, all of the same length. */
export interface BinnedPositives {
  /** Predictions, integers ≥ 0. */
  readonly counts: ArrayLike<number>;
  /** Those with label 1, in [0, count]. */
  readonly positives: ArrayLike<number>;
  /** Mean predicted probability of each bin; in (0, 1) where there are predictions. */
  readonly scores: ArrayLike<number>;
}

export const performanceNames = [
  'accuracy',
  'precision',
  'recall',
  'f1',
  'auc',
  'logLoss',
  'brier',
] as const;

export type PerformanceName = (typeof performanceNames)[number];
export type Performance = Readonly<Record<PerformanceName, number>>;

interface Totals {
  readonly count: number;
  readonly positives: number;
  /** Predictions from the cut on, and the positives among them. */
  readonly chosen: number;
  readonly hits: number;
}

function totalsOf({ counts, positives }: BinnedPositives, cut: number): Totals {
  const totals = { count: 0, positives: 0, chosen: 0, hits: 0 };
  for (let bin = 0; bin < counts.length; bin += 1) {
    totals.count += counts[bin]!;
    totals.positives += positives[bin]!;
    if (bin < cut) continue;
    totals.chosen += counts[bin]!;
    totals.hits += positives[bin]!;
  }
  return totals;
}

/**
 * @param cut first bin whose predictions count as positive
 * @returns each NaN where its denominator is 0
 */
export function binaryPerformance(binned: BinnedPositives, cut: number): Performance {
  const { counts, positives, scores } = binned;
  const { count, positives: ones, chosen, hits } = totalsOf(binned, cut);
  const negatives = new Float64Array(counts.length);
  let logLoss = 0;
  let brier = 0;
  for (let bin = 0; bin < counts.length; bin += 1) {
    const yes = positives[bin]!;
    const no = counts[bin]! - yes;
    negatives[bin] = no;
    if (counts[bin] === 0) continue;
    const score = scores[bin]!;
    logLoss -= yes * Math.log(score) + no * Math.log1p(-score);
    brier += yes * (1 - score) * (1 - score) + no * score * score;
  }
  return {
    accuracy: (count - chosen - ones + 2 * hits) / count,
    precision: hits / chosen,
    recall: hits / ones,
    f1: (2 * hits) / (chosen + ones),
    auc: binnedAuc(positives, negatives),
    logLoss: logLoss / count,
    brier: brier / count,
  };
}

/**
 * The derivative of each figure by the positives of each bin, the counts of predictions fixed.
 *
 * @param cut as in {@link binaryPerformance}
 */
export function performanceSlopes(
  binned: BinnedPositives,
  cut: number,
): Readonly<Record<PerformanceName, Float64Array>> {
  const { counts, positives, scores } = binned;
  const { count, positives: ones, chosen, hits } = totalsOf(binned, cut);
  const zeros = count - ones;
  const slopes = () => new Float64Array(counts.length);
  const accuracy = slopes();
  const precision = slopes();
  const recall = slopes();
  const f1 = slopes();
  const auc = slopes();
  const logLoss = slopes();
  const brier = slopes();
  const area = binaryPerformance(binned, cut).auc;
  let onesBelow = 0;
  let zerosBelow = 0;
  for (let bin = 0; bin < counts.length; bin += 1) {
    const isChosen = bin >= cut ? 1 : 0;
    const yes = positives[bin]!;
    const no = counts[bin]! - yes;
    accuracy[bin] = (2 * isChosen - 1) / count;
    precision[bin] = isChosen / chosen;
    recall[bin] = (isChosen - hits / ones) / ones;
    f1[bin] = (2 * isChosen - (2 * hits) / (chosen + ones)) / (chosen + ones);
    const ordered = zerosBelow + no / 2 - (ones - onesBelow - yes / 2);
    auc[bin] = (ordered - area * (zeros - ones)) / (ones * zeros);
    onesBelow += yes;
    zerosBelow += no;
    if (counts[bin] === 0) continue;
    const score = scores[bin]!;
    logLoss[bin] = (Math.log1p(-score) - Math.log(score)) / count;
    brier[bin] = (1 - 2 * score) / count;
  }
  return { accuracy, precision, recall, f1, auc, logLoss, brier };
}
