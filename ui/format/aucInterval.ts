/**
 * 95 % interval of an area under the ROC curve from its counts alone.
 *
 * Source: Hanley & McNeil 1982, eq. 1–3 (exponential approximation of Q1 and Q2). Approximate, and too narrow when the
 * same person stands behind many predictions: it is shown as guidance, not used for decisions.
 */
import type { Quality } from '../../contracts/api.ts';

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** @returns undefined without an AUC or with fewer than two outcomes of either kind */
export function aucInterval(
  quality: Pick<Quality, 'auc' | 'count' | 'baseRate'>,
): Interval | undefined {
  const { auc, count, baseRate } = quality;
  if (auc === null || baseRate === null) return undefined;
  const positives = count * baseRate;
  const negatives = count - positives;
  if (positives < 2 || negatives < 2) return undefined;
  const both = auc / (2 - auc);
  const pair = (2 * auc * auc) / (1 + auc);
  const variance =
    (auc * (1 - auc) +
      (positives - 1) * (both - auc * auc) +
      (negatives - 1) * (pair - auc * auc)) /
    (positives * negatives);
  const half = 1.96 * Math.sqrt(Math.max(0, variance));
  return { lower: Math.max(0, auc - half), upper: Math.min(1, auc + half) };
}
