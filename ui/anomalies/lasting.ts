/** How long an alert has lasted, in words. */
import type { Alert } from '../../contracts/alert.ts';
import { formatDuration } from '../format/numbers.ts';

/** @param newest up to which time there are readings, ms since 1970 */
export function lastingMs(
  { since, resolvedAt }: Pick<Alert, 'since' | 'resolvedAt'>,
  newest: number,
): number {
  return Math.max(0, (resolvedAt ?? newest) - since);
}

export function lastingWords(alert: Pick<Alert, 'since' | 'resolvedAt'>, newest: number): string {
  return formatDuration(lastingMs(alert, newest));
}
