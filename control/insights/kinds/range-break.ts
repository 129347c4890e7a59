/**
 * Values of a column leave what they may be: numbers their declared range, texts what was known.
 *
 * The share outside a range is tested by days: see `dayShift`. That a text has one value only, many more values than before, or values
 * never seen, is taken as a fact once it holds on two days in a row: each was judged at an error level of 1 in 10,000 (`dataQuality`).
 * Source: Schelter et al. 2018 (what is checked).
 */

import { figure, percent } from '../../words.ts';
import type { Facts } from '../facts.ts';
import type { ColumnFacts } from '../gather/columns.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import {
  columnReach,
  columnRowsMin,
  columnSubject,
  columnTitle,
  dependsOn,
  lastingBreaks,
  lookAtColumn,
} from '../parts/columnCard.ts';
import { dayShift } from '../parts/dayShift.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, newestDays, points, pointsBetween } from '../parts/insightWords.ts';
import { shareReading } from '../parts/shareShift.ts';

/** Smallest rise of the share outside the range that counts. */
const least = 0.005;

export const rangeBreak: InsightKind = {
  kind: 'range-break',
  area: 'data',
  summary: 'Values of a column leave their range, or what was known of them.',
  test:
    'Of numbers, the share outside the declared range: the newest 1 or 3 complete days against up to 28 days before, days as units, as in ' +
    `values-missing; counts from half a point on. Of texts a fact: two days in a row with one value only, more than twice as many values, or ` +
    `values that the reference has not in more than 1 % of rows. At least ${columnRowsMin} rows a day.`,
  find: (facts) =>
    (facts.columns ?? []).flatMap((column) =>
      column.kind === 'number' ? ofNumbers(column, facts) : ofTexts(column, facts),
    ),
};

function ofNumbers(column: ColumnFacts, facts: Facts): Candidate[] {
  const readings = column.quality
    .filter(({ rows }) => rows >= columnRowsMin)
    .map(({ day, outside, rows }) => shareReading(day, outside, rows));
  const question = { direction: 'rise', least, windows: [1, 3] } as const;
  const shift = dayShift(readings, { ...question, eventTime: facts.eventTime });
  if (shift === undefined) return [];
  const { pValue, judgedAt, before, after, estimate, lower, upper, recent, since } = shift;
  const title = columnTitle(column);
  const was = Math.max(0, before);
  return [
    {
      ...{ subject: columnSubject(column), judgedAt, pValue },
      tell: () => ({
        changed: `${title} is outside its range in ${percent(after)} of rows, since ${dateOf(since)}; before, it was ${percent(was)}.`,
        why: [
          `Over ${newestDays(recent.length)} the share is ${points(estimate)} above that of the same weekdays before (95 % interval: ${pointsBetween(lower, upper)}); from ${points(least)} on it counts.`,
          dependsOn(column, facts),
          'Values outside a range that was declared are usually in another unit, or placeholders such as −1.',
        ],
        ignored:
          'Means and models take the values for real; whatever is learnt meanwhile learns the fault.',
        evidence: course(
          `Share of rows in which ${title} is outside its range, by day`,
          'share',
          [{ name: 'Outside', days: readings }],
          { name: 'Before', value: was },
          [{ at: since, name: 'Left its range' }],
        ),
        action: lookAtColumn(column),
        promise: null,
        since,
        impact: {
          value: Math.min(1, Math.max(0, after) * (column.isRead === false ? 0.25 : 1)),
          words: `${percent(after)} of rows are wrong by ${title}. ${dependsOn(column, facts)}`,
        },
        reach: columnReach(column, facts),
      }),
    },
  ];
}

const textKinds = ['constant', 'cardinality', 'unseen'];

function ofTexts(column: ColumnFacts, facts: Facts): Candidate[] {
  const [found] = lastingBreaks(column, textKinds);
  if (found === undefined) return [];
  const title = columnTitle(column);
  const { kind, before, after, since, day } = found;
  const said =
    kind === 'constant'
      ? `${title} has one value only; there were ${figure(before ?? 0)} different ones`
      : kind === 'cardinality'
        ? `${title} has ${figure(after ?? 0)} different values; there were ${figure(before ?? 0)}`
        : `${title} has values that were never seen before in ${percent(after ?? 0)} of rows`;
  const isShare = kind === 'unseen';
  return [
    {
      ...{ subject: columnSubject(column), judgedAt: day + 86_400_000, pValue: null },
      tell: () => ({
        changed: `${said}, since ${dateOf(since)}.`,
        why: [
          'It holds on two days in a row or more, each compared with the reference days.',
          dependsOn(column, facts),
        ],
        ignored: isShare
          ? 'A model knows nothing of values that it has not learnt, and takes them for the average.'
          : 'What is told apart by it is told apart wrongly.',
        evidence: {
          kind: 'bars',
          caption: isShare
            ? `Share of rows in which ${title} has a value that the reference has not`
            : `Different values of ${title}`,
          unit: isShare ? 'share' : 'count',
          bars: [
            { name: 'Reference', value: before, lower: null, upper: null, isMeant: false },
            { name: dateOf(day), value: after, lower: null, upper: null, isMeant: true },
          ],
          reference: null,
        },
        action: lookAtColumn(column),
        promise: null,
        since,
        impact: {
          value: isShare ? Math.min(1, after ?? 0) : 0.5,
          words: dependsOn(column, facts),
        },
        reach: columnReach(column, facts),
      }),
    },
  ];
}
