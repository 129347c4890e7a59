/** What is kept of the alerts of one watch and key; see `stepAlert`. */
import type { Alert, JudgedReading } from '../../contracts/alert.ts';
import type { Judged } from '../watching/judged.ts';
import { type EndedAlert, endedOf } from './endedAlert.ts';

/** Plain data. */
export interface AlertLife {
  readonly open: Alert | null;
  /** In no order. */
  readonly ended: readonly EndedAlert[];
  /**
   * The newest reading there was. Others are taken only when they end after it; of a restored life all that do must be
   * given again, in order.
   */
  readonly newest: JudgedReading | null;
  /** Since when readings are fine again, event time; null: they are not. */
  readonly fineSince: number | null;
}

export type Observation =
  | { readonly kind: 'reading'; readonly judged: Judged }
  /**
   * A round without a reading of this key, short silences too: they say that there was no error.
   * `since`: end of the last reading (or beginning of watching); `at`: now. Event time.
   */
  | { readonly kind: 'silence'; readonly since: number; readonly at: number }
  /** A round in which it could not be judged, and why. `at`: now, event time. */
  | { readonly kind: 'error'; readonly at: number; readonly problem: string }
  /** The watch was turned off, or watches something else now; the reason is added to the note. */
  | { readonly kind: 'end'; readonly at: number; readonly reason: string };

/** Whether it is muted or belongs to an incident is not considered yet. */
export interface Told {
  readonly what: 'firing' | 'resolved';
  readonly alert: Alert;
}

export interface AlertStep {
  readonly life: AlertLife;
  /** Each with its next revision; an alert that ended comes before one that began. */
  readonly changed: readonly Alert[];
  readonly told: readonly Told[];
}

export const newLife: AlertLife = { open: null, ended: [], newest: null, fineSince: null };

/**
 * A life as it was when the alerts were stored, once all readings that end after `newest` are given again.
 *
 * @param alerts newest revision of each, of one watch and key: the newest, and those that ended within the longest of a day,
 *   `refractoryMs` and `noDataMs`
 */
export function restoreLife(alerts: readonly Alert[]): AlertLife {
  let [open, newest]: [Alert | null, JudgedReading | null] = [null, null];
  for (const alert of alerts) {
    const { latest } = alert;
    if (latest !== null && latest.end > (newest?.end ?? -Infinity)) newest = latest;
    if (alert.state !== 'resolved' && alert.since >= (open?.since ?? -Infinity)) open = alert;
  }
  const ended = alerts.filter(({ state }) => state === 'resolved').map(endedOf);
  return { open, ended, newest, fineSince: null };
}

/** Takes over an alert that was changed elsewhere: acknowledged, closed, explained, muted, joined to an incident. */
export function takeOver(life: AlertLife, alert: Alert): AlertLife {
  if (life.open?.id !== alert.id) return life;
  if (alert.state !== 'resolved') return { ...life, open: alert };
  return { ...life, open: null, ended: [...life.ended, endedOf(alert)], fineSince: null };
}
