/** What people do to an alert, beside what becomes of it by itself. */
import type { Alert } from '../../contracts/alert.ts';

/** What of an act is to hold for the alert as it is known. */
export function actOf(known: Alert, act: Alert): Partial<Alert> {
  const { owner, acknowledgedAt, note, state, ending, resolvedAt } = act;
  const isClosing = state === 'resolved' && known.state !== 'resolved';
  return { owner, acknowledgedAt, note, ...(isClosing ? { state, ending, resolvedAt } : {}) };
}

/** It holds already. */
export function isSameAct(known: Alert, act: Alert): boolean {
  return Object.entries(actOf(known, act)).every(
    ([field, value]) => known[field as keyof Alert] === value,
  );
}
