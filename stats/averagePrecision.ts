/**
 * Average precision: the mean over positives of the precision at which each is found, when the highest scores come first.
 *
 * Source: Su, Yuan & Zhu 2015, "A relationship between the average precision and the area under the ROC curve"; equal scores are
 * found together, as in scikit-learn's `average_precision_score`.
 */

/**
 * @param scores finite, in any unit
 * @param labels 0 or 1, as long as `scores`
 * @returns in (0, 1]; near the share of positives for scores that know nothing; NaN without positives. O(n log n)
 * @throws RangeError when the lengths differ
 *
 * @example
 * averagePrecision(Float64Array.of(0.1, 0.4, 0.35, 0.8), [0, 0, 1, 1]); // ≈ 0.8333
 */
export function averagePrecision(scores: Float64Array, labels: ArrayLike<number>): number {
  const count = scores.length;
  if (labels.length !== count) {
    throw new RangeError(`labels: expected ${count}, got ${labels.length}`);
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((left, right) => scores[right]! - scores[left]!);
  let positives = 0;
  let sum = 0;
  for (let start = 0; start < count; ) {
    const score = scores[order[start]!]!;
    let end = start;
    let tied = 0;
    for (; end < count && scores[order[end]!] === score; end += 1) tied += labels[order[end]!]!;
    positives += tied;
    sum += (tied * positives) / end;
    start = Math.max(end, start + 1);
  }
  return sum / positives;
}
