/**
 * What a classifier does to groups of people, at every decision threshold: how many are selected, how many ones are missed,
 * how many zeros are selected wrongly, and whether scores mean the same.
 *
 * No threshold is fair in all of these at once where base rates differ (Chouldechova 2017; Kleinberg, Mullainathan & Raghavan
 * 2017), so the whole curve is shown. A group with fewer rows than the floor is suppressed, and so is a rate whose
 * denominator is below it. The floor counts rows: it protects people only if each has one row, or is so high that they
 * cannot be told apart. Hiding a second group, so that the small one cannot be computed from a total, is left to whoever
 * shows totals.
 *
 * Source: Hardt, Price & Srebro 2016 (rates by threshold); Newcombe 1998 and Donner & Zou 2012 (intervals).
 */
import { type CalibrationPoint, calibrationCurve, calibrationError } from '../calibration.ts';
import type { IntervalEstimate } from '../interval.ts';
import { binEdge, binnedAuc, binScore, scoreBin } from '../scoreBins.ts';
import { normalTwoSided } from '../special/normal.ts';
import { differenceScoreInterval, type Successes } from '../testing/differenceOfProportions.ts';
import { ratioScoreInterval } from '../testing/ratioOfProportions.ts';
import { wilson } from '../wilson.ts';
import { abroca, abrocaP } from './abroca.ts';
import { confusionAt } from './classificationQuality.ts';
import { type LabelledScoresState, sumOf } from './labelledScores.ts';

export const groupRates = ['selection', 'falseNegative', 'falsePositive'] as const;
/** Share selected, of all; share of ones not selected; share of zeros selected. */
export type GroupRate = (typeof groupRates)[number];

export interface ThresholdPoint extends Readonly<Record<GroupRate, IntervalEstimate>> {
  /** An edge of a score bin, at or a little below the one asked for. */
  readonly threshold: number;
}

export interface GroupCurve {
  readonly name: string;
  readonly isSuppressed: boolean;
  /** NaN when it is suppressed. */
  readonly count: number;
  /** In the order of the thresholds; empty when the group is suppressed, as is the next. */
  readonly points: readonly ThresholdPoint[];
  /** Groups of scores with at least the floor's rows. */
  readonly calibration: readonly CalibrationPoint[];
}

export interface FairnessOptions {
  /** Least rows of a group, or of the denominator of a rate, that are shown; integer ≥ 1. */
  readonly floor: number;
  /** One less the level of the intervals, in (0, 1). */
  readonly alpha: number;
}

/** Of what must not be shown, or is not known. */
const hidden: IntervalEstimate = { estimate: NaN, lower: -Infinity, upper: Infinity };

function countsAt(
  scores: LabelledScoresState,
  threshold: number,
): Readonly<Record<GroupRate, Successes>> {
  const at = confusionAt(scores, threshold);
  const ones = at.truePositives + at.falseNegatives;
  const zeros = at.trueNegatives + at.falsePositives;
  return {
    selection: { successes: at.truePositives + at.falsePositives, count: ones + zeros },
    falseNegative: { successes: at.falseNegatives, count: ones },
    falsePositive: { successes: at.falsePositives, count: zeros },
  };
}

function byRate<Value>(figureOf: (rate: GroupRate) => Value): Readonly<Record<GroupRate, Value>> {
  return {
    selection: figureOf('selection'),
    falseNegative: figureOf('falseNegative'),
    falsePositive: figureOf('falsePositive'),
  };
}

function rateOf(
  { successes, count }: Successes,
  { floor, alpha }: FairnessOptions,
): IntervalEstimate {
  if (count < floor) return hidden;
  return { estimate: successes / count, ...wilson(successes, count, normalTwoSided(alpha)) };
}

const countOf = ({ positives, negatives }: LabelledScoresState): number =>
  sumOf(positives) + sumOf(negatives);

function binnedOf({ positives, negatives }: LabelledScoresState) {
  const predicted = Float64Array.from(
    positives,
    (ones, bin) => (ones + negatives[bin]!) * binScore(bin),
  );
  return { positives, negatives, predicted };
}

/**
 * The curves of all groups.
 *
 * @param groups     labelled predictions by name
 * @param thresholds in (0, 1)
 */
export function fairnessCurve(
  groups: ReadonlyMap<string, LabelledScoresState>,
  thresholds: readonly number[],
  options: FairnessOptions,
): GroupCurve[] {
  const { floor } = options;
  return [...groups].map(([name, scores]) => {
    const count = countOf(scores);
    if (count < floor) {
      return { name, isSuppressed: true, count: NaN, points: [], calibration: [] };
    }
    const points = thresholds.map((threshold) => {
      const counts = countsAt(scores, threshold);
      return {
        threshold: binEdge(scoreBin(threshold)),
        ...byRate((rate) => rateOf(counts[rate], options)),
      };
    });
    const runs = Math.max(1, Math.min(20, Math.floor(count / (2 * floor))));
    const calibration = calibrationCurve(binnedOf(scores), runs).filter(
      (point) => point.count >= floor,
    );
    return { name, isSuppressed: false, count, points, calibration };
  });
}

export interface RateComparison {
  readonly baseline: number;
  readonly compared: number;
  /** Compared less baseline. */
  readonly difference: IntervalEstimate;
  /** Compared by baseline. */
  readonly ratio: IntervalEstimate;
}

export interface GroupComparison {
  /** Rows; NaN below the floor. */
  readonly baselineCount: number;
  readonly comparedCount: number;
  readonly rates: Readonly<Record<GroupRate, RateComparison>>;
  /** Area under the ROC curve of each; NaN where one of the classes has fewer rows than the floor, as are the next two. */
  readonly baselineAuc: number;
  readonly comparedAuc: number;
  /** Area between the two curves, and the probability of one as large by chance. */
  readonly abroca: number;
  readonly abrocaP: number;
  /** Expected calibration error of each, in ten groups of scores; NaN below the floor. */
  readonly baselineCalibrationError: number;
  readonly comparedCalibrationError: number;
}

/** @param threshold in (0, 1) */
export function compareRates(
  baseline: LabelledScoresState,
  compared: LabelledScoresState,
  threshold: number,
  options: FairnessOptions,
): Readonly<Record<GroupRate, RateComparison>> {
  const bases = countsAt(baseline, threshold);
  const others = countsAt(compared, threshold);
  return byRate((rate) => {
    const base = bases[rate];
    const other = others[rate];
    const of = rateOf(base, options).estimate;
    const to = rateOf(other, options).estimate;
    if (Number.isNaN(of) || Number.isNaN(to)) {
      return { baseline: of, compared: to, difference: hidden, ratio: hidden };
    }
    return {
      baseline: of,
      compared: to,
      difference: { estimate: to - of, ...differenceScoreInterval(other, base, options.alpha) },
      ratio: { estimate: to / of, ...ratioScoreInterval(other, base, options.alpha) },
    };
  });
}

/** @param threshold in (0, 1) */
export function compareGroups(
  baseline: LabelledScoresState,
  compared: LabelledScoresState,
  threshold: number,
  options: FairnessOptions,
): GroupComparison {
  const { floor } = options;
  const ifShown = (scores: LabelledScoresState, figure: (scores: LabelledScoresState) => number) =>
    countOf(scores) < floor ? NaN : figure(scores);
  const isRanked = ({ positives, negatives }: LabelledScoresState) =>
    sumOf(positives) >= floor && sumOf(negatives) >= floor;
  const auc = (scores: LabelledScoresState) =>
    isRanked(scores) ? binnedAuc(scores.positives, scores.negatives) : NaN;
  const areRanked = isRanked(baseline) && isRanked(compared);
  const error = (scores: LabelledScoresState) => calibrationError(binnedOf(scores), 10);
  return {
    baselineCount: ifShown(baseline, countOf),
    comparedCount: ifShown(compared, countOf),
    rates: compareRates(baseline, compared, threshold, options),
    baselineAuc: auc(baseline),
    comparedAuc: auc(compared),
    abroca: areRanked ? abroca(baseline, compared) : NaN,
    abrocaP: areRanked ? abrocaP(baseline, compared) : NaN,
    baselineCalibrationError: ifShown(baseline, error),
    comparedCalibrationError: ifShown(compared, error),
  };
}
