/**
 * What a window of a metric is summarized by: count, sum, sum of squares, extremes and quantiles. Merges by addition.
 *
 * For figures whose squares add up to less than the largest double, as those of events do (`figureMax`).
 *
 * Sums are compensated (Neumaier 1974), quantiles come from logarithmic bins (DDSketch), see their files.
 */
import type { Fold } from '../contracts/fold.ts';
import { type CompensatedSumState, compensatedSum } from './compensatedSum.ts';
import { type QuantileSketchState, quantileOf, quantileSketch } from './quantileSketch.ts';

export interface SummaryState {
  /** Finite values seen, integer ≥ 0. */
  count: number;
  /** In the unit of the input. */
  sum: CompensatedSumState;
  /** Sum of squares, in the unit of the input squared. */
  squares: CompensatedSumState;
  /** Infinity before the first value. */
  minimum: number;
  /** −Infinity before the first value. */
  maximum: number;
  sketch: QuantileSketchState;
}

export interface Summary {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
  /** NaN before the first value, as are the mean and the quantiles. */
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** Sample standard deviation (n − 1); NaN before the second value. */
  readonly deviation: number;
  /** Within 1 % of the value of rank floor(q (n − 1)), and never outside the extremes. */
  quantile(q: number): number;
}

export const summary = {
  initial: () => ({
    count: 0,
    sum: compensatedSum.initial(),
    squares: compensatedSum.initial(),
    minimum: Infinity,
    maximum: -Infinity,
    sketch: quantileSketch.initial(),
  }),

  /** Values that are not finite are skipped. */
  step(state, x) {
    if (!Number.isFinite(x)) return;
    state.count += 1;
    compensatedSum.step(state.sum, x);
    compensatedSum.step(state.squares, x * x);
    if (x < state.minimum) state.minimum = x;
    if (x > state.maximum) state.maximum = x;
    quantileSketch.step(state.sketch, x);
  },

  read(state) {
    const { count } = state;
    const some = count > 0;
    const sum = compensatedSum.read(state.sum);
    const squares = compensatedSum.read(state.squares);
    const minimum = some ? state.minimum : NaN;
    const maximum = some ? state.maximum : NaN;
    const excess = Math.max(0, squares - (sum / count) * sum);
    return {
      count,
      sum,
      squares,
      minimum,
      maximum,
      mean: some ? sum / count : NaN,
      deviation: count > 1 ? Math.sqrt(excess / (count - 1)) : NaN,
      quantile: (q) =>
        Math.min(maximum, Math.max(minimum, quantileOf(state.sketch.bins, state.sketch.counts, q))),
    };
  },

  merge(state, other) {
    state.count += other.count;
    compensatedSum.merge(state.sum, other.sum);
    compensatedSum.merge(state.squares, other.squares);
    if (other.minimum < state.minimum) state.minimum = other.minimum;
    if (other.maximum > state.maximum) state.maximum = other.maximum;
    quantileSketch.merge(state.sketch, other.sketch);
  },
} satisfies Fold<SummaryState, number, Summary>;
