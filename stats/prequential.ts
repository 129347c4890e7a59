/**
 * Quality of predictions that were made before their answers: log loss, Brier score, AUC, accuracy, calibration.
 *
 * Everything is a sum, and every sum is exact: counts are integers, and each loss and prediction is rounded to a multiple
 * of 2⁻²⁴ (an error below 3e-8), so that Float64 adds them without rounding while the total stays below 2²⁹. So states
 * merge bit-equal in any order, and a replay or another partitioning reads the same.
 *
 * Source: Dawid 1984, "The prequential approach"; AUC, calibration and their sources in `scoreBins` and `calibration`.
 */
import type { Fold } from '../contracts/fold.ts';
import { type CalibrationPoint, calibrationCurve, calibrationError } from './calibration.ts';
import { logLoss } from './logLoss.ts';
import { binnedAuc, scoreBin, scoreBins } from './scoreBins.ts';
import { onGrid } from './sumGrid.ts';

export interface PrequentialState {
  /** Predictions, integer ≥ 0. */
  count: number;
  /** Those whose label was 1. */
  positives: number;
  /** Those on the right side of ½. */
  hits: number;
  /** Sum of −ln(probability of what happened), nats. */
  logLoss: number;
  /** Sum of (probability − label)². */
  brier: number;
  /** By score bin, as are the next two. */
  positivesByBin: Uint32Array;
  negativesByBin: Uint32Array;
  /** Sum of the predicted probabilities. */
  predictedByBin: Float64Array;
}

/** One prediction and its answer: reuse one object in a hot loop. */
export interface Scored {
  /** In [0, 1]. */
  probability: number;
  /** 0 or 1. */
  label: number;
}

/** Each is NaN while there is nothing to compute it from. */
export interface PrequentialQuality {
  readonly count: number;
  readonly baseRate: number;
  readonly auc: number;
  /** Mean, nats. */
  readonly logLoss: number;
  /** Mean. */
  readonly brier: number;
  readonly accuracy: number;
  /** Expected calibration error over groups of nearly equal count, in [0, 1]. */
  readonly calibrationError: number;
}

export const prequential = {
  initial: () => ({
    count: 0,
    positives: 0,
    hits: 0,
    logLoss: 0,
    brier: 0,
    positivesByBin: new Uint32Array(scoreBins),
    negativesByBin: new Uint32Array(scoreBins),
    predictedByBin: new Float64Array(scoreBins),
  }),

  /** @throws RangeError when the probability is outside [0, 1] or the label neither 0 nor 1 */
  step(state, { probability, label }) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(`probability: expected in [0, 1], got ${probability}`);
    }
    if (label !== 0 && label !== 1) throw new RangeError(`label: expected 0 or 1, got ${label}`);
    const bin = scoreBin(probability);
    const happened = label === 1 ? probability : 1 - probability;
    state.count += 1;
    state.positives += label;
    if (probability >= 0.5 === (label === 1)) state.hits += 1;
    state.logLoss += onGrid(logLoss(happened));
    state.brier += onGrid((1 - happened) * (1 - happened));
    if (label === 1) state.positivesByBin[bin]! += 1;
    else state.negativesByBin[bin]! += 1;
    state.predictedByBin[bin]! += onGrid(probability);
  },

  read: (state) => ({
    count: state.count,
    baseRate: state.positives / state.count,
    auc: binnedAuc(state.positivesByBin, state.negativesByBin),
    logLoss: state.logLoss / state.count,
    brier: state.brier / state.count,
    accuracy: state.hits / state.count,
    calibrationError: calibrationError({
      positives: state.positivesByBin,
      negatives: state.negativesByBin,
      predicted: state.predictedByBin,
    }),
  }),

  merge(state, other) {
    state.count += other.count;
    state.positives += other.positives;
    state.hits += other.hits;
    state.logLoss += other.logLoss;
    state.brier += other.brier;
    for (let bin = 0; bin < scoreBins; bin += 1) {
      state.positivesByBin[bin]! += other.positivesByBin[bin]!;
      state.negativesByBin[bin]! += other.negativesByBin[bin]!;
      state.predictedByBin[bin]! += other.predictedByBin[bin]!;
    }
  },
} satisfies Fold<PrequentialState, Scored, PrequentialQuality>;

/** The reliability curve of the predictions seen. */
export function reliability(state: PrequentialState, groups?: number): CalibrationPoint[] {
  return calibrationCurve(
    {
      positives: state.positivesByBin,
      negatives: state.negativesByBin,
      predicted: state.predictedByBin,
    },
    groups,
  );
}
