/**
 * Figures of a group that are those of one person, or of a few: they are withheld however large the group is.
 *
 * The least and the largest value are somebody's. A quantile is shown where enough rows lie on either side of it.
 *
 * Source: Hundepool et al. 2012, §4.2 (minima, maxima and percentiles).
 */
import type { MetricPoint } from '../../contracts/api.ts';

const quantiles = { p50: 0.5, p90: 0.9, p99: 0.99 } as const;

/** @param least rows that must lie on either side of a quantile */
export function withinGroup<Point extends Omit<MetricPoint, 'time' | 'withheld'>>(
  point: Point,
  least: number,
): Point {
  if (least === 0) return point;
  const rows = point.count ?? 0;
  const kept = Object.entries(quantiles).map(([name, q]) => {
    const isSafe = rows * Math.min(q, 1 - q) >= least * (1 - 1e-9);
    return [name, isSafe ? point[name as keyof typeof quantiles] : null];
  });
  return { ...point, minimum: null, maximum: null, ...Object.fromEntries(kept) };
}
