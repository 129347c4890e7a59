/** How far something happened from the beginning of an alert, in words. */
import { formatDuration } from '../format/numbers.ts';
import { detail as words } from '../words/anomalies.ts';

/** Nearer is at the same time, ms. */
const sameMs = 30_000;

/** @example apartWords(at - 600_000, at); // '10 min before' */
export function apartWords(at: number, since: number): string {
  const distance = Math.abs(at - since);
  if (distance < sameMs) return words.atOnce;
  const time = formatDuration(distance);
  return at < since ? words.before(time) : words.after(time);
}
