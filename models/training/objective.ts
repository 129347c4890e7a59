/**
 * The losses that are minimized, by the score before its link: logistic for labels 0 and 1, half the square for numbers.
 *
 * Source: Friedman 2001, "Greedy function approximation" (gradients); Chen & Guestrin 2016 (second derivatives).
 */
import { sigmoid } from '../features.ts';
import type { Task } from './trainingSet.ts';

export interface Objective {
  /** The best constant score: log-odds or mean. */
  start(labels: Float64Array, weights: Float64Array | undefined): number;
  /** Fills weighted gradient and second derivative of each row, side by side. */
  derivatives(
    scores: Float64Array,
    labels: Float64Array,
    weights: Float64Array | undefined,
    into: Float64Array,
  ): void;
  loss(score: number, label: number): number;
  /** What is predicted of a score: a probability, or the score itself. */
  prediction(score: number): number;
}

/** Keeps the second derivative of rows that are certain above zero. */
const curvatureMin = 1e-16;

function meanOf(labels: Float64Array, weights: Float64Array | undefined): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const weight = weights === undefined ? 1 : weights[row]!;
    sum += weight * labels[row]!;
    total += weight;
  }
  return sum / total;
}

export const objectives: Readonly<Record<Task, Objective>> = {
  binary: {
    start(labels, weights) {
      const mean = meanOf(labels, weights);
      return Math.log(mean / (1 - mean));
    },
    derivatives(scores, labels, weights, into) {
      for (let row = 0; row < scores.length; row += 1) {
        const weight = weights === undefined ? 1 : weights[row]!;
        const p = 1 / (1 + Math.exp(-scores[row]!));
        into[2 * row] = weight * (p - labels[row]!);
        into[2 * row + 1] = weight * Math.max(p * (1 - p), curvatureMin);
      }
    },
    // ln(1 + e^s) − y s, without overflow.
    loss: (score, label) =>
      Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - label * score,
    prediction: sigmoid,
  },
  regression: {
    start: meanOf,
    derivatives(scores, labels, weights, into) {
      for (let row = 0; row < scores.length; row += 1) {
        const weight = weights === undefined ? 1 : weights[row]!;
        into[2 * row] = weight * (scores[row]! - labels[row]!);
        into[2 * row + 1] = weight;
      }
    },
    loss: (score, label) => ((score - label) * (score - label)) / 2,
    prediction: (score) => score,
  },
};

/** Weighted mean of the loss; NaN of no rows. */
export function meanLoss(
  objective: Objective,
  scores: ArrayLike<number>,
  labels: Float64Array,
  weights: Float64Array | undefined,
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const weight = weights === undefined ? 1 : weights[row]!;
    sum += weight * objective.loss(scores[row]!, labels[row]!);
    total += weight;
  }
  return sum / total;
}
