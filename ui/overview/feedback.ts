/** How often outcomes came back in a range: their number, the rate with its interval, and how it has changed. */
import type { QualityPoint } from '../../contracts/api.ts';

export interface Feedback {
  readonly count: number;
  /** Outcomes an hour, with the 95 % interval of a Poisson count. */
  readonly perHour: number;
  readonly low: number;
  readonly high: number;
  /** The second half of the steps less the first, an hour; null with fewer than two steps. */
  readonly change: number | null;
}

const hourMs = 3_600_000;

/** @returns undefined without a step */
export function feedbackOf(
  points: readonly Pick<QualityPoint, 'time' | 'count'>[],
  stepMs: number,
): Feedback | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || stepMs <= 0) return undefined;
  const total = (of: typeof points) => of.reduce((sum, { count }) => sum + count, 0);
  const hours = (last.time - first.time + stepMs) / hourMs;
  const count = total(points);
  const half = 1.96 * Math.sqrt(count);
  // By time, not by number: steps without an outcome are left out.
  const middle = (first.time + last.time + stepMs) / 2;
  const later = total(points.filter(({ time }) => time >= middle));
  return {
    count,
    perHour: count / hours,
    low: Math.max(0, count - half) / hours,
    high: (count + half) / hours,
    change: points.length < 2 ? null : (later - (count - later)) / (hours / 2),
  };
}
