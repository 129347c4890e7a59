/** What each example counts: as many as it stands for, less with age, and by its class. */

export interface Weighing {
  /** Time in which an example loses half its weight, ms; null: none. */
  readonly halfLifeMs: number | null;
  /** `balanced`: both classes weigh the same in sum, and all together as before. */
  readonly classWeights: 'none' | 'balanced';
}

/**
 * Multiplies weights in place. Ages are counted from the last example, so they do not depend on when this is done.
 *
 * Where there is one class only, nothing is balanced.
 *
 * @param weights how many predictions each stands for
 * @param times   ascending, ms
 * @param labels  0 or 1 where classes are to be balanced
 * @throws RangeError when the half-life is not > 0
 *
 * @example
 * const weights = Float64Array.of(1, 1, 1);
 * weighExamples(weights, Float64Array.of(0, 1, 2), Float64Array.of(0, 1, 1), { halfLifeMs: 1, classWeights: 'none' });
 * weights; // [0.25, 0.5, 1]
 */
export function weighExamples(
  weights: Float64Array,
  times: Float64Array,
  labels: Float64Array,
  { halfLifeMs, classWeights }: Weighing,
): void {
  if (halfLifeMs !== null) {
    if (!(halfLifeMs > 0)) throw new RangeError(`halfLifeMs: expected > 0, got ${halfLifeMs}`);
    const last = times.at(-1) ?? 0;
    for (let i = 0; i < weights.length; i += 1)
      weights[i]! *= 2 ** ((times[i]! - last) / halfLifeMs);
  }
  if (classWeights === 'none') return;
  let total = 0;
  let ones = 0;
  for (let i = 0; i < weights.length; i += 1) {
    total += weights[i]!;
    if (labels[i] === 1) ones += weights[i]!;
  }
  if (ones === 0 || ones === total) return;
  const [zero, one] = [total / 2 / (total - ones), total / 2 / ones];
  for (let i = 0; i < weights.length; i += 1) weights[i]! *= labels[i] === 1 ? one : zero;
}
