/**
 * Labels take longer to come than before: of the predictions of a day, fewer have their label within an age by which most used to.
 *
 * Only days are looked at whose predictions are all of that age, so that none is counted as late which may still be in time; a label
 * that never comes counts as one that is not in time. Test by days: see `dayShift`.
 */
import { duration, percent } from '../../words.ts';
import type { InsightKind } from '../insightKind.ts';
import { dayShift } from '../parts/dayShift.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, newestDays, points, pointsBetween } from '../parts/insightWords.ts';
import { dayRowsMin, lookAt, modelName, modelSubject, reachOf } from '../parts/modelCard.ts';
import { shareReading } from '../parts/shareShift.ts';

const dayMs = 86_400_000;
/** Smallest fall of the share that counts. */
const least = 0.05;

export const labelDelayGrowing: InsightKind = {
  kind: 'label-delay-growing',
  area: 'data',
  summary: 'It takes longer to learn what happened than before.',
  test:
    'Share of predictions with a label within the age by which three of four labels have come, of days that are older: the newest 2 or 5 of ' +
    'them against up to 28 days before, days as units, as in performance-drop. Counts from 5 points on. ' +
    `At least 6 days before, each with ${dayRowsMin} predictions.`,
  find: (facts) =>
    (facts.models ?? []).flatMap((model) => {
      const { promptness } = model;
      if (promptness === null) return [];
      const { ageMs, days } = promptness;
      const until = facts.eventTime - ageMs - dayMs;
      const readings = days
        .filter(({ day, count }) => day <= until && count >= dayRowsMin)
        .map(({ day, within, count }) => shareReading(day, Math.min(within, count), count));
      const shift = dayShift(readings, { direction: 'fall', least, eventTime: until + dayMs });
      if (shift === undefined) return [];
      const { pValue, judgedAt, before, after, estimate, lower, upper, recent, since } = shift;
      const age = duration(ageMs / 1_000);
      return [
        {
          ...{ subject: modelSubject(model), judgedAt, pValue },
          tell: () => ({
            changed: `Labels of ${modelName(model)} take longer: within ${age} they come for ${percent(after)} of predictions instead of ${percent(before)}, since ${dateOf(since)}.`,
            why: [
              `Over ${newestDays(recent.length)} the share is ${points(estimate)} below that of the same weekdays before (95 % interval: ${pointsBetween(-upper, -lower)}); from ${points(least)} on it counts.`,
              `Only days are counted of which all predictions are ${age} old.`,
            ],
            ignored:
              'A drop of quality, and whether a new version is better, is seen later than before.',
            evidence: course(
              `Share of the predictions of ${modelName(model)} with a label within ${age}, by day of the prediction`,
              'share',
              [{ name: `Within ${age}`, days: readings }],
              { name: 'Before', value: before },
              [{ at: since, name: 'Labels come later' }],
            ),
            action: lookAt(model),
            promise: null,
            since,
            impact: {
              value: Math.min(1, -estimate),
              words: `For ${percent(-estimate)} of predictions it is known later than before what happened.`,
            },
            reach: reachOf(model, facts),
          }),
        },
      ];
    }),
};
