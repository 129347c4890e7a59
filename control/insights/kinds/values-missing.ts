/** More rows of a column are without a value than before. Test by days: see `dayShift` (Frisch & Waugh 1933; Zwiers & von Storch 1995). */
import { percent } from '../../words.ts';
import type { InsightKind } from '../insightKind.ts';
import {
  columnReach,
  columnRowsMin,
  columnSubject,
  columnTitle,
  dependsOn,
  lookAtColumn,
} from '../parts/columnCard.ts';
import { dayShift } from '../parts/dayShift.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, newestDays, points, pointsBetween } from '../parts/insightWords.ts';
import { shareReading } from '../parts/shareShift.ts';

/** Smallest rise of the share that counts. */
const least = 0.02;

export const valuesMissing: InsightKind = {
  kind: 'values-missing',
  area: 'data',
  summary: 'A column is without a value more often than before.',
  test:
    'Share of rows without a value, the newest 1 or 3 complete days against up to 28 days before, days as units, each weekday with its ' +
    'own level (t-test of a regression with serially correlated days). Counts from 2 points on. ' +
    `At least 6 days before, each with ${columnRowsMin} rows.`,
  find: (facts) =>
    (facts.columns ?? []).flatMap((column) => {
      const readings = column.quality
        .filter(({ rows }) => rows >= columnRowsMin)
        .map(({ day, missing, rows }) => shareReading(day, missing, rows));
      const question = { direction: 'rise', least, windows: [1, 3] } as const;
      const shift = dayShift(readings, { ...question, eventTime: facts.eventTime });
      if (shift === undefined) return [];
      const { pValue, judgedAt, before, after, lower, upper, recent, since } = shift;
      const title = columnTitle(column);
      const was = Math.max(0, before);
      return [
        {
          ...{ subject: columnSubject(column), judgedAt, pValue },
          tell: () => ({
            changed: `${title} is missing in ${percent(after)} of rows since ${dateOf(since)}; before, it was ${percent(was)}.`,
            why: [
              `Over ${newestDays(recent.length)} the share is ${points(shift.estimate)} above that of the same weekdays before (95 % interval: ${pointsBetween(lower, upper)}); from ${points(least)} on it counts.`,
              dependsOn(column, facts),
              'A share that rises at once usually comes from whatever sends the events: a new release of it, or a field that was renamed.',
            ],
            ignored:
              'What is missing cannot be mended later; models that are retrained meanwhile learn the fault.',
            evidence: course(
              `Share of rows in which ${title} is missing, by day`,
              'share',
              [{ name: 'Missing', days: readings }],
              { name: 'Before', value: was },
              [{ at: since, name: 'More are missing' }],
            ),
            action: lookAtColumn(column),
            promise: {
              ...{ measure: { kind: 'standing' as const }, unit: 'number' as const },
              ...{ better: -1 as const, low: -1, high: -1, horizonMs: 2 * 86_400_000 },
              sentence: `${title} is missing no more often than before.`,
            },
            since,
            impact: {
              value: Math.min(1, Math.max(0, after) * (column.isRead === false ? 0.25 : 1)),
              words: `${percent(after)} of rows cannot be used by ${title}. ${dependsOn(column, facts)}`,
            },
            reach: columnReach(column, facts),
          }),
        },
      ];
    }),
};
