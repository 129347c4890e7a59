/**
 * A trained model has not been replaced for long, examples came meanwhile, and its loss rises from day to day.
 *
 * The rise is that of a line through the days since the newest example that it has learnt from. Source of the test: Frisch & Waugh
 * 1933; Zwiers & von Storch 1995; see `dayEffect`.
 */
import type { InsightKind } from '../insightKind.ts';
import { dayTrend } from '../parts/dayMean.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, loss } from '../parts/insightWords.ts';
import {
  dayRowsMin,
  enoughDays,
  lossPromise,
  lossReadings,
  modelName,
  modelSubject,
  reachOf,
  retrain,
  whom,
  worthLost,
} from '../parts/modelCard.ts';

const dayMs = 86_400_000;
/** Shortest age, days, and days since its newest example. */
const daysMin = 14;
const leastShare = 0.02;
const leastRise = 0.005;
/** Labelled predictions since: what a new version could learn from. */
const examplesMin = 2_000;

export const staleModel: InsightKind = {
  kind: 'stale-model',
  area: 'models',
  summary: 'No new version for long, although examples came and the loss rises.',
  test:
    `A champion that was trained, ${daysMin} days old or more, with ${examplesMin.toLocaleString('en')} labelled predictions since: the rise of the daily log loss along a line ` +
    'since its newest example, each weekday with its own level, days as units (t-test of a regression with serially correlated days). ' +
    `Counts from a rise of 2 % and 0.005 nats on. At least ${daysMin} days, each with ${dayRowsMin} labelled predictions.`,
  find: (facts) =>
    (facts.models ?? []).flatMap((model) => {
      const { life } = model;
      if (life === null || life.isOnline || life.release !== null) return [];
      const age = Math.floor((facts.now - life.madeAt) / dayMs);
      if (age < daysMin || life.runs.at(-1)?.state === 'running') return [];
      const days = enoughDays(model.days).filter(({ day }) => day >= (life.learntTo ?? 0));
      const examples = days.reduce((sum, { count }) => sum + count, 0);
      const newest = days.at(-1);
      if (newest === undefined || days.length < daysMin || examples < examplesMin) return [];
      const readings = lossReadings(days);
      const mean = readings.reduce((sum, { value }) => sum + value, 0) / readings.length;
      const least = Math.max(leastRise, leastShare * mean);
      const { pValue, estimate, lower, upper } = dayTrend(readings, least);
      const lost = worthLost(estimate, mean - estimate / 2, newest.rate);
      return [
        {
          ...{ subject: modelSubject(model), judgedAt: newest.day + dayMs, pValue },
          tell: () => ({
            changed: `Version ${life.champion} of ${modelName(model)} is ${age} days old, and its predictions become worse.`,
            why: [
              `Since ${dateOf(days[0]!.day)} its log loss has risen by ${loss(estimate)} (95 % interval: ${loss(lower)} to ${loss(upper)}); from ${loss(least)} on it counts.`,
              `Since then ${examples.toLocaleString('en')} predictions got their labels, from which it has not learnt.`,
              life.plan.triggers.kinds.length === 0
                ? 'Nothing starts a run by itself: all triggers of its plan are off.'
                : 'No trigger of its plan has brought a new version.',
            ],
            ignored: 'Its predictions go on to become worse, by as much in every such span.',
            evidence: course(
              `Log loss of ${modelName(model)} by day since its newest example; lower is better`,
              'number',
              [{ name: 'Log loss', days: readings }],
              undefined,
              [{ at: days[0]!.day, name: 'Newest example' }],
            ),
            action: retrain(model),
            promise: lossPromise(model, null, {
              low: estimate / 4,
              high: Math.max(estimate, upper),
            }),
            since: days[0]!.day,
            impact: {
              value: lost,
              words: `Log loss is ${loss(estimate)} higher than when the version was new, for ${whom(model)}.`,
            },
            reach: reachOf(model, facts),
          }),
        },
      ];
    }),
};
