/** The rows of a training set as bins, one byte a feature. */
import type { TrainingSet } from '../training/trainingSet.ts';
import type { FeatureBins } from './featureBins.ts';

export interface BinnedRows {
  readonly rows: number;
  /** Of a row: one byte a feature, filled up to a multiple of four. */
  readonly stride: number;
  readonly bytes: Uint8Array;
  /** The same memory, four features a word. */
  readonly words: Uint32Array;
}

/** Row-major bins: a row is read at once, and rows that belong to one leaf are few cache lines each. */
export function binRows(set: TrainingSet, bins: readonly FeatureBins[]): BinnedRows {
  const rows = set.labels.length;
  const stride = Math.ceil(bins.length / 4) * 4;
  const bytes = new Uint8Array(rows * stride);
  binNumeric(set, bins, bytes, stride);
  binCategorical(set, bins, bytes, stride);
  return { rows, stride, bytes, words: new Uint32Array(bytes.buffer) };
}

function binNumeric(
  { values, labels, features }: TrainingSet,
  bins: readonly FeatureBins[],
  bytes: Uint8Array,
  stride: number,
): void {
  const places = bins.flatMap(({ isCategorical }, place) => (isCategorical ? [] : [place]));
  const at = Int32Array.from(places);
  const columns = at.map((place) => bins[place]!.column);
  const missing = at.map((place) => bins[place]!.missing);
  const bounds = new Float32Array(256 * places.length).fill(Infinity);
  for (const [i, place] of places.entries()) bounds.set(bins[place]!.bounds, 256 * i);
  for (let row = 0; row < labels.length; row += 1) {
    for (let i = 0; i < at.length; i += 1) {
      const value = values[row * features.length + columns[i]!]!;
      let bin = missing[i]!;
      if (!Number.isNaN(value)) {
        const base = 256 * i;
        let from = base;
        // Among 256 bounds, of which the last are infinite.
        for (let step = 128; step > 0; step >>= 1) {
          if (value > bounds[from + step - 1]!) from += step;
        }
        bin = from - base;
      }
      bytes[row * stride + at[i]!] = bin;
    }
  }
}

function binCategorical(
  { values, labels, features }: TrainingSet,
  bins: readonly FeatureBins[],
  bytes: Uint8Array,
  stride: number,
): void {
  for (const [place, { isCategorical, codes, column }] of bins.entries()) {
    if (!isCategorical) continue;
    const binOf = new Map(Array.from(codes, (code, i) => [code, i + 1]));
    for (let row = 0; row < labels.length; row += 1) {
      bytes[row * stride + place] = binOf.get(values[row * features.length + column]!) ?? 0;
    }
  }
}
