/** What happened to an alert from one revision to the next, in a sentence. */
import type { Alert } from '../../contracts/alert.ts';

/** @returns '' when nothing happened that people are told */
export function changeSentence(before: Alert | undefined, after: Alert): string {
  if (after.state === 'resolved') return before?.state === 'resolved' ? '' : endSentence(after);
  if (before === undefined) {
    return after.firedAt === null ? `Noticed. ${after.headline}` : `Fires. ${after.headline}`;
  }
  if (before.firedAt === null && after.firedAt !== null) return `Fires. ${after.headline}`;
  if (before.state !== after.state) {
    if (after.state === 'no-data') return 'There is nothing to judge any more.';
    if (after.state === 'error') return after.headline;
    if (before.state === 'no-data' || before.state === 'error') return 'It is judged again.';
  }
  if (before.mutedBy !== after.mutedBy) {
    return after.mutedBy === null
      ? `The mute window ${before.mutedBy} is over.`
      : `Nobody is told in the mute window ${after.mutedBy}.`;
  }
  if (before.incident !== after.incident) {
    return after.incident === after.id
      ? 'It leads its incident now.'
      : 'It likely has the same cause as another alert.';
  }
  return '';
}

function endSentence({ ending, firedAt }: Alert): string {
  switch (ending) {
    case 'recovered':
      return 'Over: readings are as they should be.';
    case 'became usual':
      return 'Over: it has lasted so long that it is usual now.';
    case 'passed':
      return 'Over: it did not last.';
    case 'false alarm':
      return 'Closed as a false alarm.';
    case 'closed':
    case null:
      return firedAt === null ? 'Closed before it fired.' : 'Closed.';
  }
}
