/** When a notice that was not taken is tried again: after twice the time each, with jitter, for a day. */

const firstMs = 10_000;
const mostMs = 3_600_000;
/** Tries end so long after the notice was made. */
export const triedForMs = 24 * 3_600_000;

export interface Tried {
  /** When the notice was made, ms since 1970. */
  readonly madeAt: number;
  /** Failed tries, the one that has just failed among them, ≥ 1. */
  readonly attempts: number;
  /** ms since 1970. */
  readonly now: number;
  /** What the other side asked for, ms from now. */
  readonly retryAfterMs?: number | undefined;
  /** In [0, 1): the jitter. */
  readonly random: number;
}

/**
 * The last try is at the end of the day at the latest.
 *
 * @returns ms since 1970; undefined when the day is over: it is given up
 *
 * @example
 * nextTryAt({ madeAt: 0, attempts: 3, now: 60_000, random: 0.5 }); // 90000: 40 s later, of which a quarter is jitter
 */
export function nextTryAt({
  madeAt,
  attempts,
  now,
  retryAfterMs = 0,
  random,
}: Tried): number | undefined {
  const until = madeAt + triedForMs;
  if (now >= until) return undefined;
  const pauseMs = Math.min(mostMs, firstMs * 2 ** Math.min(attempts - 1, 20));
  const waitMs = Math.max(pauseMs * (0.5 + random / 2), retryAfterMs);
  return Math.min(until, Math.round(now + waitMs));
}
