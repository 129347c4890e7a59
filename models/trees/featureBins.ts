/**
 * From values to bins, of which a feature has at most 255: quantiles of a numeric feature, the frequent codes of a categorical one.
 *
 * A numeric value lies in the first bin whose bound it does not exceed, one beyond all bounds in the last; missing ones have a bin
 * of their own behind that. Of a categorical feature, bin 0 is for all codes that have no bin, and for missing ones.
 *
 * Source: Ke et al. 2017, "LightGBM"; Chen & Guestrin 2016, §3.3.
 */
import type { TrainingSet } from '../training/trainingSet.ts';
import { roundDown } from './roundDown.ts';

export interface FeatureBins {
  /** Where the feature stands in a row of values. */
  readonly column: number;
  readonly isCategorical: boolean;
  /** Bins, the one for missing values included; at least 2, else nothing can be split. */
  readonly count: number;
  /** Upper bounds of all numeric bins but the last, ascending. */
  readonly bounds: Float32Array;
  /** Code of each categorical bin from 1 on. */
  readonly codes: Float32Array;
  /** −1 when none was missing; as a byte 255, which no other bin is. */
  readonly missing: number;
}

/** Rows that are looked at to find the bounds, evenly over time. */
const sampleMax = 65_536;

/** @param binsMax in [2, 255] */
export function featureBins(set: TrainingSet, binsMax: number): FeatureBins[] {
  const missing = countMissing(set);
  return set.features.map(({ kind }, column) =>
    kind === 'categorical'
      ? categoricalBins(set, column, binsMax)
      : numericBins(set, column, binsMax, missing[column]!),
  );
}

/** By feature. */
function countMissing({ values, features }: TrainingSet): Float64Array {
  const missing = new Float64Array(features.length);
  for (let at = 0, column = 0; at < values.length; at += 1, column += 1) {
    if (column === missing.length) column = 0;
    if (Number.isNaN(values[at]!)) missing[column]! += 1;
  }
  return missing;
}

function numericBins(
  { values, labels, features }: TrainingSet,
  column: number,
  binsMax: number,
  missing: number,
): FeatureBins {
  const width = features.length;
  const rows = labels.length;
  const sample = new Float32Array(Math.min(rows, sampleMax));
  let size = 0;
  for (let i = 0; i < sample.length; i += 1) {
    const value = values[Math.floor((i * rows) / sample.length) * width + column]!;
    if (!Number.isNaN(value)) sample[size++] = value;
  }
  const bounds = quantileBounds(sample.subarray(0, size).sort(), binsMax - (missing > 0 ? 1 : 0));
  const count = bounds.length + 1;
  return {
    column,
    isCategorical: false,
    count: missing > 0 ? count + 1 : count,
    bounds,
    codes: new Float32Array(0),
    missing: missing > 0 ? count : -1,
  };
}

/** Bounds between bins of about as many values each; one value is never in two bins. */
function quantileBounds(sorted: Float32Array, binsMax: number): Float32Array {
  const bounds: number[] = [];
  let left = sorted.length;
  let inBin = 0;
  let target = left / binsMax;
  for (let start = 0; start < sorted.length && bounds.length < binsMax - 1; ) {
    const value = sorted[start]!;
    let end = start + 1;
    while (end < sorted.length && sorted[end] === value) end += 1;
    inBin += end - start;
    left -= end - start;
    start = end;
    if (end === sorted.length) break;
    let next = end;
    while (next < sorted.length && next < end + target && sorted[next] === sorted[end]) next += 1;
    // A value that fills a bin by itself begins one.
    if (inBin < target && next - end < target) continue;
    bounds.push(between(value, sorted[end]!));
    inBin = 0;
    target = left / (binsMax - bounds.length);
  }
  return Float32Array.from(bounds);
}

/** Half-way, at least `low` and below `high`. */
function between(low: number, high: number): number {
  return Math.max(low, roundDown(low / 2 + high / 2));
}

function categoricalBins(
  { values, features }: TrainingSet,
  column: number,
  binsMax: number,
): FeatureBins {
  const counts = new Map<number, number>();
  for (let at = column; at < values.length; at += features.length) {
    const value = values[at]!;
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const frequent = [...counts].sort(([a, x], [b, y]) => y - x || a - b).slice(0, binsMax - 1);
  return {
    column,
    isCategorical: true,
    count: frequent.length + 1,
    bounds: new Float32Array(0),
    codes: Float32Array.from(frequent, ([code]) => code),
    missing: -1,
  };
}
