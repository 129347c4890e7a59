/** A curve in few points, the first and the last among them, so that a run stays small enough to be stored often. */
const pointsMax = 200;

/** Finite values only. */
export function thinned(values: Float64Array): number[] {
  const finite = values.filter(Number.isFinite);
  if (finite.length <= pointsMax) return [...finite];
  const step = (finite.length - 1) / (pointsMax - 1);
  return Array.from({ length: pointsMax }, (_, i) => finite[Math.round(i * step)]!);
}
