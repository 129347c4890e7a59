/** What is the same on many cards: days, whom it concerns, a page to look at, and the promise that a fact is none any more. */
import type { Finding, InsightAction, InsightPromise } from '../../../contracts/insight.ts';
import type { Facts } from '../facts.ts';

export const dayMs = 86_400_000;

/** End of the newest whole day: what is judged by days is judged once a day. */
export function wholeDay(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}

/** Some beginnings are known by the clock, which a replay is behind. */
export function begun({ eventTime }: Pick<Facts, 'eventTime'>, at: number): number {
  return Math.max(0, Math.min(at, eventTime));
}

/** @param users whom it concerns; null: all who are active */
export function reachOf(
  { activeUsers }: Pick<Facts, 'activeUsers'>,
  users: number | null,
): Finding['reach'] {
  if (users === null) return { share: 1, users: activeUsers };
  const whole = Math.max(0, Math.round(users));
  if (whole === 0) return { share: 0, users: 0 };
  return { share: activeUsers > 0 ? Math.min(1, whole / activeUsers) : 1, users: whole };
}

/** A button that only leads there. */
export function lookAction(label: string, page: string): InsightAction {
  return {
    ...{ label, page, request: null, needs: 'read' },
    consequence: 'Nothing changes by looking.',
    undo: 'There is nothing to take back.',
  };
}

/** Of a fact: that it is none any more. */
export function standingPromise(sentence: string, days: number): InsightPromise {
  return {
    measure: { kind: 'standing' },
    ...{ unit: 'number', better: -1, low: -1, high: -1, horizonMs: days * dayMs, sentence },
  };
}
