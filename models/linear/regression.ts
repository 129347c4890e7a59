/** A regression over dense features whose state is one row of a typed array. */
import type { GaussianPosterior } from './gaussianPosterior.ts';

/**
 * How states of the same regression become one.
 *
 * `exact`: by addition, the same as one learner over everything, to rounding.
 * `approximate`: by addition of what each has learnt as a Gaussian; how far that is from one learner is stated there.
 */
export type MergeClass = 'exact' | 'approximate';

export interface Regression {
  readonly dimension: number;
  /** Numbers in a row; all 0 in a new one. */
  readonly width: number;
  readonly mergeClass: MergeClass;
  /**
   * Takes one observation; nothing is allocated.
   *
   * @param at     where the row begins
   * @param x      features, `dimension` of them
   * @param reward finite; 0 or 1 for a logistic regression
   * @param weight importance, ≥ 0
   * @param time   event time, ms
   * @throws RangeError when one of them is not finite
   */
  learn(
    values: Float64Array,
    at: number,
    x: Float64Array,
    reward: number,
    weight: number,
    time: number,
  ): void;
  /** Adds the other row to the first. */
  merge(values: Float64Array, at: number, other: Float64Array, otherAt: number): void;
  /**
   * What the row says of the weights at a time: a function of the row and of the tick of `decayClock` alone.
   * Allocates, and costs dimension³ / 2 multiplications: for publishing, not for every event.
   */
  posterior(values: Float64Array, at: number, time: number): GaussianPosterior;
  /** Expected reward at a score of that mean and variance. */
  reward(mean: number, variance: number): number;
}

/** A regression that keeps its solution beside its sums, so that it can predict every event before it learns from it. */
export interface OnlineRegression extends Regression {
  /** Mean of the score xᵀw before the next observation. */
  mean(values: Float64Array, at: number, x: Float64Array): number;
  /** Variance of that score. */
  variance(values: Float64Array, at: number, x: Float64Array): number;
}

export interface RegressionOptions {
  /** λ: precision of the weights before the first observation, > 0; it does not fade. */
  readonly ridge: number;
  /** Whole ms of event time in which an observation's weight halves, or Infinity. */
  readonly halfLifeMs: number;
}

/** @throws RangeError when ridge is not a finite number above 0 */
export function checkRidge(ridge: number): void {
  if (!(ridge > 0 && ridge < Infinity)) {
    throw new RangeError(`ridge: expected finite and above 0, got ${ridge}`);
  }
}
