/**
 * The values of a column that a model reads are other than in the reference.
 *
 * A day as far must be rare among days without drift, on both of the newest two days: the larger p-value counts. Source of the test
 * by days: Box 1954; Brunner, Dette & Munk 1997 (see `dayToDay`); of the distance: Yurdakul 2018. Own: drift of what no model reads is
 * passed over.
 */
import type { Finding } from '../../../contracts/insight.ts';
import { figure } from '../../words.ts';
import type { Facts } from '../facts.ts';
import type { ColumnFacts, DistanceDay } from '../gather/columns.ts';
import type { ModelFacts } from '../gather/modelFacts.ts';
import type { InsightKind } from '../insightKind.ts';
import {
  columnReach,
  columnRowsMin,
  columnSubject,
  columnTitle,
  dependsOn,
  lookAtColumn,
  readerOf,
} from '../parts/columnCard.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, loss, quoted } from '../parts/insightWords.ts';
import { retrain } from '../parts/modelCard.ts';
import { performanceShift } from './performance-drop.ts';

/** Smallest population stability index beyond chance that counts. */
const least = 0.1;
/** At which a drop of the model is told beside it. */
const dropMax = 0.01;
/** Mean contribution to a prediction from which on a column matters, where that is measured. */
const importanceMin = 0.01;

export const driftThatMatters: InsightKind = {
  kind: 'drift-that-matters',
  area: 'data',
  summary: 'Values of a column that a model reads are other than before.',
  test:
    'Population stability index of a day against the reference days, F-test by how far those are from each other; the larger p-value of ' +
    'the newest two complete days. Counts from an index of 0.1 beyond chance on, and only of columns that a model reads. ' +
    `At least 3 reference days with ${columnRowsMin} rows each.`,
  find: (facts) =>
    (facts.columns ?? []).flatMap((column) => {
      const matters =
        column.importance === null ? column.isRead === true : column.importance >= importanceMin;
      const [former, newest] = column.distances.slice(-2);
      if (column.role !== 'input' || !matters || former === undefined || newest === undefined) {
        return [];
      }
      if (newest.day + 4 * 86_400_000 < facts.eventTime) return [];
      const isFar = [former, newest].every((day) => beyond(day) >= least);
      const known = [former, newest].map(({ pValue }) => pValue ?? 1);
      return [
        {
          ...{ subject: columnSubject(column), judgedAt: newest.day + 86_400_000 },
          pValue: isFar ? Math.max(...known) : 1,
          tell: () => told(column, newest, facts),
        },
      ];
    }),
};

function told(
  column: ColumnFacts,
  newest: DistanceDay,
  facts: Facts,
): Omit<Finding, 'kind' | 'area' | 'judgedAt' | 'pValue'> {
  const model = readerOf(column, facts);
  const drop = model === undefined ? undefined : dropOf(model, facts);
  const title = columnTitle(column);
  const since = sinceOf(column.distances);
  const limit = newest.limit ?? least + newest.noise;
  return {
    changed: `Values of ${title} are other than in the reference, since ${dateOf(since)}.`,
    why: [
      `On ${dateOf(newest.day)} they are ${figure(newest.distance)} away from the reference (population stability index); chance makes ${figure(newest.noise)} of it, and a day without drift is seldom beyond ${figure(limit)}.`,
      dependsOn(column, facts),
      ...(drop === undefined || model === undefined
        ? model === undefined
          ? []
          : [`The predictions of ${quoted(model.key)} have not become worse so far.`]
        : [
            `Meanwhile the log loss of ${quoted(model.key)} rose from ${loss(drop.before)} to ${loss(drop.after)}, since ${dateOf(drop.since)}.`,
          ]),
    ],
    ignored:
      drop === undefined
        ? 'The model goes on with inputs that it has seen less of; whether it errs more shows when labels come.'
        : 'The model goes on to err more on inputs that it has seen less of.',
    evidence: course(
      `Distance of ${title} from its reference by day (population stability index)`,
      'number',
      [
        {
          name: 'Distance',
          days: column.distances.map(({ day, distance }) => ({
            ...{ day, value: distance, variance: 0 },
          })),
        },
      ],
      { name: 'Limit', value: limit },
      [{ at: since, name: 'Drifted' }],
    ),
    action: drop === undefined || model === undefined ? lookAtColumn(column) : retrain(model),
    promise: null,
    since,
    impact: {
      value: Math.min(1, (drop === undefined ? 0.5 : 1) * Math.min(1, beyond(newest))),
      words:
        drop === undefined
          ? dependsOn(column, facts)
          : `Predictions of ${quoted(model!.key)} became worse at the same time.`,
    },
    reach: columnReach(column, facts),
  };
}

function dropOf(model: ModelFacts, facts: Facts) {
  const shift = performanceShift(model, facts);
  return shift !== undefined && shift.pValue <= dropMax ? shift : undefined;
}

function beyond({ distance, noise }: DistanceDay): number {
  return distance - noise;
}

function sinceOf(days: readonly DistanceDay[]): number {
  let first = days.length - 1;
  while (first > 0 && beyond(days[first - 1]!) >= least) first -= 1;
  return days[first]!.day;
}
