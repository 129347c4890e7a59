/** What happened to a card from one revision to the next, in a sentence. */
import type { Card } from '../../contracts/insight.ts';

/** Of what the engine has changed. @returns '' when nothing happened that people are told */
export function changeSentence(before: Card | undefined, after: Card): string {
  if (before === undefined) return `Found. ${after.finding.changed}`;
  if (after.outcome !== null && before.outcome === null) return after.outcome.sentence;
  if (before.state !== after.state) {
    if (after.state === 'over') return 'It is not found any more.';
    if (before.state === 'snoozed' && after.state === 'live') {
      const isDue = before.snoozedUntil !== null && before.snoozedUntil <= after.changedAt;
      return isDue ? 'Back: its time has come.' : 'Back before its time: it has become worse.';
    }
  }
  if (before.finding.kind !== after.finding.kind) return `Led by another. ${after.finding.changed}`;
  const known = new Set([before.finding, ...before.others].map(({ kind }) => kind));
  const fresh = after.others.find(({ kind }) => !known.has(kind));
  return fresh === undefined ? '' : `Found as well. ${fresh.changed}`;
}
