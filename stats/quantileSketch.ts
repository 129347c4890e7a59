/**
 * Quantiles within 1 % of the value, from integer counts in logarithmic bins.
 *
 * The bins are a function of the multiset of inputs alone, so merges are exact in any order, and a reader may add the
 * counts of several sketches by bin. Beyond `binsMax` distinct bins the lowest are counted with the next: quantiles that
 * fall there are only upper bounds, all others keep the promise.
 *
 * Source: Masson, Rim & Lee 2019, "DDSketch" (relative error, collapsing). Our own: one signed bin number for negative,
 * zero and positive values, monotone in the value.
 */
import type { Fold } from '../contracts/fold.ts';
import { lowerBound } from './lowerBound.ts';

/** Largest |estimate − value| / |value|. */
export const relativeError = 0.01;
/** Most distinct bins: positive values may span a ratio of e^20 before the lowest collapse. */
export const binsMax = 1024;

const gamma = (1 + relativeError) / (1 - relativeError);
const scale = 1 / Math.log(gamma);
/** Makes the bin of every positive double > 0: the smallest, 5e-324, lies near −37,222. */
const shift = 40_000;

export interface QuantileSketchState {
  /** Distinct bin numbers, ascending. */
  bins: number[];
  /** Observations in each, integer > 0. */
  counts: number[];
}

/** Bin of a finite value: 0 for zero, > 0 for positive values, the negative of its mirror for negative ones. */
export function binOf(value: number): number {
  if (value > 0) return Math.ceil(Math.log(value) * scale) + shift;
  if (value < 0) return -Math.ceil(Math.log(-value) * scale) - shift;
  return 0;
}

/** The value that is within `relativeError` of every value in the bin. */
export function binValue(bin: number): number {
  if (bin === 0) return 0;
  const value = (2 * Math.exp((Math.abs(bin) - shift) / scale)) / (gamma + 1);
  return bin > 0 ? value : -value;
}

/** The largest value of the bin, up to rounding: the least of the next begins behind it. */
export function binUpperEnd(bin: number): number {
  if (bin > 0) return Math.min(Number.MAX_VALUE, Math.exp((bin - shift) / scale));
  return bin === 0 ? 0 : -Math.exp((-bin - shift - 1) / scale);
}

/**
 * @param bins   ascending
 * @param counts of each bin, ≥ 0
 * @param q      in [0, 1]
 * @returns estimate of the value of rank floor(q (n − 1)), from 0; NaN when the counts are empty
 * @throws RangeError when q is outside [0, 1]
 */
export function quantileOf(bins: ArrayLike<number>, counts: ArrayLike<number>, q: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`q: expected in [0, 1], got ${q}`);
  let count = 0;
  for (let i = 0; i < counts.length; i += 1) count += counts[i]!;
  if (count === 0) return NaN;
  const rank = Math.floor(q * (count - 1));
  let seen = 0;
  for (let i = 0; i < bins.length; i += 1) {
    seen += counts[i]!;
    if (seen > rank) return binValue(bins[i]!);
  }
  return NaN;
}

/** Counts a bin several times. @param count integer > 0 */
export function addBin(state: QuantileSketchState, bin: number, count: number): void {
  const { bins, counts } = state;
  const at = lowerBound(bins, bin);
  if (bins[at] === bin) {
    counts[at]! += count;
    return;
  }
  bins.splice(at, 0, bin);
  counts.splice(at, 0, count);
  if (bins.length <= binsMax) return;
  counts[1]! += counts[0]!;
  bins.shift();
  counts.shift();
}

export const quantileSketch = {
  initial: (): QuantileSketchState => ({ bins: [], counts: [] }),

  /** Values that are not finite are skipped. */
  step(state, x) {
    if (Number.isFinite(x)) addBin(state, binOf(x), 1);
  },

  /** A function from q to its quantile. */
  read:
    ({ bins, counts }) =>
    (q) =>
      quantileOf(bins, counts, q),

  merge(state, other) {
    for (let i = 0; i < other.bins.length; i += 1) addBin(state, other.bins[i]!, other.counts[i]!);
  },
} satisfies Fold<QuantileSketchState, number, (q: number) => number>;
