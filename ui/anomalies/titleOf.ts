/** What an alert is called where nothing else says of what it is. */
import type { Alert } from '../../contracts/alert.ts';
import { list as words } from '../words/anomalies.ts';

type Titled = Pick<Alert, 'headline' | 'state' | 'watchName' | 'direction'>;

/** Whether its headline names what was measured: that of a silence or of an error says only that there is none. */
export function isMeasured({ state, direction }: Pick<Alert, 'state' | 'direction'>): boolean {
  return state !== 'no-data' && state !== 'error' && !(state === 'resolved' && direction === null);
}

/**
 * @example
 * titleOf(silent); // 'Logins: no reading since 14:05 UTC.'
 */
export function titleOf(alert: Titled): string {
  const { headline, watchName } = alert;
  if (isMeasured(alert) || headline.startsWith(watchName)) return headline;
  return `${watchName}: ${clauseOf(headline)}.`;
}

/** A sentence as a part of another: without its full stop, and where it begins with a plain word, in small letters. */
export function clauseOf(headline: string): string {
  const clause = headline.trim().replace(/\.+$/, '');
  return /^[A-Z][a-z]/.test(clause) ? clause.charAt(0).toLowerCase() + clause.slice(1) : clause;
}

/**
 * The same for a sentence about many: without the figures in brackets at its end, and with its beginning.
 *
 * @param moment of its beginning, as it is told
 */
export function briefly(alert: Titled, moment: string): string {
  const { headline, watchName } = alert;
  const isNamed = headline.startsWith(watchName);
  if (!isMeasured(alert)) {
    return isNamed ? clauseOf(headline) : `${watchName}: ${clauseOf(headline)}`;
  }
  const brief = clauseOf(headline).replace(/ \([^()]*\)$/, '');
  return words.since(brief, moment);
}
