/** The AUC of a range: that of its steps, each as often as it has predictions. */
import type { QualityPoint } from '../../contracts/api.ts';

/** @returns null without a step that has one */
export function rangeAuc(points: readonly Pick<QualityPoint, 'auc' | 'count'>[]): number | null {
  let [sum, count] = [0, 0];
  for (const { auc, count: n } of points) {
    if (auc === null) continue;
    sum += auc * n;
    count += n;
  }
  return count === 0 ? null : sum / count;
}
