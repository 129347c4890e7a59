/** Volume: there are enough examples for a first training, or so many new ones that what was learnt is a small part by now. */
import { causeOf, type Trigger } from './trigger.ts';

export const volumeTrigger: Trigger = (facts, { plan, rowsMin }) => {
  const { isOnline, learntRows, rows, newRows, newsFrom, champion, lastRunAt } = facts;
  // Each run makes another cause of what comes after it.
  const id = `volume:${champion}:${lastRunAt ?? 0}`;
  const at = Math.max(newsFrom, 0);
  if (isOnline) {
    if (newRows < rowsMin) {
      const what = lastRunAt === null ? 'examples for a first training' : 'new examples';
      return { why: `${share(newRows, rowsMin)} ${what}` };
    }
    const sentence =
      lastRunAt === null
        ? `There are ${rows.toLocaleString('en')} examples: enough for a first training`
        : `There are ${newRows.toLocaleString('en')} examples that no run has seen, and no version is champion yet`;
    return { id, at, cause: causeOf('volume', sentence, { rows, newRows, rowsMin }) };
  }
  if (plan.volumeShare === null) return { why: 'the number of examples starts none' };
  if (learntRows === 0) {
    return { why: `it is not known from how many examples version ${champion} has learnt` };
  }
  const wanted = Math.max(1, Math.ceil(plan.volumeShare * learntRows));
  if (newRows < wanted) return { why: `${share(newRows, wanted)} new examples` };
  const sentence = `There are ${newRows.toLocaleString('en')} new examples; version ${champion} has learnt from ${learntRows.toLocaleString('en')}`;
  return { id, at, cause: causeOf('volume', sentence, { newRows, learntRows, wanted }) };
};

function share(count: number, wanted: number): string {
  return `${count.toLocaleString('en')} of ${wanted.toLocaleString('en')}`;
}
