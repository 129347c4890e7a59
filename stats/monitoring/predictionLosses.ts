/**
 * Losses of predicted probabilities and what they decide at a threshold, each with its interval, from a dozen numbers: for
 * slices, of which there are many, and which differ by chance alone.
 *
 * Sums are on a grid of 2⁻²⁴, so states merge bit-equal in any order while a total stays below 2²⁹. What needs the whole
 * distribution (AUC, calibration) is in `prequential`.
 *
 * Source: Wilson 1927 (shares); Brier 1950; the intervals of means are those of the normal distribution.
 */
import type { Fold } from '../../contracts/fold.ts';
import type { IntervalEstimate } from '../interval.ts';
import { logLoss } from '../logLoss.ts';
import type { Scored } from '../prequential.ts';
import { onGrid } from '../sumGrid.ts';
import { wilson } from '../wilson.ts';
import { checkScored } from './labelledScores.ts';

export interface PredictionLossesState {
  count: number;
  /** Labels 1. */
  positives: number;
  /** Predictions at the threshold or above. */
  selected: number;
  /** Those of them with label 1. */
  hits: number;
  /** Sum of the probabilities. */
  predicted: number;
  /** Sum of −ln(probability of what happened), nats, and of its squares. */
  logLoss: number;
  logLossSquares: number;
  /** Sum of (probability − label)², and of its squares. */
  brier: number;
  brierSquares: number;
}

/** Each is NaN while there is nothing to compute it from; its interval is then what is possible. */
export interface PredictionLosses {
  readonly count: number;
  readonly baseRate: number;
  /** Mean probability less share of ones: above 0 too much is promised. */
  readonly bias: IntervalEstimate;
  readonly accuracy: IntervalEstimate;
  readonly precision: IntervalEstimate;
  readonly recall: IntervalEstimate;
  readonly logLoss: IntervalEstimate;
  readonly brier: IntervalEstimate;
}

export const predictionLosses = {
  initial: (): PredictionLossesState => ({
    count: 0,
    positives: 0,
    selected: 0,
    hits: 0,
    predicted: 0,
    logLoss: 0,
    logLossSquares: 0,
    brier: 0,
    brierSquares: 0,
  }),

  /**
   * @param threshold from which on a prediction is that of a one
   * @throws RangeError as {@link checkScored}
   */
  step(state, scored) {
    checkScored(scored);
    const { probability, label, threshold } = scored;
    const happened = label === 1 ? probability : 1 - probability;
    const loss = logLoss(happened);
    const brier = (1 - happened) * (1 - happened);
    state.count += 1;
    state.positives += label;
    if (probability >= threshold) {
      state.selected += 1;
      state.hits += label;
    }
    state.predicted += onGrid(probability);
    state.logLoss += onGrid(loss);
    state.logLossSquares += onGrid(loss * loss);
    state.brier += onGrid(brier);
    state.brierSquares += onGrid(brier * brier);
  },

  read: (state) => (quantile: number) => readLosses(state, quantile),

  merge(state, other) {
    for (const name of Object.keys(state) as (keyof PredictionLossesState)[]) {
      state[name] += other[name];
    }
  },
} satisfies Fold<
  PredictionLossesState,
  Scored & { readonly threshold: number },
  (quantile: number) => PredictionLosses
>;

/** @param quantile two-sided, of the standard normal */
function readLosses(state: PredictionLossesState, quantile: number): PredictionLosses {
  const { count, positives, selected, hits } = state;
  const share = (successes: number, of: number): IntervalEstimate => ({
    estimate: successes / of, // 0 / 0 is NaN
    ...wilson(successes, of, quantile),
  });
  const mean = (sum: number, squares: number, lowest: number): IntervalEstimate => {
    const estimate = sum / count;
    if (count < 2) return { estimate, lower: lowest, upper: Infinity };
    const variance = Math.max(0, squares - sum * estimate) / (count - 1);
    const radius = quantile * Math.sqrt(variance / count);
    return { estimate, lower: Math.max(lowest, estimate - radius), upper: estimate + radius };
  };
  return {
    count,
    baseRate: positives / count,
    bias: mean(state.predicted - positives, state.brier, -Infinity),
    accuracy: share(count - positives - selected + 2 * hits, count),
    precision: share(hits, selected),
    recall: share(hits, positives),
    logLoss: mean(state.logLoss, state.logLossSquares, 0),
    brier: mean(state.brier, state.brierSquares, 0),
  };
}
