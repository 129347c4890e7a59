/** Which part of a series an answer shows, and how coarse: asked for, or chosen to suit the data. */
import type { RangeQuery } from '../../contracts/api.ts';
import { multipleOf, readableStep } from '../../contracts/readableStep.ts';

/** Half-open [from, to), both multiples of `stepMs`. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/** Half-open [from, to) where there is data, ms since 1970. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

const dayMs = 86_400_000;
const defaultSpanMs = dayMs;
/** Points of a series when the step is ours to choose, … */
const pointsDefault = 200;
/** … and when it is not. */
const pointsMax = 2_000;

/**
 * What is asked for, completed: without bounds the last 24 hours of the data – which may lie years back, in a replay –
 * and with a step that makes at most 200 points.
 *
 * The step is a multiple of the window, and coarser than asked for where more than 2,000 points would come out; the
 * bounds move outwards to multiples of the step, so that every point is whole.
 *
 * @param extent   where there is data
 * @param windowMs length of the windows that the points are made of
 */
export function resolveRange(query: RangeQuery, extent: Extent, windowMs: number): Range {
  const to = query.to ?? Math.max(extent.to, (query.from ?? 0) + 1);
  const from = query.from ?? Math.min(Math.max(extent.from, to - defaultSpanMs), to - 1);
  const span = to - from;
  const stepMs =
    query.stepMs === undefined
      ? readableStep(span / pointsDefault, windowMs)
      : multipleOf(windowMs, Math.max(query.stepMs, span / pointsMax));
  return { from: Math.floor(from / stepMs) * stepMs, to: Math.ceil(to / stepMs) * stepMs, stepMs };
}

/** One point for each step of the range; those without data are made by `empty`, so that a gap is seen as a gap. */
export function fillGaps<Point extends { time: number }>(
  { from, to, stepMs }: Range,
  points: readonly Point[],
  empty: (time: number) => Point,
): Point[] {
  const byTime = new Map(points.map((point) => [point.time, point]));
  const filled: Point[] = [];
  for (let time = from; time < to; time += stepMs) filled.push(byTime.get(time) ?? empty(time));
  return filled;
}

/** The days of which any part is in the range, as a range. */
export function daysAround({ from, to }: Pick<Range, 'from' | 'to'>): Extent {
  return { from: Math.floor(from / dayMs) * dayMs, to: Math.ceil(to / dayMs) * dayMs };
}
