/** Quantiles of measured samples, and of samples that count several times. */

/** @returns the smallest sample that at least `share` of the samples do not exceed; NaN without samples */
export function quantile(samples: readonly number[], share: number): number {
  return weightedQuantile(
    samples.map((value) => ({ value, weight: 1 })),
    share,
  );
}

export function weightedQuantile(
  samples: readonly { value: number; weight: number }[],
  share: number,
): number {
  const sorted = [...samples].sort((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, sample) => sum + sample.weight, 0);
  let seen = 0;
  for (const { value, weight } of sorted) {
    seen += weight;
    if (seen >= share * total) return value;
  }
  return Number.NaN;
}
