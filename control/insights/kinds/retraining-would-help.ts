/**
 * What serves is behind what could be learnt: on the same rows, the learner that goes on learning is better than the version that serves.
 *
 * The mean of the daily differences of log loss over up to 14 days, days as units with serial correlation. Source: Diebold & Mariano
 * 1995 (differences of losses); Zwiers & von Storch 1995; see `dayEffect`. Where no version serves beside the online learner, or it is
 * not behind it, the holdout of the last run that was refused, by users: a challenger that beat the champion.
 */

import type { Facts } from '../facts.ts';
import type { LifeFacts, ModelFacts, RunFacts } from '../gather/modelFacts.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import { dayMean } from '../parts/dayMean.ts';
import { course } from '../parts/evidence.ts';
import { notBetter } from '../parts/holdout.ts';
import { dateOf, loss } from '../parts/insightWords.ts';
import {
  dayRowsMin,
  lossPromise,
  modelName,
  modelSubject,
  reachOf,
  retrain,
  whom,
} from '../parts/modelCard.ts';

/** Smallest difference that counts, nats. */
const least = 0.005;
const daysMin = 5;
const holdoutMin = 500;

export const retrainingWouldHelp: InsightKind = {
  kind: 'retraining-would-help',
  area: 'models',
  summary: 'What serves is behind what could be learnt by now.',
  test:
    'Log loss of the version that serves less that of the online learner on the same rows: mean of the newest 5 to 14 complete days, days ' +
    `as units (t-test with serially correlated days); counts from 0.005 nats on; ${dayRowsMin} rows a day. Else, of the last run that was ` +
    "refused, its log loss in the holdout less the champion's, by users.",
  find: (facts) =>
    (facts.models ?? []).flatMap((model): Candidate[] => {
      const { life } = model;
      if (life === null || life.release !== null || life.waiting !== null) return [];
      const last = life.runs.at(-1);
      if (last?.state === 'running') return [];
      const behind = ofBehind(model, life, facts);
      if (behind.length > 0) return behind;
      return last === undefined ? [] : ofRefused(model, life, last, facts);
    }),
};

function ofBehind(model: ModelFacts, life: LifeFacts, facts: Facts): Candidate[] {
  const days = life.behind.filter(({ count }) => count >= dayRowsMin);
  const newest = days.at(-1);
  if (newest === undefined || days.length < daysMin) return [];
  if (newest.day + 4 * 86_400_000 < facts.eventTime) return [];
  const readings = days.map(({ day, difference, variance }) => ({
    ...{ day, value: difference, variance },
  }));
  const { pValue, estimate, lower, upper } = dayMean(readings, least);
  return [
    {
      ...{ subject: modelSubject(model), judgedAt: newest.day + 86_400_000, pValue },
      tell: () => ({
        changed: `Version ${life.champion} of ${modelName(model)} is behind what could be learnt by now: retraining would help.`,
        why: [
          `Over ${days.length} days its log loss is ${loss(estimate)} above that of the learner that goes on learning, on the same predictions (95 % interval: ${loss(lower)} to ${loss(upper)}); from ${loss(least)} on it counts.`,
          ...(life.learntTo === null ? [] : [`Its newest example is of ${dateOf(life.learntTo)}.`]),
          ...stillFell(life),
        ],
        ignored: `Users are served predictions that are ${loss(estimate)} of log loss worse than they could be.`,
        evidence: course(
          `Log loss of version ${life.champion} less that of the learner that goes on learning, by day; above 0 it is behind`,
          'number',
          [{ name: 'Behind by', days: readings }],
          { name: 'Not behind', value: 0 },
          [],
        ),
        action: retrain(model),
        promise: lossPromise(model, null, { low: Math.max(0, lower) / 2, high: upper }),
        since: days[0]!.day,
        impact: {
          value: Math.min(1, Math.max(0, estimate / 0.2)),
          words: `Log loss could be ${loss(estimate)} lower for ${whom(model)}.`,
        },
        reach: reachOf(model, facts),
      }),
    },
  ];
}

/** Whether the last curve had not come to rest. */
function stillFell({ runs }: LifeFacts): string[] {
  const { validation = [] } = runs.findLast(({ validation: { length } }) => length >= 8) ?? {};
  const [last, before] = [validation.at(-1), validation.at(-1 - Math.ceil(validation.length / 4))];
  if (last === undefined || before === undefined || !(before - last > 0.002)) return [];
  return [
    `In its last quarter the last training still gained ${loss(before - last)} of log loss: more rounds would have helped as well.`,
  ];
}

function ofRefused(model: ModelFacts, life: LifeFacts, run: RunFacts, facts: Facts): Candidate[] {
  const { holdout } = run;
  if (run.state !== 'refused' || holdout === null || holdout.count < holdoutMin) return [];
  // A run that was compared with a champion that is none any more says nothing of this one.
  if (holdout.against !== null && holdout.against.split(' ').at(-1) !== life.champion) return [];
  const { value, lower, upper, count } = holdout;
  const failed = run.failed.length === 1 ? `the gate ${run.failed[0]}` : 'other gates';
  return [
    {
      ...{ subject: modelSubject(model), pValue: notBetter(holdout) },
      judgedAt: Math.min(run.causeAt, facts.eventTime),
      tell: () => ({
        changed: `A new version of ${modelName(model)} would be better than version ${life.champion}, but ${failed} refused it.`,
        why: [
          `On ${count.toLocaleString('en')} examples that it had not seen, its log loss is ${loss(-value)} below that of version ${life.champion} (interval: ${loss(-upper)} to ${loss(-lower)}).`,
          run.sentence,
        ],
        ignored: `Version ${life.champion} goes on to serve, though better predictions can be learnt.`,
        evidence: {
          kind: 'bars',
          caption: `Log loss of the refused version less that of version ${life.champion}; below 0 it is better`,
          unit: 'number',
          bars: [{ name: 'Refused version', value, lower, upper, isMeant: true }],
          reference: { name: `Version ${life.champion}`, value: 0 },
        },
        action: {
          label: 'See what refused it',
          page: `/retraining/${run.id}`,
          request: null,
          needs: 'read',
          consequence:
            'Nothing changes yet: its page says what the gate asks, and what would pass it.',
          undo: 'There is nothing to take back.',
        },
        promise: null,
        since: Math.min(run.causeAt, facts.eventTime),
        impact: {
          value: Math.min(1, Math.max(0, -value / 0.2)),
          words: `Log loss could be ${loss(-value)} lower for ${whom(model)}.`,
        },
        reach: reachOf(model, facts),
      }),
    },
  ];
}
