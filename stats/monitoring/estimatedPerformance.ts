/**
 * How well a classifier does before its labels are known, from what its scores mean: confidence-based performance
 * estimation. Once labels come, whether they are what was expected.
 *
 * Of a calibrated prediction p, a share p of its like have label 1. So the expected counts of every score bin are known
 * without labels, and from them every figure. Two things make the realised figure differ: the labels themselves
 * (Bernoulli), and that the meaning of the scores was learnt from a reference of finite size; the interval has both. It
 * rests on two assumptions, and each has a figure that tells when it fails: scores mean what they meant in the reference
 * (no concept drift: `consistencyP`, `lossZ`), and scores lie where the reference had labels (`unsupported`).
 *
 * It cannot see that labels arrive sooner for some outcomes than for others, nor that users differ within a bin: give it
 * labels as they come to all, and references of the same kind of users.
 *
 * Source: NannyML, "Confidence-based performance estimation"; Garg, Balakrishnan, Lipton, Neyshabur & Sedghi 2022,
 * "Leveraging unlabeled data to predict out-of-distribution performance" (average confidence); Spiegelhalter 1986 (test of
 * realised against expected loss); Hosmer & Lemeshow 1980 (test by groups). Our own: the interval by slopes.
 */
import type { Fold } from '../../contracts/fold.ts';
import type { IntervalEstimate } from '../interval.ts';
import { binScore, scoreBin, scoreBins } from '../scoreBins.ts';
import { normalTwoSided } from '../special/normal.ts';
import {
  type BinnedPositives,
  binaryPerformance,
  type Performance,
  type PerformanceName,
  performanceNames,
  performanceSlopes,
} from './binaryPerformance.ts';
import { type CalibrationMap, calibrationMap, promiseVariance } from './calibrationMap.ts';
import { type Consistency, labelConsistency } from './labelConsistency.ts';
import { addCounts, type LabelledScoresState, labelledScores, sumOf } from './labelledScores.ts';

export interface EstimatedPerformanceState {
  /** Labelled predictions of the reference period. */
  reference: LabelledScoresState;
  /** Sum of the reference's predicted probabilities by score bin, on a grid of 2⁻²⁴. */
  referencePredicted: Float64Array;
  /** Predictions of the window by score bin, with or without a label by now. */
  counts: Uint32Array;
  /** Sum of their predicted probabilities, on the same grid. */
  predicted: Float64Array;
  /** Those of the window whose label has come. */
  realised: LabelledScoresState;
}

/** What is told of a prediction: reuse one object in a hot loop. */
export interface WatchedPrediction {
  /**
   * `reference`: a labelled one of the time before; `window`: one that was made, without its label; `realised`: the label
   * of one that was told as `window` before, or will be.
   */
  part: 'reference' | 'window' | 'realised';
  /** In [0, 1]. */
  probability: number;
  /** 0 or 1; not looked at in the window. */
  label: number;
}

export interface EstimatedPerformance extends Consistency {
  /** Predictions of the window. */
  readonly count: number;
  /** Those whose label has come. */
  readonly labelled: number;
  /** Labels of the reference. */
  readonly referenceLabels: number;
  readonly isIsotonic: boolean;
  /** Share of predictions with scores for which the reference has too few labels; NaN without predictions. */
  readonly unsupported: number;
  readonly estimates: Readonly<Record<PerformanceName, IntervalEstimate>>;
  /** Of the labelled predictions, each NaN while there is nothing to compute it from. */
  readonly realised: Performance;
}

export interface EstimateOptions {
  /** From which on a prediction counts as positive, rounded down to an edge of a score bin, in (0, 1). */
  readonly threshold: number;
  /** One less the level of the intervals, in (0, 1). */
  readonly alpha: number;
  /** Labels of the reference within half a logit below which a score is without support. */
  readonly supportMin: number;
}

const grid = 2 ** 24;
/** Keeps logarithms of scores finite. */
const scoreMin = 1e-15;
/** Score bins in half a logit. */
const supportBins = 16;

export const estimatedPerformance = {
  initial: (): EstimatedPerformanceState => ({
    reference: labelledScores.initial(),
    referencePredicted: new Float64Array(scoreBins),
    counts: new Uint32Array(scoreBins),
    predicted: new Float64Array(scoreBins),
    realised: labelledScores.initial(),
  }),

  /** @throws RangeError when the probability is outside [0, 1], or the label neither 0 nor 1 outside the window */
  step(state, prediction) {
    const { part, probability } = prediction;
    if (part === 'realised') {
      labelledScores.step(state.realised, prediction);
      return;
    }
    if (part === 'reference') labelledScores.step(state.reference, prediction);
    else if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(`probability: expected in [0, 1], got ${probability}`);
    }
    const bin = scoreBin(probability);
    const rounded = Math.round(probability * grid) / grid;
    if (part === 'reference') state.referencePredicted[bin]! += rounded;
    else {
      state.counts[bin]! += 1;
      state.predicted[bin]! += rounded;
    }
  },

  read:
    (state) =>
    (options): EstimatedPerformance =>
      readEstimate(state, options),

  merge(state, other) {
    labelledScores.merge(state.reference, other.reference);
    addCounts(state.referencePredicted, other.referencePredicted);
    addCounts(state.counts, other.counts);
    addCounts(state.predicted, other.predicted);
    labelledScores.merge(state.realised, other.realised);
  },
} satisfies Fold<
  EstimatedPerformanceState,
  WatchedPrediction,
  (options: EstimateOptions) => EstimatedPerformance
>;

function readEstimate(
  state: EstimatedPerformanceState,
  { threshold, alpha, supportMin }: EstimateOptions,
): EstimatedPerformance {
  const { reference, referencePredicted, counts, predicted, realised } = state;
  const map = calibrationMap({ ...reference, predicted: referencePredicted }, counts);
  const scores = Float64Array.from(counts, (count, bin) =>
    count > 0 ? Math.min(1 - scoreMin, Math.max(scoreMin, predicted[bin]! / count)) : binScore(bin),
  );
  const meanings = map.isIsotonic ? map.probabilities : scores;
  const positives = meanings.map((p, bin) => p * counts[bin]!);
  const cut = scoreBin(threshold);
  const labels = Float64Array.from(
    realised.positives,
    (ones, bin) => ones + realised.negatives[bin]!,
  );
  const support = supportOf(reference, counts, supportMin);
  return {
    count: sumOf(counts),
    labelled: sumOf(labels),
    referenceLabels: sumOf(reference.positives) + sumOf(reference.negatives),
    isIsotonic: map.isIsotonic,
    unsupported: support,
    estimates: estimatesOf({ counts, positives, scores }, { meanings, map, cut, alpha }),
    realised: binaryPerformance({ counts: labels, positives: realised.positives, scores }, cut),
    ...labelConsistency({ counts: labels, positives: realised.positives, scores }, meanings, map),
  };
}

/** Share of the predictions whose half logit has fewer labels than `least`. */
function supportOf(
  { positives, negatives }: LabelledScoresState,
  counts: Uint32Array,
  least: number,
): number {
  let count = 0;
  let without = 0;
  for (let from = 0; from < scoreBins; from += supportBins) {
    const to = from + supportBins;
    const labels = sumOf(positives.subarray(from, to)) + sumOf(negatives.subarray(from, to));
    const predictions = sumOf(counts.subarray(from, to));
    count += predictions;
    if (labels < least) without += predictions;
  }
  return without / count;
}

interface Meaning {
  /** P(label = 1) by score bin. */
  readonly meanings: Float64Array;
  readonly map: CalibrationMap;
  readonly cut: number;
  readonly alpha: number;
}

function estimatesOf(
  expected: BinnedPositives,
  { meanings, map, cut, alpha }: Meaning,
): Readonly<Record<PerformanceName, IntervalEstimate>> {
  const values = binaryPerformance(expected, cut);
  const slopes = performanceSlopes(expected, cut);
  const quantile = normalTwoSided(alpha);
  const estimateOf = (name: PerformanceName): IntervalEstimate => {
    const slope = slopes[name];
    const shifts = new Float64Array(map.variances.length);
    let variance = 0;
    for (let bin = 0; bin < scoreBins; bin += 1) {
      const count = expected.counts[bin]!;
      if (count === 0) continue;
      variance += slope[bin]! * slope[bin]! * count * meanings[bin]! * (1 - meanings[bin]!);
      shifts[map.groupOf[bin]!]! += slope[bin]! * count;
    }
    variance += promiseVariance(map, shifts);
    const estimate = values[name];
    const radius = quantile * Math.sqrt(variance);
    return {
      estimate,
      lower: Math.max(0, estimate - radius),
      upper: name === 'logLoss' ? estimate + radius : Math.min(1, estimate + radius),
    };
  };
  return Object.fromEntries(
    performanceNames.map((name) => [name, estimateOf(name)]),
  ) as unknown as Record<PerformanceName, IntervalEstimate>;
}
