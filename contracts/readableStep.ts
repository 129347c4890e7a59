/** Distances of the points of a time series that a person reads without counting. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Steps that a person reads without counting. */
const readableSteps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 84, 364].map((count) => count * day),
];

/**
 * The shortest readable step of at least `least` ms; an odd window has none near by and gets a multiple of itself.
 *
 * @param windowMs of which the step is a multiple
 *
 * @example
 * readableStep(70_000, 60_000); // 120_000
 */
export function readableStep(least: number, windowMs: number): number {
  const plain = multipleOf(windowMs, least);
  const step = readableSteps.find((candidate) => candidate >= least && candidate % windowMs === 0);
  return step !== undefined && step <= 4 * plain ? step : plain;
}

/** The smallest multiple of a window that is at least `least`. */
export function multipleOf(windowMs: number, least: number): number {
  return Math.max(1, Math.ceil(least / windowMs)) * windowMs;
}
