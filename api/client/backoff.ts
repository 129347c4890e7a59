/** How long to wait before a repetition: exponential with full jitter, so that senders that failed together do not return together. */

export interface Backoff {
  /** Bound of the first wait, ms. */
  readonly firstMs: number;
  /** Bound of all later ones, ms. */
  readonly mostMs: number;
}

export const usualBackoff: Backoff = { firstMs: 500, mostMs: 60_000 };

/**
 * A wait drawn evenly from [0, min(most, first · 2^failures)), ms.
 *
 * Source: Brooker 2015, "Exponential Backoff and Jitter", full jitter.
 *
 * @param failures in a row, from 0
 * @param uniform  in [0, 1)
 *
 * @example
 * waitMs({ firstMs: 500, mostMs: 60_000 }, 3, 0.5); // 2000
 */
export function waitMs({ firstMs, mostMs }: Backoff, failures: number, uniform: number): number {
  return uniform * Math.min(mostMs, firstMs * 2 ** failures);
}
