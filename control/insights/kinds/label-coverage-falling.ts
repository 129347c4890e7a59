/** Fewer predictions get their label than before, of days that are old enough to have them. Test by days: see `dayShift`. */
import { percent } from '../../words.ts';
import type { InsightKind } from '../insightKind.ts';
import { dayShift } from '../parts/dayShift.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, newestDays, points, pointsBetween } from '../parts/insightWords.ts';
import { dayRowsMin, lookAt, modelName, modelSubject, reachOf } from '../parts/modelCard.ts';
import { shareReading } from '../parts/shareShift.ts';

const dayMs = 86_400_000;
/** Smallest fall of the share that counts. */
const least = 0.05;
/** Labels that come later than this are waited for no longer. */
const ageMax = 14 * dayMs;

export const labelCoverageFalling: InsightKind = {
  kind: 'label-coverage-falling',
  area: 'data',
  summary: 'What happened is learnt of fewer predictions than before.',
  test:
    'Share of predictions with labels, of days that are older than 99 % of labels take: the newest 2 or 5 of them against up to 28 days ' +
    'before, days as units, as in performance-drop. Counts from 5 points on. ' +
    `At least 6 days before, each with ${dayRowsMin} predictions.`,
  find: (facts) =>
    (facts.models ?? []).flatMap((model) => {
      if (model.labelAgeMs === null || model.labelAgeMs > ageMax) return [];
      const until = facts.eventTime - model.labelAgeMs - dayMs;
      const readings = model.expected
        .filter(({ day, count }) => day <= until && count >= dayRowsMin)
        .map(({ day, labelled, count }) => shareReading(day, labelled, count));
      const shift = dayShift(readings, { direction: 'fall', least, eventTime: until + dayMs });
      if (shift === undefined) return [];
      const { pValue, judgedAt, before, after, estimate, lower, upper, recent, since } = shift;
      return [
        {
          ...{ subject: modelSubject(model), judgedAt, pValue },
          tell: () => ({
            changed: `Labels of ${modelName(model)} come for fewer predictions: for ${percent(after)} instead of ${percent(before)}, since ${dateOf(since)}.`,
            why: [
              `Over ${newestDays(recent.length)} that are old enough, the share is ${points(estimate)} below that of the same weekdays before (95 % interval: ${pointsBetween(-upper, -lower)}); from ${points(least)} on it counts.`,
              'Days whose labels may still come are not looked at.',
              'Labels go missing when whatever sends them breaks, or when what is predicted keeps from happening.',
            ],
            ignored:
              'Quality is judged by fewer cases, and by others than before: a drop may go unseen.',
            evidence: course(
              `Share of the predictions of ${modelName(model)} with labels, by day of the prediction`,
              'share',
              [{ name: 'With labels', days: readings }],
              { name: 'Before', value: before },
              [{ at: since, name: 'Fewer labels' }],
            ),
            action: lookAt(model),
            promise: null,
            since,
            impact: {
              value: Math.min(1, -estimate / Math.max(0.05, before)),
              words: `For ${percent(Math.min(1, -estimate / Math.max(0.05, before)))} of the cases of which it was learnt before, nobody learns what happened.`,
            },
            reach: reachOf(model, facts),
          }),
        },
      ];
    }),
};
