/** A field has vanished, is new, or has become of another kind, against the reference days. A fact; source: Schelter et al. 2018. */
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
import { course } from '../parts/evidence.ts';
import { dateOf } from '../parts/insightWords.ts';
import { shareReading } from '../parts/shareShift.ts';

const kinds = ['vanished', 'new', 'kind'];

export const schemaBreak: InsightKind = {
  kind: 'schema-break',
  area: 'data',
  summary: 'A field has vanished, is new, or has become of another kind.',
  test:
    'A fact: on the newest complete day no row has a value of a column that the reference has, or all do of one that it has not, or it ' +
    `holds another kind of values. At least ${columnRowsMin} rows.`,
  find: (facts) =>
    (facts.columns ?? []).flatMap((column) => {
      const newest = column.distances.at(-1)?.day ?? column.breaks.at(-1)?.day;
      if (newest === undefined || newest + 4 * 86_400_000 < facts.eventTime) return [];
      const found = column.breaks.filter(({ kind }) => kinds.includes(kind)).at(-1);
      if (found === undefined || found.day < newest) return [];
      const days = column.breaks.filter(({ kind }) => kind === found.kind).map(({ day }) => day);
      const since = days.reduce((first, day) => Math.min(first, day), found.day);
      const title = columnTitle(column);
      const isNew = found.kind === 'new';
      const readings = column.quality.map(({ day, missing, rows }) =>
        shareReading(day, rows - missing, rows),
      );
      const said = {
        vanished: `${title} has vanished: no row has had a value since ${dateOf(since)}`,
        new: `${title} is new: rows have had values since ${dateOf(since)}, and none before`,
        kind: `${title} holds another kind of values than before, since ${dateOf(since)}`,
      }[found.kind as 'vanished' | 'new' | 'kind'];
      const newestRows = column.quality.at(-1)?.rows ?? 0;
      return [
        {
          ...{ subject: columnSubject(column), judgedAt: found.day + 86_400_000, pValue: null },
          tell: () => ({
            changed: `${said}.`,
            why: [
              `${newestRows.toLocaleString('en')} rows came on the newest day, ${percent(readings.at(-1)?.value ?? 0)} of them with a value.`,
              dependsOn(column, facts),
              isNew
                ? 'A field that is new is often an old one under another name.'
                : 'A field vanishes when whatever sends it renames or drops it.',
            ],
            ignored: isNew
              ? 'Nothing breaks by it; what it was called before may be missing elsewhere.'
              : 'Whatever reads the column goes on without it, and models learn that it says nothing.',
            evidence:
              readings.length === 0
                ? null
                : course(
                    `Share of rows in which ${title} has a value, by day`,
                    'share',
                    [{ name: 'With a value', days: readings }],
                    undefined,
                    [{ at: since, name: isNew ? 'New' : 'Broken' }],
                  ),
            action: lookAtColumn(column),
            promise: null,
            since,
            impact: {
              value: isNew ? 0.1 : column.isRead === false ? 0.25 : 0.8,
              words: dependsOn(column, facts),
            },
            reach: columnReach(column, facts),
          }),
        },
      ];
    }),
};
