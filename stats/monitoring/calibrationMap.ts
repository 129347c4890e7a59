/**
 * What a score means, learnt from the labels of a reference period: the score itself, or an isotonic map of it where that
 * is better in every fold; and how uncertain that is.
 *
 * The map is isotonic only if it lowers the expected calibration error of all folds on which it was not fitted. Folds need
 * no rows: labels within a bin are exchangeable, so the counts of each bin are dealt out at random, with a fixed seed. The
 * same counts always give the same map.
 *
 * The uncertainty is that of the rate of ones in groups of neighbouring bins. For scores taken at their word it is not less
 * than what they were off in the reference: small references show that before a map of them is worth its own error.
 *
 * Source: Zadrozny & Elkan 2002 (isotonic calibration); NannyML, "Confidence-based performance estimation" (folds).
 */
import { type BinnedPredictions, calibrationError } from '../calibration.ts';
import { randomState } from '../random.ts';
import { binomialDraw } from './binomialDraw.ts';
import { isotonic } from './isotonic.ts';
import { sumOf } from './labelledScores.ts';

export interface CalibrationMap {
  /** P(label = 1) by score bin; NaN throughout when scores are taken at their word. */
  readonly probabilities: Float64Array;
  readonly isIsotonic: boolean;
  /** Group of each bin. */
  readonly groupOf: Uint16Array;
  /** Variance of the reference's rate of ones in each group; 0 without a reference. */
  readonly variances: Float64Array;
  /** Rate of ones in the reference less what the map says, by group; 0 without a reference. */
  readonly offsets: Float64Array;
}

const folds = 3;
/** Labels of a reference below which no map is tried. */
const labelsMin = 200;
/** Labels of a group, and most groups. */
const groupLabels = 50;
const groupsMax = 20;

/**
 * @param reference labelled predictions of an earlier period
 * @param counts    predictions by bin, from which groups are made when the reference is empty
 */
export function calibrationMap(
  reference: BinnedPredictions,
  counts: ArrayLike<number>,
): CalibrationMap {
  const { positives, negatives, predicted } = reference;
  const labels = Float64Array.from(positives, (yes, bin) => yes + negatives[bin]!);
  const total = sumOf(labels);
  const isIsotonic = total >= labelsMin && isBetterInAllFolds(reference);
  const groupOf = groupsOf(total > 0 ? labels : counts);
  const groups = groupOf.at(-1)! + 1;
  const probabilities = isIsotonic
    ? isotonic(positives, labels)
    : new Float64Array(labels.length).fill(NaN);
  const ones = new Float64Array(groups);
  const meant = new Float64Array(groups);
  const sizes = new Float64Array(groups);
  for (let bin = 0; bin < labels.length; bin += 1) {
    const group = groupOf[bin]!;
    ones[group]! += positives[bin]!;
    meant[group]! += isIsotonic ? probabilities[bin]! * labels[bin]! : predicted[bin]!;
    sizes[group]! += labels[bin]!;
  }
  return {
    isIsotonic,
    probabilities,
    groupOf,
    variances: sizes.map((size, group) => (size > 0 ? rateVariance(ones[group]!, size) : 0)),
    offsets: sizes.map((size, group) => (size > 0 ? (ones[group]! - meant[group]!) / size : 0)),
  };
}

/**
 * Mean squared error of a weighted sum of what the map says of each group.
 *
 * @param weights by group
 */
export function promiseVariance(
  { variances, offsets }: CalibrationMap,
  weights: ArrayLike<number>,
): number {
  let variance = 0;
  let offset = 0;
  for (let group = 0; group < variances.length; group += 1) {
    variance += weights[group]! * weights[group]! * variances[group]!;
    offset += weights[group]! * offsets[group]!;
  }
  return Math.max(variance, offset * offset);
}

/** Of a rate, above 0 also when all labels are alike (Jeffreys' prior). */
function rateVariance(ones: number, size: number): number {
  const rate = (ones + 0.5) / (size + 1);
  return (rate * (1 - rate)) / size;
}

/** Runs of neighbouring bins with nearly equal counts; every bin has a group, those without counts too. */
function groupsOf(counts: ArrayLike<number>): Uint16Array {
  const total = sumOf(counts);
  const groups = Math.max(1, Math.min(groupsMax, Math.floor(total / groupLabels)));
  let seen = 0;
  let group = 0;
  return Uint16Array.from(counts, (count) => {
    const own = group;
    seen += count;
    if (group + 1 < groups && seen < total && seen >= ((group + 1) * total) / groups) group += 1;
    return own;
  });
}

function isBetterInAllFolds({ positives, negatives, predicted }: BinnedPredictions): boolean {
  const { length } = positives;
  const random = randomState(1);
  const restOfOnes = Uint32Array.from(positives);
  const restOfZeros = Uint32Array.from(negatives);
  for (let fold = 0; fold < folds; fold += 1) {
    const ones = new Float64Array(length);
    const zeros = new Float64Array(length);
    const otherOnes = new Float64Array(length);
    const others = new Float64Array(length);
    const meant = new Float64Array(length);
    for (let bin = 0; bin < length; bin += 1) {
      const share = 1 / (folds - fold);
      ones[bin] = binomialDraw(random, restOfOnes[bin]!, share);
      zeros[bin] = binomialDraw(random, restOfZeros[bin]!, share);
      restOfOnes[bin]! -= ones[bin]!;
      restOfZeros[bin]! -= zeros[bin]!;
      const size = ones[bin]! + zeros[bin]!;
      const all = positives[bin]! + negatives[bin]!;
      if (size > 0) meant[bin] = (predicted[bin]! / all) * size;
      otherOnes[bin] = positives[bin]! - ones[bin]!;
      others[bin] = all - size;
    }
    const mapped = isotonic(otherOnes, others).map((p, bin) => {
      const size = ones[bin]! + zeros[bin]!;
      return size > 0 ? p * size : 0;
    });
    const held = { positives: ones, negatives: zeros };
    const before = calibrationError({ ...held, predicted: meant }, 10);
    const after = calibrationError({ ...held, predicted: mapped }, 10);
    if (!(after < before)) return false;
  }
  return true;
}
