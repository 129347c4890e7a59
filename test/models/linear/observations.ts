/** Observations by formula, the same as in the Python that made the golden values. */

/** (1, sin 1.3t, sin 2.6t + 0.1, sin 3.9t + 0.2 …) */
export function featuresAt(t: number, dimension: number): Float64Array {
  return Float64Array.from({ length: dimension }, (_, i) =>
    i === 0 ? 1 : Math.sin(1.3 * t * i) + 0.1 * (i - 1),
  );
}

export function rewardAt(t: number): number {
  return Math.cos(0.7 * t) + 0.05 * t;
}
