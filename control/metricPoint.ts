/** What a step of a metric reads, from the sums of its windows. */
import type { MetricPoint } from '../contracts/api.ts';
import { quantileOf } from '../stats/quantileSketch.ts';

export interface MetricSums {
  readonly count: number;
  readonly sum: number;
  /** Sum of squares, in the unit of the metric squared. */
  readonly squares: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Bins of the quantile sketch, ascending, and their counts. */
  readonly bins: readonly number[];
  readonly counts: readonly number[];
}

/** Sums of the windows of several together. @param parts at least one */
export function addMetricSums(parts: readonly MetricSums[]): MetricSums {
  if (parts.length === 1) return parts[0]!;
  let [count, sum, squares, minimum, maximum] = [0, 0, 0, Infinity, -Infinity];
  const byBin = new Map<number, number>();
  for (const part of parts) {
    count += part.count;
    sum += part.sum;
    squares += part.squares;
    minimum = Math.min(minimum, part.minimum);
    maximum = Math.max(maximum, part.maximum);
    for (const [i, bin] of part.bins.entries()) {
      byBin.set(bin, (byBin.get(bin) ?? 0) + part.counts[i]!);
    }
  }
  const bins = [...byBin.keys()].sort((a, b) => a - b);
  const counts = bins.map((bin) => byBin.get(bin)!);
  return { count, sum, squares, minimum, maximum, bins, counts };
}

/** A figure that there are too few values for is null. */
export function metricPoint(
  sums: MetricSums,
): Omit<MetricPoint, 'time' | 'withheld'> & { readonly count: number } {
  const { count, sum, squares, minimum, maximum } = sums;
  const some = count > 0;
  const excess = Math.max(0, squares - (sum / count) * sum);
  const quantile = (q: number): number | null => quantileOfSums(sums, q);
  return {
    count,
    sum: finite(sum),
    mean: finite(sum / count),
    deviation: count > 1 ? finite(Math.sqrt(excess / (count - 1))) : null,
    minimum: some ? finite(minimum) : null,
    maximum: some ? finite(maximum) : null,
    p50: quantile(0.5),
    p90: quantile(0.9),
    p99: quantile(0.99),
  };
}

/** @param q in [0, 1] */
export function quantileOfSums(
  { minimum, maximum, bins, counts }: Pick<MetricSums, 'minimum' | 'maximum' | 'bins' | 'counts'>,
  q: number,
): number | null {
  return finite(Math.min(maximum, Math.max(minimum, quantileOf(bins, counts, q))));
}

/** JSON has no NaN and no infinity. */
export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
