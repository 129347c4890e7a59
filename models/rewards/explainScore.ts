/** Why an action has its score, in names: for whoever asks why this was recommended. */
import type { Contribution } from './scoreModel.ts';

export interface Reason {
  readonly name: string;
  readonly value: number;
  /** Mean of its weight: score / value. */
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

interface Sum {
  readonly name: string;
  squares: number;
  /** Value and weight of the first number; the value alone matters where there are more. */
  readonly value: number;
  readonly weight: number;
  numbers: number;
  score: number;
  variance: number;
}

/**
 * Names the contributions and turns parts of the variance into parts of its root, in proportion.
 *
 * Numbers of a vector that have the same name, as the buckets of a category, are one reason; its value is their length.
 *
 * @param names of the vectors' numbers
 */
export function explainScore(
  contributions: readonly Contribution[],
  names: { readonly context: readonly string[]; readonly interaction: readonly string[] },
): ScoreExplanation {
  let mean = 0;
  let variance = 0;
  const sums = new Map<string, Sum>();
  for (const { feature, vector, value, weight, score, variance: part } of contributions) {
    mean += score;
    variance += part;
    const name = names[vector][feature] ?? `${vector} ${feature}`;
    const key = `${vector} ${name}`;
    const sum = sums.get(key) ?? {
      ...{ name, value, weight },
      ...{ squares: 0, numbers: 0, score: 0, variance: 0 },
    };
    sums.set(key, sum);
    sum.squares += value * value;
    sum.numbers += 1;
    sum.score += score;
    sum.variance += part;
  }
  const deviation = Math.sqrt(Math.max(0, variance));
  const reasons = [...sums.values()].map((sum): Reason => {
    const { name, numbers, score, squares } = sum;
    const value = numbers === 1 ? sum.value : Math.sqrt(squares);
    const weight = numbers === 1 ? sum.weight : score / value;
    return {
      ...{ name, value, weight, score },
      deviation: deviation > 0 ? sum.variance / deviation : 0,
    };
  });
  reasons.sort((left, right) => Math.abs(right.score) - Math.abs(left.score));
  return { mean, deviation, reasons };
}
