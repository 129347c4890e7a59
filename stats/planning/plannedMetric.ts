/**
 * What a planner must know of a metric: the mean of control, and how outcomes spread in both arms under an effect.
 */
import type { Interval } from '../interval.ts';

export type PlannedMetric =
  /** Yes or no. */
  | { readonly kind: 'binary'; readonly rate: number }
  /** A real outcome; the same deviation in both arms. */
  | { readonly kind: 'continuous'; readonly mean: number; readonly deviation: number }
  /** A count: its variance is dispersion × its mean, 1 for Poisson. */
  | { readonly kind: 'count'; readonly mean: number; readonly dispersion: number }
  /** A ratio of sums: `deviation` is that of (N − R D) / D̄ between units. */
  | { readonly kind: 'ratio'; readonly ratio: number; readonly deviation: number };

/** The smallest effect that matters: in the unit of the metric, or as a share of the size of control's mean. */
export interface PlannedEffect {
  readonly kind: 'absolute' | 'relative';
  /** Not 0; negative for a decrease. */
  readonly size: number;
}

/** Means and variances of one outcome (for a ratio, of its linear part) in both arms. */
export interface PlannedArms {
  readonly control: number;
  readonly treatment: number;
  readonly controlVariance: number;
  readonly treatmentVariance: number;
  /** Of an outcome, when its mean is as given. */
  readonly variance: (mean: number) => number;
  /** What a mean can be. */
  readonly range: Interval;
}

function positive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${name}: expected above 0, got ${value}`);
  }
}

function baselineOf(metric: PlannedMetric): number {
  if (metric.kind === 'binary') return metric.rate;
  return metric.kind === 'ratio' ? metric.ratio : metric.mean;
}

function varianceAt(metric: PlannedMetric, mean: number): number {
  switch (metric.kind) {
    case 'binary':
      return Math.max(0, mean * (1 - mean));
    case 'count':
      positive('dispersion', metric.dispersion);
      return Math.max(0, metric.dispersion * mean);
    case 'continuous':
    case 'ratio':
      positive('deviation', metric.deviation);
      return metric.deviation * metric.deviation;
  }
}

/**
 * Both arms under the effect.
 *
 * @throws RangeError when the effect is 0, or takes a rate out of (0, 1) or a count to 0
 *
 * @example
 * plannedArms({ kind: 'binary', rate: 0.1 }, { kind: 'relative', size: 0.2 }).treatment; // = 0.12
 */
export function plannedArms(metric: PlannedMetric, effect: PlannedEffect): PlannedArms {
  const control = baselineOf(metric);
  if (effect.size === 0 || !Number.isFinite(effect.size)) {
    throw new RangeError(`effect: expected a number other than 0, got ${effect.size}`);
  }
  const treatment =
    control + (effect.kind === 'relative' ? effect.size * Math.abs(control) : effect.size);
  if (metric.kind === 'binary' && !(control > 0 && control < 1 && treatment > 0 && treatment < 1)) {
    throw new RangeError(`rates: expected in (0, 1), got ${control} and ${treatment}`);
  }
  if (metric.kind === 'count') {
    positive('mean', control);
    positive('mean', treatment);
  }
  return {
    control,
    treatment,
    controlVariance: varianceAt(metric, control),
    treatmentVariance: varianceAt(metric, treatment),
    variance: (mean) => varianceAt(metric, mean),
    range: {
      lower: metric.kind === 'binary' || metric.kind === 'count' ? 0 : -Infinity,
      upper: metric.kind === 'binary' ? 1 : Infinity,
    },
  };
}

/**
 * Effects must stay below this size for both arms to be possible; Infinity when every size is.
 *
 * @param effect of which kind and sign count
 */
export function effectLimit(metric: PlannedMetric, effect: PlannedEffect): number {
  const control = baselineOf(metric);
  const unit = effect.kind === 'relative' ? Math.abs(control) : 1;
  if (metric.kind === 'binary') return (effect.size > 0 ? 1 - control : control) / unit;
  return metric.kind === 'count' && effect.size < 0 ? control / unit : Infinity;
}
