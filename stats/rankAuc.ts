/**
 * Exact area under the ROC curve: the share of pairs (positive, negative) that the score orders rightly, ties ½.
 *
 * Source: Mann & Whitney 1947; Hanley & McNeil 1982.
 */

/**
 * @param scores finite, in any unit
 * @param labels 0 or 1, as long as `scores`
 * @returns in [0, 1]; NaN when one of the classes is empty. O(n log n)
 * @throws RangeError when the lengths differ
 */
export function rankAuc(scores: Float64Array, labels: ArrayLike<number>): number {
  const count = scores.length;
  if (labels.length !== count) {
    throw new RangeError(`labels: expected ${count}, got ${labels.length}`);
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((left, right) => scores[left]! - scores[right]!);
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < count; ) {
    const score = scores[order[start]!]!;
    let end = start;
    let tied = 0;
    for (; end < count && scores[order[end]!] === score; end += 1) tied += labels[order[end]!]!;
    rankSum += (tied * (start + 1 + end)) / 2;
    positives += tied;
    start = Math.max(end, start + 1);
  }
  return (
    (rankSum - (positives * (positives + 1)) / 2) / (positives * (count - positives)) // 0 / 0 is NaN
  );
}
