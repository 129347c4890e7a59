/**
 * How far predicted numbers are from what came: mean, root mean square and quantiles of the error, bias, and the share of
 * the variance that is explained.
 *
 * Numbers are put on a grid, and the sums of the integers are exact, so states merge bit-equal in any order and R² is free of
 * cancellation; see `exactMoments`. Quantiles are within 1 % of the error, see `quantileSketch`.
 *
 * Source: Masson, Rim & Lee 2019 (quantiles). The figures are as in scikit-learn's `metrics`.
 */
import type { Fold } from '../../contracts/fold.ts';
import { type ExactMomentsState, exactMoments } from '../exact/exactMoments.ts';
import { type Grid, toGrid } from '../exact/grid.ts';
import { type QuantileSketchState, quantileSketch } from '../quantileSketch.ts';

export interface RegressionQualityState {
  labels: ExactMomentsState;
  /** Predicted less label. */
  errors: ExactMomentsState;
  /** Their sizes. */
  sizes: ExactMomentsState;
  quantiles: QuantileSketchState;
}

/** Reuse one object in a hot loop. */
export interface Foretold {
  /** Made before the label was known. */
  prediction: number;
  label: number;
}

/** Each is NaN while there is nothing to compute it from. */
export interface RegressionQuality {
  readonly count: number;
  /** Mean |predicted − label|, in the unit of the label, as are the next two. */
  readonly meanAbsoluteError: number;
  readonly rootMeanSquareError: number;
  /** Mean of predicted − label: above 0 predictions are too large. */
  readonly bias: number;
  /** 1 − Σ error² / Σ (label − mean)²; at most 1; NaN when all labels are alike. */
  readonly explained: number;
  /** From a share in [0, 1] to that quantile of |predicted − label|. */
  readonly quantileOf: (share: number) => number;
}

/**
 * The fold for numbers on one grid. `step` throws RangeError for a prediction or a label that the grid does not reach with
 * one bit to spare.
 *
 * @throws RangeError when the grid's perUnit is not above 0
 */
export function regressionQuality(grid: Grid) {
  const moments = exactMoments(grid);
  const { perUnit } = grid;
  return {
    initial: () => ({
      labels: moments.initial(),
      errors: moments.initial(),
      sizes: moments.initial(),
      quantiles: quantileSketch.initial(),
    }),

    step(state, { prediction, label }) {
      const rounded = toGrid(label, grid);
      const error = (toGrid(prediction, grid) - rounded) / perUnit;
      toGrid(error, grid); // throws before anything is taken
      moments.step(state.labels, rounded / perUnit);
      moments.step(state.errors, error);
      moments.step(state.sizes, Math.abs(error));
      quantileSketch.step(state.quantiles, Math.abs(error));
    },

    read({ labels, errors, sizes, quantiles }) {
      const label = moments.read(labels);
      const error = moments.read(errors);
      const size = moments.read(sizes);
      const { count } = error;
      const spread = label.variance * (count - 1);
      return {
        count,
        meanAbsoluteError: size.mean,
        rootMeanSquareError: Math.sqrt(error.squares / count), // 0 / 0 is NaN
        bias: error.mean,
        explained: spread > 0 ? 1 - error.squares / spread : NaN,
        quantileOf: quantileSketch.read(quantiles),
      };
    },

    merge(state, other) {
      moments.merge(state.labels, other.labels);
      moments.merge(state.errors, other.errors);
      moments.merge(state.sizes, other.sizes);
      quantileSketch.merge(state.quantiles, other.quantiles);
    },
  } satisfies Fold<RegressionQualityState, Foretold, RegressionQuality>;
}
