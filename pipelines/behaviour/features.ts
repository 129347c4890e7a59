/**
 * What of a key's events in a window is its behaviour: how many, how often 1, how close together, and means of columns.
 *
 * A row holds sums from which the features follow. On the scale of a feature equal factors are equal distances: logarithms, log odds
 * with half a count added, and the inverse hyperbolic sine for columns of either sign.
 */
import type { Side } from '../../models/anomaly/crowdModel.ts';

/** A standard feature, or the mean of a numeric column. */
export type Feature = 'count' | 'share' | 'mean_gap_s' | 'least_gap_s' | { readonly mean: string };

/** In this order; gaps are between one event and the next that came. */
export const standardFeatures = ['count', 'share', 'mean_gap_s', 'least_gap_s'] as const;

/** Places in a row; means follow, two numbers each: sum and count. */
export const rowAt = {
  count: 0,
  /** Values that are 1, and values that are not. */
  ones: 1,
  others: 2,
  /** Earliest and latest time, ms, and that of the event that came last. */
  first: 3,
  last: 4,
  before: 5,
  leastGap: 6,
  /** Offset of the last event. */
  offset: 7,
  means: 8,
} as const;

export interface FeatureLayout {
  readonly names: readonly string[];
  readonly sides: readonly Side[];
  /** Columns of which means are taken, in the order of their places. */
  readonly means: readonly string[];
  /** Numbers of a row. */
  readonly width: number;
  /** Writes the features on their scales; NaN where there is none. */
  read(values: Float64Array, at: number, into: Float64Array): void;
  /** The feature in its own unit: a count, a share, seconds, the column's. */
  figure(feature: number, scaled: number): number;
}

/** Times are whole ms: a gap of 0 is less than one. */
const gapMinMs = 0.5;

interface Scale {
  readonly name: string;
  readonly side: Side;
  of(values: Float64Array, at: number): number;
  figure(scaled: number): number;
}

function logOdds(ones: number, others: number): number {
  return ones + others === 0 ? NaN : Math.log((ones + 0.5) / (others + 0.5));
}

const secondsOf = (scaled: number): number => Math.exp(scaled) / 1_000;

const standard: Readonly<Record<(typeof standardFeatures)[number], Omit<Scale, 'name'>>> = {
  count: {
    side: 'upper',
    of: (values, at) => Math.log(values[at + rowAt.count]!),
    figure: Math.exp,
  },
  share: {
    side: 'either',
    of: (values, at) => logOdds(values[at + rowAt.ones]!, values[at + rowAt.others]!),
    figure: (scaled) => 1 / (1 + Math.exp(-scaled)),
  },
  mean_gap_s: {
    side: 'lower',
    of(values, at) {
      const span = values[at + rowAt.last]! - values[at + rowAt.first]!;
      const gaps = values[at + rowAt.count]! - 1;
      return gaps > 0 ? Math.log(Math.max(gapMinMs, span / gaps)) : NaN;
    },
    figure: secondsOf,
  },
  least_gap_s: {
    side: 'lower',
    of: (values, at) =>
      values[at + rowAt.count]! > 1
        ? Math.log(Math.max(gapMinMs, values[at + rowAt.leastGap]!))
        : NaN,
    figure: secondsOf,
  },
};

/** @throws RangeError when there is no feature, or one twice */
export function featureLayout(features: readonly Feature[]): FeatureLayout {
  const means = features.flatMap((feature) => (typeof feature === 'string' ? [] : [feature.mean]));
  const scales = features.map((feature): Scale => {
    if (typeof feature === 'string') return { name: feature, ...standard[feature] };
    const place = rowAt.means + 2 * means.indexOf(feature.mean);
    return {
      name: feature.mean,
      side: 'either',
      of: (values, at) => Math.asinh(values[at + place]! / values[at + place + 1]!), // 0 / 0 is NaN
      figure: Math.sinh,
    };
  });
  const names = scales.map(({ name }) => name);
  if (names.length === 0 || new Set(names).size < names.length) {
    throw new RangeError(`features: expected some that differ, got ${names.join(', ') || 'none'}`);
  }
  return {
    names,
    sides: scales.map(({ side }) => side),
    means,
    width: rowAt.means + 2 * means.length,
    read(values, at, into) {
      for (let i = 0; i < scales.length; i += 1) into[i] = scales[i]!.of(values, at);
    },
    figure: (feature, scaled) => scales[feature]!.figure(scaled),
  };
}

/**
 * Adds an event to a row.
 *
 * @param value NaN: it has none
 * @param means values of the layout's columns at the event; NaN where absent
 */
export function addEvent(
  row: Float64Array,
  at: number,
  time: number,
  value: number,
  offset: number,
): void {
  const count = row[at + rowAt.count]!;
  row[at + rowAt.count] = count + 1;
  if (value === 1) row[at + rowAt.ones]! += 1;
  else if (!Number.isNaN(value)) row[at + rowAt.others]! += 1;
  row[at + rowAt.offset] = offset;
  if (count === 0) {
    row[at + rowAt.first] = time;
    row[at + rowAt.last] = time;
    row[at + rowAt.leastGap] = Infinity;
  } else {
    row[at + rowAt.first] = Math.min(row[at + rowAt.first]!, time);
    row[at + rowAt.last] = Math.max(row[at + rowAt.last]!, time);
    const gap = Math.abs(time - row[at + rowAt.before]!);
    row[at + rowAt.leastGap] = Math.min(row[at + rowAt.leastGap]!, gap);
  }
  row[at + rowAt.before] = time;
}
