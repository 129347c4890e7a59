/** Steps of a metric taken together: their mean with its interval, and how the second half differs from the first. */
import type { MetricPoint } from '../../contracts/api.ts';

type Point = Pick<MetricPoint, 'count' | 'mean' | 'deviation'>;

/** A mean, and half the width of its 95 % interval; 0 where nothing varies. */
export interface Pooled {
  readonly mean: number;
  readonly half: number;
}

/** Of a normal distribution. */
const z = 1.96;

/**
 * The mean of all observations. Its error is by the deviation within steps, so that a course over time does not count as noise.
 *
 * @returns undefined without any
 *
 * @example
 * pooled([{ count: 100, mean: 1, deviation: 1 }, { count: 300, mean: 3, deviation: 1 }]); // { mean: 2.5, half: 0.098 }
 */
export function pooled(points: readonly Point[]): Pooled | undefined {
  let [count, sum, squares] = [0, 0, 0];
  for (const { count: n, mean, deviation } of points) {
    if (mean === null || n === null || n === 0) continue;
    count += n;
    sum += n * mean;
    squares += n * (deviation ?? 0) ** 2;
  }
  if (count === 0) return undefined;
  return { mean: sum / count, half: (z * Math.sqrt(squares)) / count };
}

/** The second half of the steps less the first; undefined where one of them has no observation. */
export function halvesDifference(points: readonly Point[]): Pooled | undefined {
  const middle = Math.floor(points.length / 2);
  const [first, second] = [pooled(points.slice(0, middle)), pooled(points.slice(middle))];
  if (first === undefined || second === undefined) return undefined;
  return { mean: second.mean - first.mean, half: Math.hypot(first.half, second.half) };
}
