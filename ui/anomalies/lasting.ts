/** How long an alert has lasted, in words. */
import type { Alert } from '../../contracts/alert.ts';
import { formatDuration } from '../format/numbers.ts';

type Lasting = Pick<Alert, 'since' | 'resolvedAt'> & Partial<Pick<Alert, 'state' | 'latest'>>;

/**
 * Up to its end; of one that is open up to its own newest reading, which may be behind that of other watches. A silence has
 * none: it lasts up to now.
 *
 * @param newest up to which time anything is judged, ms since 1970
 */
export function lastingMs({ since, resolvedAt, state, latest }: Lasting, newest: number): number {
  const isMeasured = state === 'firing' || state === 'pending';
  const until = resolvedAt ?? (isMeasured ? latest?.end : undefined) ?? newest;
  return Math.max(0, until - since);
}

export function lastingWords(alert: Lasting, newest: number): string {
  return formatDuration(lastingMs(alert, newest));
}
