/**
 * Exact area under the ROC curve: the share of pairs (positive, negative) that the score orders rightly, ties ½.
 *
 * Source: Mann & Whitney 1947; Hanley & McNeil 1982.
 */

/**
 * @param scores  finite, in any unit
 * @param labels  0 or 1, as long as `scores`
 * @param weights how much each counts, ≥ 0; without them once. A pair counts as the product
 * @returns in [0, 1]; NaN when one of the classes is empty. O(n log n)
 * @throws RangeError when the lengths differ
 */
export function rankAuc(
  scores: Float64Array,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  const count = scores.length;
  for (const [name, { length }] of Object.entries({ labels, weights: weights ?? labels })) {
    if (length !== count) throw new RangeError(`${name}: expected ${count}, got ${length}`);
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((left, right) => scores[left]! - scores[right]!);
  let positives = 0;
  let negatives = 0;
  let ordered = 0;
  for (let start = 0; start < count; ) {
    const score = scores[order[start]!]!;
    let end = start;
    let ones = 0;
    let zeros = 0;
    for (; end < count && scores[order[end]!] === score; end += 1) {
      const weight = weights === undefined ? 1 : weights[order[end]!]!;
      if (labels[order[end]!] === 1) ones += weight;
      else zeros += weight;
    }
    ordered += ones * (negatives + zeros / 2);
    positives += ones;
    negatives += zeros;
    start = Math.max(end, start + 1);
  }
  return ordered / (positives * negatives); // 0 / 0 is NaN
}
