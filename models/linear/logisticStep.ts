/** One observation of a logistic regression under a Gaussian belief: the exact mode, by a search in one dimension. */
import { sigmoid } from '../features.ts';

/** Where the search ends, in units of the score. */
const precision = 1e-13;

/**
 * The score at the mode: minimises (s − mean)² / (2 variance) + weight × log loss, so that
 * s = mean + variance × weight × (label − σ(s)).
 *
 * Newton's steps, kept inside a bracket: the function whose root is sought rises with a slope of at least 1.
 *
 * @param pull variance × weight, ≥ 0
 *
 * @example
 * modeScore(0, 1, 1); // ≈ 0.4011: not half-way to where the label pulls
 */
export function modeScore(mean: number, pull: number, label: number): number {
  let lower = mean - pull * (1 - label);
  let upper = mean + pull * label;
  let score = mean;
  for (let round = 0; round < 60; round += 1) {
    const p = sigmoid(score);
    const excess = score - mean - pull * (label - p);
    if (excess > 0) upper = score;
    else lower = score;
    const newton = score - excess / (1 + pull * p * (1 - p));
    const next = newton > lower && newton < upper ? newton : 0.5 * (lower + upper);
    if (Math.abs(next - score) <= precision * (1 + Math.abs(score))) return next;
    score = next;
  }
  return score;
}

/**
 * Expected label at a score that is N(mean, variance).
 *
 * Source: MacKay 1992, "The evidence framework applied to classification networks", eq. 10. Within 0.004
 * of the integral where we looked (test `logistic`).
 */
export function expectedLabel(mean: number, variance: number): number {
  return sigmoid(mean / Math.sqrt(1 + (Math.PI / 8) * variance));
}
