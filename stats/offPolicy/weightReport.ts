/** How far a log can speak of a policy at all: the figures to look at before any estimate. */
import { packedIndex } from '../exact/packedSymmetric.ts';
import { figure, figuresEach, type PolicyMoments } from './policyMoments.ts';

export interface WeightReport {
  readonly decisions: number;
  /** (Σ w)² / Σ w²: as many decisions of the policy itself would say as much (Kish 1965). NaN without any weight. */
  readonly effectiveSampleSize: number;
  /** Of the weights; 1 on average, less by the unsupported chance. Far from it, probabilities were logged wrongly. */
  readonly mean: number;
  /** Standard errors between the mean and 1; beyond 3 or 4 the logged probabilities are in doubt. */
  readonly deviation: number;
  readonly largest: number;
  /** Mean chance that the policy gives to actions without a chance in the log. */
  readonly unsupported: number;
}

/** @param policy its place among those of the moments */
export function weightReport(
  { moments, largest, unsupported }: PolicyMoments,
  policy = 0,
): WeightReport {
  const { count, means, products } = moments;
  const at = policy * figuresEach + figure.weight;
  const mean = means[at]!;
  const spread = products[packedIndex(at, at)]!;
  const missing = 1 - unsupported[policy]! - mean;
  const standardError = Math.sqrt(spread / (count * (count - 1)));
  return {
    decisions: count,
    effectiveSampleSize: (count * mean) ** 2 / (spread + count * mean * mean),
    mean,
    deviation: Math.abs(missing) < 1e-5 ? 0 : Math.abs(missing) / standardError,
    largest: largest[policy]!,
    unsupported: unsupported[policy]!,
  };
}
