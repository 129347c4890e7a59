/**
 * The tail of a stream above a threshold: its last excesses, the law fitted to them, and the value that is too rare.
 *
 * Source: Siffer, Fouque, Termier & Largouët 2017, "Anomaly detection in streams with extreme value theory", KDD, algorithm 1.
 * That only the last excesses are kept is of the authors' later library, libspot.
 */
import { fitGeneralizedPareto, tailQuantile } from './generalizedPareto.ts';

/** Fewer excesses tell nothing: no value is too rare. */
export const peaksMin = 10;

export interface UpperTail {
  /** Above it a value is an excess. */
  threshold: number;
  /** Observations that were not too rare, those below the threshold included. */
  count: number;
  /** Excesses seen, integer ≥ 0. */
  excesses: number;
  /** The last of them, as a ring: excess i at i modulo the length. */
  peaks: Float64Array;
  /** Of the law fitted to the peaks; NaN below `peaksMin`. */
  shape: number;
  scale: number;
  /** A value above it is too rare; Infinity below `peaksMin`. */
  limit: number;
}

export const emptyTail = (peaksMax: number): UpperTail => ({
  threshold: NaN,
  count: 0,
  excesses: 0,
  peaks: new Float64Array(peaksMax),
  shape: NaN,
  scale: NaN,
  limit: Infinity,
});

/**
 * Begins an empty tail with a sample.
 *
 * @param threshold usually a high quantile of the sample
 * @param risk      probability of a value above the limit, in (0, 1)
 */
export function beginTail(
  tail: UpperTail,
  threshold: number,
  sample: ArrayLike<number>,
  risk: number,
): void {
  tail.threshold = threshold;
  for (let i = 0; i < sample.length; i += 1) if (sample[i]! > threshold) keep(tail, sample[i]!);
  tail.count = sample.length;
  fit(tail, risk);
}

/** Takes a value of a tail that has begun. @returns whether it is above the limit: then the tail stays as it was */
export function stepTail(tail: UpperTail, x: number, risk: number): boolean {
  if (x > tail.limit) return true;
  tail.count += 1;
  if (x > tail.threshold) {
    keep(tail, x);
    fit(tail, risk);
  }
  return false;
}

function keep(tail: UpperTail, x: number): void {
  tail.peaks[tail.excesses % tail.peaks.length] = x - tail.threshold;
  tail.excesses += 1;
}

function fit(tail: UpperTail, risk: number): void {
  if (tail.excesses < peaksMin) return;
  const law = fitGeneralizedPareto(tail.peaks, Math.min(tail.excesses, tail.peaks.length));
  tail.shape = law.shape;
  tail.scale = law.scale;
  tail.limit = tailQuantile(tail.threshold, law, (risk * tail.count) / tail.excesses);
}
