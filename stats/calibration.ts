/**
 * Whether probabilities mean what they say: predicted against observed rates, in groups of nearly equal count.
 *
 * Groups are runs of neighbouring score bins, closed once they hold their share of the predictions; a bin is never split.
 * Source: Naeini, Cooper & Hauskrecht 2015 (expected calibration error); DeGroot & Fienberg 1983 (reliability curve).
 */
import { wilson } from './wilson.ts';

/** Groups when there are predictions enough. */
export const calibrationGroups = 20;

/** Counts by score bin; all of the same length. */
export interface BinnedPredictions {
  readonly positives: ArrayLike<number>;
  readonly negatives: ArrayLike<number>;
  /** Sum of the predicted probabilities in each bin. */
  readonly predicted: ArrayLike<number>;
}

export interface CalibrationPoint {
  /** Mean predicted probability of the group. */
  readonly predicted: number;
  /** Share of positives in the group. */
  readonly observed: number;
  readonly count: number;
  /** Wilson 95 % interval of `observed`. */
  readonly lower: number;
  readonly upper: number;
}

/** The reliability curve: at most `groups` points in ascending order of the prediction; empty without predictions. */
export function calibrationCurve(
  { positives, negatives, predicted }: BinnedPredictions,
  groups = calibrationGroups,
): CalibrationPoint[] {
  let total = 0;
  for (let bin = 0; bin < positives.length; bin += 1) total += positives[bin]! + negatives[bin]!;
  const points: CalibrationPoint[] = [];
  let seen = 0;
  let count = 0;
  let hits = 0;
  let sum = 0;
  for (let bin = 0; bin < positives.length; bin += 1) {
    count += positives[bin]! + negatives[bin]!;
    hits += positives[bin]!;
    sum += predicted[bin]!;
    if (count === 0 || seen + count < ((points.length + 1) * total) / groups) continue;
    points.push({
      predicted: sum / count,
      observed: hits / count,
      count,
      ...wilson(hits, count),
    });
    seen += count;
    count = hits = sum = 0;
  }
  return points;
}

/** Mean distance between predicted and observed rate over the groups, weighed by count; NaN without predictions. */
export function calibrationError(binned: BinnedPredictions, groups = calibrationGroups): number {
  let total = 0;
  let distance = 0;
  for (const { predicted, observed, count } of calibrationCurve(binned, groups)) {
    total += count;
    distance += count * Math.abs(predicted - observed);
  }
  return distance / total; // 0 / 0 is NaN
}
