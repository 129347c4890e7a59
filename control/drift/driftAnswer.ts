/** What is said of all columns together, in the order in which they matter. */
import {
  type DriftAlarm,
  type DriftAnswer,
  type DriftBreak,
  type DriftColumn,
  driftColumnsMax,
} from '../../contracts/driftApi.ts';
import { referenceDaysMin } from '../../stats/drift/dayToDay.ts';
import { columnDrift, driftAlpha } from './columnDrift.ts';
import { driftWordsOf } from './driftWords.ts';
import type { ProfiledColumn } from './profiledColumn.ts';

export interface DriftFrame {
  readonly pipeline: string | null;
  readonly model: string | null;
  readonly modelVersion: string | null;
  /** Complete days that are stored, ascending. */
  readonly stored: readonly number[];
  readonly reference: readonly number[];
  readonly isGiven: boolean;
  /** Complete days of the range, ascending. */
  readonly shown: readonly number[];
  /** Columns that the model reads; undefined when it is not known. */
  readonly read: ReadonlySet<string> | undefined;
  /** Mean size of what a column contributes to a prediction, by column. */
  readonly importance: ReadonlyMap<string, number>;
  /** Shares of single values are not told: one may be of few people. Absent: they are. */
  readonly valuesWithheld?: boolean;
}

const roles = ['prediction', 'label', 'input'] as const;

/** @param columns each is read when its turn comes: profiles of all together are large */
export async function driftAnswer(
  frame: DriftFrame,
  columns: AsyncIterable<ProfiledColumn>,
  alarms: readonly DriftAlarm[],
): Promise<DriftAnswer> {
  const judged: DriftColumn[] = [];
  let more = 0;
  for await (const profiled of columns) {
    if (judged.length < driftColumnsMax) judged.push(await driftColumn(frame, profiled));
    else more += 1;
  }
  judged.sort(byWeight);
  return {
    ...headOf(frame),
    days: [...frame.shown],
    columns: judged,
    more,
    alarms: [...alarms],
    ...driftWordsOf(judged, alarms),
  };
}

export async function driftColumn(
  { reference, shown, read, importance, valuesWithheld = false }: DriftFrame,
  profiled: ProfiledColumn,
): Promise<DriftColumn> {
  const { column, role, kind } = profiled;
  const drift = await columnDrift(profiled, reference, shown);
  const isRead = role === 'input' ? (read?.has(column) ?? null) : null;
  return {
    ...{ column, role, kind, isRead, importance: importance.get(column) ?? null },
    ...drift,
    breaks: valuesWithheld ? drift.breaks.map((each) => withoutShares(each, column)) : drift.breaks,
  };
}

function withoutShares({ day, kind }: DriftBreak, column: string): DriftBreak {
  const sentence = `The quality of ${column} broke; who may see single people is told by how much.`;
  return { day, kind, before: null, after: null, sentence };
}

/** Predictions and labels first; then by importance × drift, or, where that is not measured, what the model reads first. */
function byWeight(one: DriftColumn, other: DriftColumn): number {
  const excess = ({ standing }: DriftColumn) => standing.excess ?? -1;
  const reading = ({ isRead }: DriftColumn) => (isRead === true ? 0 : 1);
  const isMeasured = one.importance !== null && other.importance !== null;
  const weight = (each: DriftColumn) => (isMeasured ? each.importance! : 1) * excess(each);
  return (
    roles.indexOf(one.role) - roles.indexOf(other.role) ||
    (isMeasured ? 0 : reading(one) - reading(other)) ||
    weight(other) - weight(one) ||
    (one.column < other.column ? -1 : 1)
  );
}

export function headOf({ pipeline, model, modelVersion, stored, reference, isGiven }: DriftFrame) {
  const has = new Set(reference.map(weekdayOf));
  return {
    ...{ pipeline, model, modelVersion },
    stored: { days: stored.length, first: stored[0] ?? null, last: stored.at(-1) ?? null },
    reference: {
      days: [...reference],
      isGiven,
      weekdaysMissing:
        reference.length === 0 ? [] : [1, 2, 3, 4, 5, 6, 7].filter((weekday) => !has.has(weekday)),
    },
    daysNeeded: referenceDaysMin + 1,
    alpha: driftAlpha,
  };
}

/** 1 Monday to 7 Sunday, UTC. */
function weekdayOf(day: number): number {
  return ((new Date(day).getUTCDay() + 6) % 7) + 1;
}
