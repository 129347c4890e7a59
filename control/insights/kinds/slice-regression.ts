/**
 * A model has become worse for one value of a slice than for the rest: the gap of its log loss to the whole has widened.
 *
 * By days, see `dayShift`; over all values of all slices by Holm 1979, so that a model has one p-value, whatever depends on what.
 */
import { groupMinDefault } from '../../../contracts/groupMin.ts';
import { holm } from '../../../stats/multiplicity/holm.ts';
import type { ModelFacts, SliceFacts } from '../gather/modelFacts.ts';
import type { InsightKind } from '../insightKind.ts';
import { type DayReading, type DayShift, dayShift } from '../parts/dayShift.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, loss, newestDays, points, quoted, usersOf } from '../parts/insightWords.ts';
import { lossPromise, modelName, modelSubject, retrain } from '../parts/modelCard.ts';

/** Smallest widening that counts, nats. */
const least = 0.02;
/** Of a value, by day. */
const rowsMin = 50;

interface Judged {
  readonly slice: SliceFacts;
  readonly gaps: readonly DayReading[];
  readonly shift: DayShift;
}

export const sliceRegression: InsightKind = {
  kind: 'slice-regression',
  area: 'models',
  summary: 'Predictions have become worse for one group of cases than for the rest.',
  test:
    'Log loss of each value of a slice less that of all, the newest 2 or 5 complete days against up to 28 days before, days as units, ' +
    'as in performance-drop; Holm over all values, so that a model has one p-value. Counts from a widening of 0.02 nats on. ' +
    `At least 6 days before with ${rowsMin} labelled predictions of the value each, and ${groupMinDefault} users where they are known.`,
  find: (facts) =>
    (facts.models ?? []).flatMap((model) => {
      const judged = judgedOf(model, facts.eventTime);
      if (judged.length === 0) return [];
      const adjusted = holm(judged.map(({ shift }) => shift.pValue));
      const pValue = Math.min(...adjusted);
      const { slice, gaps, shift } = judged[adjusted.indexOf(pValue)]!;
      const others = adjusted.filter((p) => p <= 0.05).length - 1;
      const { judgedAt, since, before, after, estimate, lower, upper, recent } = shift;
      const newest = slice.days.slice(-recent.length);
      const rows = newest.reduce((sum, { count }) => sum + count, 0);
      const bias = newest.reduce((sum, day) => sum + day.count * day.bias, 0) / rows;
      const who = `${slice.slice} ${quoted(slice.value)}`;
      return [
        {
          ...{ subject: modelSubject(model), judgedAt, pValue },
          tell: () => ({
            changed: `The predictions of ${modelName(model)} have become worse for ${who} than for the rest, since ${dateOf(since)}.`,
            why: [
              `Over ${newestDays(recent.length)} log loss there is ${loss(Math.abs(after))} ${after < 0 ? 'below' : 'above'} that of all; on the same weekdays before it was ${loss(Math.abs(before))} ${before < 0 ? 'below' : 'above'}.`,
              `The gap has widened by ${loss(estimate)} (95 % interval: ${loss(lower)} to ${loss(upper)}); from ${loss(least)} on it counts.`,
              `Chances there are put ${points(bias)} too ${bias > 0 ? 'high' : 'low'}.`,
              ...(others > 0
                ? [
                    `${others === 1 ? 'One other group has' : `${others} other groups have`} become worse as well.`,
                  ]
                : []),
            ],
            ignored: `Whoever is in ${who} is served worse than others, and totals do not show it.`,
            evidence: course(
              `Log loss of ${modelName(model)} for ${who} less that of all, by day; lower is better`,
              'number',
              [{ name: slice.value, days: gaps }],
              { name: 'Before', value: before },
              [{ at: since, name: 'Became worse' }],
            ),
            action: retrain(model),
            promise: lossPromise(model, `${slice.slice}=${slice.value}`, {
              ...{ low: estimate / 4, high: Math.max(estimate, upper) },
            }),
            since,
            impact: {
              value: Math.min(1, estimate / 0.3),
              words: `${usersOf(slice.users)} in ${who} lose by it: ${loss(estimate)} of log loss on each of ${rows.toLocaleString('en')} predictions in ${recent.length} days.`,
            },
            reach: {
              share:
                slice.users === null
                  ? 0.5
                  : Math.min(1, slice.users / Math.max(1, facts.activeUsers)),
              users: slice.users,
            },
          }),
        },
      ];
    }),
};

function judgedOf(model: ModelFacts, eventTime: number): Judged[] {
  const whole = wholeOf(model);
  return model.slices.flatMap((slice) => {
    if (slice.users !== null && slice.users < groupMinDefault) return [];
    const gaps = slice.days.flatMap(({ day, count, logLoss }) => {
      const all = whole(slice.slice, day);
      if (count < rowsMin || all === undefined) return [];
      // Of a mean of losses, whose deviation is about their mean.
      return [{ day, value: logLoss - all, variance: (logLoss * logLoss) / count }];
    });
    const shift = dayShift(gaps, { direction: 'rise', least, eventTime });
    return shift === undefined ? [] : [{ slice, gaps, shift }];
  });
}

/** Of all values of a slice together. */
function wholeOf({ slices }: ModelFacts): (slice: string, day: number) => number | undefined {
  const sums = new Map<string, { count: number; sum: number }>();
  for (const { slice, days } of slices) {
    for (const { day, count, logLoss } of days) {
      const key = `${slice}\n${day}`;
      const held = sums.get(key) ?? { count: 0, sum: 0 };
      sums.set(key, { count: held.count + count, sum: held.sum + count * logLoss });
    }
  }
  return (slice, day) => {
    const held = sums.get(`${slice}\n${day}`);
    return held === undefined || held.count === 0 ? undefined : held.sum / held.count;
  };
}
