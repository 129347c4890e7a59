/** What somebody does about an alert: takes care of it, or says that it is over. */
import type { Alert } from '../../contracts/alert.ts';
import { type Refused, refusal } from '../definitions/written.ts';
import type { Told } from './alertLife.ts';

export type Answered =
  | {
      readonly outcome: 'answered';
      /** The next revision. */
      readonly alert: Alert;
      /** As of a step: whether it is muted or belongs to an incident is not considered yet. */
      readonly told: readonly Told[];
    }
  | Refused;

/**
 * Somebody takes care of it. A second one takes over from the first; an empty note leaves the one that there is.
 *
 * @param now by the clock, ms since 1970
 */
export function acknowledge(alert: Alert, owner: string, note: string, now: number): Answered {
  if (alert.state === 'resolved') return over('there is nothing left to take care of');
  const answered = {
    ...{ ...alert, owner, acknowledgedAt: now, note: note === '' ? alert.note : note },
    ...{ revision: alert.revision + 1, changedAt: now },
  };
  return { outcome: 'answered', alert: answered, told: [] };
}

/**
 * Somebody says that it is over, or that it was none. Its end is told when its beginning was.
 *
 * @param isFalse it was no alert
 * @param at  now, event time; an end before it fired is told as when it fired
 * @param now by the clock, ms since 1970
 */
export function close(
  alert: Alert,
  { note, isFalse }: { readonly note: string; readonly isFalse: boolean },
  at: number,
  now: number,
): Answered {
  if (alert.state === 'resolved') return over('it cannot be closed');
  const { firedAt, noticedAt, revision } = alert;
  const closed: Alert = {
    ...{ ...alert, state: 'resolved', ending: isFalse ? 'false alarm' : 'closed' },
    resolvedAt: Math.max(at, firedAt ?? noticedAt),
    note: note === '' ? alert.note : note,
    ...{ revision: revision + 1, changedAt: now },
  };
  const told: Told[] = firedAt === null ? [] : [{ what: 'resolved', alert: closed }];
  return { outcome: 'answered', alert: closed, told };
}

function over(consequence: string): Refused {
  return refusal([`The alert is over: ${consequence}.`], 'state');
}
