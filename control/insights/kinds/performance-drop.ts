/**
 * A model's predictions have become worse, by labels that came: log loss of the newest days against that of the days before.
 *
 * Days are what is independent, since answers of one day hang together; each weekday has a level of its own.
 * Source of the test: Frisch & Waugh 1933; Zwiers & von Storch 1995 (serial correlation); see `dayShift`.
 */
import type { Finding } from '../../../contracts/insight.ts';
import { percent } from '../../words.ts';
import type { Facts } from '../facts.ts';
import { dayMs } from '../gather/completeDays.ts';
import type { ModelFacts } from '../gather/modelFacts.ts';
import type { InsightKind } from '../insightKind.ts';
import { type DayShift, dayShift } from '../parts/dayShift.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, loss, newestDays } from '../parts/insightWords.ts';
import {
  dayRowsMin,
  enoughDays,
  goBack,
  lossPromise,
  lossReadings,
  modelName,
  modelSubject,
  reachOf,
  retrain,
  whom,
  worthLost,
} from '../parts/modelCard.ts';

/** Smallest rise that counts: of the log loss before, and never less than so much. */
const leastShare = 0.02;
const leastRise = 0.005;

/** undefined where it cannot be judged. */
export function performanceShift(model: ModelFacts, facts: Facts): DayShift | undefined {
  return dayShift(lossReadings(model.days), {
    direction: 'rise',
    least: (before) => Math.max(leastRise, leastShare * before),
    eventTime: facts.eventTime,
  });
}

export const performanceDrop: InsightKind = {
  kind: 'performance-drop',
  area: 'models',
  summary: 'Predictions have become worse, by what happened.',
  test:
    'Mean log loss of the newest 2 or 5 complete days against up to 28 days before, days as units, each weekday with its own level ' +
    '(t-test of a regression with serially correlated days). Counts from a rise of 2 % of the loss and 0.005 nats on. ' +
    `At least 6 days before, each with ${dayRowsMin} labelled predictions.`,
  find: (facts) =>
    (facts.models ?? []).flatMap((model) => {
      const shift = performanceShift(model, facts);
      if (shift === undefined) return [];
      const { pValue, judgedAt } = shift;
      const tell = () => told(model, shift, facts);
      return [{ subject: modelSubject(model), judgedAt, pValue, tell }];
    }),
};

function told(
  model: ModelFacts,
  shift: DayShift,
  facts: Facts,
): Omit<Finding, 'kind' | 'area' | 'judgedAt' | 'pValue'> {
  const { before, after, estimate, lower, upper, since, recent, reference, least } = shift;
  const changed = newChampion(model, since);
  const [now, then] = [recent, reference].map((days) => overDays(model, days));
  const lost = worthLost(estimate, before, then!.rate);
  return {
    changed: `The predictions of ${modelName(model)} have become worse: log loss rose from ${loss(before)} to ${loss(after)}, since ${dateOf(since)}.`,
    why: [
      `Over ${newestDays(recent.length)} log loss is ${loss(estimate)} above the same weekdays before (95 % interval: ${loss(lower)} to ${loss(upper)}); from ${loss(least)} on it counts.`,
      `${percent(now!.accuracy)} of predictions are on the right side; before, it was ${percent(then!.accuracy)}.`,
      ...(changed === null
        ? []
        : [
            `Version ${changed.now} serves since ${dateOf(changed.at)}, in the place of version ${changed.before}.`,
          ]),
      'Log loss is what sure but wrong predictions cost: lower is better.',
    ],
    ignored: `Whoever relies on these predictions errs more often than before, and nothing says that it ends by itself.`,
    evidence: course(
      `Log loss of ${modelName(model)} by day; lower is better`,
      'number',
      [{ name: 'Log loss', days: lossReadings(model.days) }],
      { name: 'Before', value: before },
      [
        { at: since, name: 'Became worse' },
        ...(changed === null ? [] : [{ at: changed.at, name: `Version ${changed.now}` }]),
      ],
    ),
    action: changed === null ? retrain(model) : goBack(model, changed.before),
    promise:
      model.life === null
        ? null
        : lossPromise(model, null, { low: estimate / 4, high: Math.max(estimate, upper) }),
    since,
    impact: {
      value: lost,
      words: `${percent(lost)} of what the predictions are worth, beyond guessing the usual share, is lost for ${whom(model)}.`,
    },
    reach: reachOf(model, facts),
  };
}

/** The version that came to serve when it began, by two days. */
function newChampion(
  { life }: ModelFacts,
  since: number,
): { readonly now: string; readonly before: string; readonly at: number } | null {
  if (life === null || life.before === null) return null;
  if (Math.abs(life.servesSince - since) > 2 * dayMs) return null;
  return { now: life.champion, before: life.before, at: life.servesSince };
}

function overDays(model: ModelFacts, days: readonly { readonly day: number }[]) {
  const of = new Set(days.map(({ day }) => day));
  const own = enoughDays(model.days).filter(({ day }) => of.has(day));
  const count = own.reduce((sum, day) => sum + day.count, 0);
  const mean = (pick: (day: (typeof own)[number]) => number) =>
    own.reduce((sum, day) => sum + day.count * pick(day), 0) / count;
  return { accuracy: mean(({ accuracy }) => accuracy), rate: mean(({ rate }) => rate) };
}
