/** What makes a probability of the score of a binary model: learnt on rows that the model has not seen, kept with it. */
import { sigmoid } from '../features.ts';

export type Calibration =
  /** The probability is σ(slope × score + offset). */
  | { readonly kind: 'platt'; readonly slope: number; readonly offset: number }
  /** σ(a ln p − b ln(1 − p) + c), p = σ(score). */
  | { readonly kind: 'beta'; readonly a: number; readonly b: number; readonly c: number }
  /** Linear between points of (σ(score), probability), both ascending; constant beyond the first and the last. */
  | {
      readonly kind: 'isotonic';
      readonly from: Float32Array;
      readonly to: Float32Array;
    };

/** ln(1 + e^x), without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** The calibrated probability of a score, in log-odds. */
export function calibrate(calibration: Calibration, score: number): number {
  switch (calibration.kind) {
    case 'platt':
      return sigmoid(calibration.slope * score + calibration.offset);
    case 'beta': {
      const { a, b, c } = calibration;
      return sigmoid(b * softplus(score) - a * softplus(-score) + c);
    }
    case 'isotonic':
      return interpolate(calibration.from, calibration.to, sigmoid(score));
  }
}

function interpolate(from: Float32Array, to: Float32Array, at: number): number {
  const last = from.length - 1;
  if (!(at > from[0]!)) return to[0]!;
  if (at >= from[last]!) return to[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (from[middle]! <= at) low = middle;
    else high = middle;
  }
  return to[low]! + ((at - from[low]!) / (from[high]! - from[low]!)) * (to[high]! - to[low]!);
}
