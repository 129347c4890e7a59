/** Why an action has its score, in names: for whoever asks why this was recommended. */
import type { Contribution } from './scoreModel.ts';

export interface Reason {
  readonly name: string;
  readonly value: number;
  /** Mean of its weight. */
  readonly weight: number;
  /** What it adds to the mean of the score. */
  readonly score: number;
  /** What it adds to the score's standard deviation; may be negative. */
  readonly deviation: number;
}

export interface ScoreExplanation {
  /** Sum of the reasons' scores. */
  readonly mean: number;
  /** Sum of the reasons' deviations. */
  readonly deviation: number;
  /** The largest first. */
  readonly reasons: readonly Reason[];
}

/**
 * Names the contributions and turns parts of the variance into parts of its root, in proportion.
 *
 * @param names of the vectors' numbers
 */
export function explainScore(
  contributions: readonly Contribution[],
  names: { readonly context: readonly string[]; readonly interaction: readonly string[] },
): ScoreExplanation {
  let mean = 0;
  let variance = 0;
  for (const each of contributions) {
    mean += each.score;
    variance += each.variance;
  }
  const deviation = Math.sqrt(Math.max(0, variance));
  const reasons = contributions.map(
    ({ feature, vector, value, weight, score, variance: part }): Reason => ({
      name: names[vector][feature] ?? `${vector} ${feature}`,
      value,
      weight,
      score,
      deviation: deviation > 0 ? part / deviation : 0,
    }),
  );
  reasons.sort((left, right) => Math.abs(right.score) - Math.abs(left.score));
  return { mean, deviation, reasons };
}
