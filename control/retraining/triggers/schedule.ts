/** Schedule: a champion that was trained is as old as the plan lets it become. */
import { causeOf, instantWords, type Trigger } from './trigger.ts';

const hourMs = 3_600_000;

export const scheduleTrigger: Trigger = (facts, { plan, now }) => {
  const { isOnline, champion, madeAt, lastRunAt, newsFrom } = facts;
  if (plan.scheduleMs === null) return { why: 'no time is set' };
  if (isOnline) return { why: 'the online learner does not age' };
  // A run that came to nothing is as good as a new champion here: the old one has been asked.
  const since = Math.max(madeAt, lastRunAt ?? Number.NEGATIVE_INFINITY);
  const due = since + plan.scheduleMs;
  if (now < due) return { why: `the time that is set, ${instantWords(due)}` };
  const hours = Math.floor((now - madeAt) / hourMs);
  return {
    id: `schedule:${champion}:${since}`,
    at: Math.max(newsFrom, 0),
    cause: causeOf('schedule', `Version ${champion} is ${hours.toLocaleString('en')} hours old`, {
      ageMs: now - madeAt,
      limitMs: plan.scheduleMs,
    }),
  };
};
