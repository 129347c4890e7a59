/** The metric and variant that a page shows: those of the address, else those that the verdict is about. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type {
  Comparison,
  ExperimentResult,
  MetricResult,
} from '../../contracts/experimentResult.ts';
import type { Search } from '../data/search.ts';

export interface Chosen {
  readonly metric: MetricResult;
  /** Name of the metric. */
  readonly name: string;
  readonly variant: string;
  readonly comparison: Comparison | undefined;
  /** Of the primary metric; undefined for others, which have none. */
  readonly minimumEffect: number | undefined;
}

/** @returns undefined while nothing is measured */
export function chosenOf(
  { experiment, metrics, result }: ExperimentDetail,
  search: Pick<Search, 'metric' | 'variant'>,
): Chosen | undefined {
  const metric =
    result?.metrics.find(({ metric }) => metric === search.metric) ??
    result?.metrics.find(({ role }) => role === 'primary') ??
    result?.metrics[0];
  if (metric === undefined) return undefined;
  const treated = experiment.variants.filter(({ key }) => key !== experiment.control);
  const wanted = search.variant ?? result?.verdict.variant ?? undefined;
  const variant = treated.find(({ key }) => key === wanted) ?? treated[0];
  if (variant === undefined) return undefined;
  return {
    metric,
    name: nameOfMetric(metrics, metric.metric),
    variant: variant.key,
    comparison: metric.comparisons.find((comparison) => comparison.variant === variant.key),
    minimumEffect: metric.role === 'primary' ? experiment.minimumEffect : undefined,
  };
}

export function nameOfMetric(metrics: readonly ExperimentMetric[], key: string): string {
  return metrics.find((metric) => metric.key === key)?.name ?? key;
}

export function nameOfVariant({ experiment }: Pick<ExperimentDetail, 'experiment'>, key: string) {
  return experiment.variants.find((variant) => variant.key === key)?.name ?? key;
}

/** Exposed units of all arms that are not yet old enough to be scored in the metric. */
export function immatureOf({ arms }: Pick<MetricResult, 'arms'>): number {
  return arms.reduce((sum, { immature }) => sum + immature, 0);
}

/** The first primary metric of a result. */
export function primaryOf({ metrics }: ExperimentResult): MetricResult | undefined {
  return metrics.find(({ role }) => role === 'primary');
}
