/** The rows of a column that is profiled by day, by its plan: all of them, those with a value, or those within a bin. */
import type { BehindQuestion, Counted } from '../../contracts/eventsBehind.ts';
import { type ProfilePlan, profilePlan } from '../../contracts/profilePlan.ts';
import { bounded, type Reader } from '../statement.ts';
import {
  type BehindSource,
  eventsOf,
  figureAt,
  instant,
  isLate,
  isNameAt,
  nameAt,
  wholeWindows,
} from './source.ts';

type ColumnQuestion = Extract<BehindQuestion, { of: 'column' }>;

const dayMs = 86_400_000;

const isProfile = `name = {name:String} AND window_ms = ${dayMs} AND empty(key)`;

const newest = bounded(`
  SELECT pipeline, max(window_start) AS lastStart
  FROM statistics
  WHERE ${isProfile} AND ({pipeline:String} = '' OR pipeline = {pipeline:String})
  GROUP BY pipeline
  ORDER BY lastStart DESC, pipeline
  LIMIT 1`);

const sums = bounded(`
  SELECT sum(figures['rows']) AS rows
  FROM statistics FINAL
  WHERE pipeline = {pipeline:String} AND ${isProfile}
    AND window_start >= ${instant('from')} AND window_start < ${instant('to')}`);

/** @returns undefined when there is no such column, none whose plan is known, or its values are of another kind */
export async function columnEvents(
  reader: Reader,
  { column, value, above, upTo, ...question }: ColumnQuestion,
): Promise<BehindSource | undefined> {
  const name = `profile_${column}`;
  const asked = { name, pipeline: question.pipeline ?? '' };
  const [found] = await reader.query<{ pipeline: string }>(newest, asked);
  const plan = found && profilePlan(found.pipeline, column);
  if (found === undefined || plan === undefined) return undefined;
  const isBounded = above !== undefined || upTo !== undefined;
  const isText = plan.kind === 'text';
  if (isText ? isBounded : value !== undefined && value !== '') return undefined;
  const { pipeline } = found;
  const { from, to } = wholeWindows(question, dayMs);
  const parameters = {
    ...{ name, pipeline, from, to, value: value ?? '' },
    ...{ above: above ?? 0, upTo: upTo ?? 0 },
  };
  const chosen = [
    ...(value === undefined ? [] : [isText ? isNameAt(plan.column, 'value') : 'isNull(row)']),
    ...(above === undefined ? [] : ['row > {above:Float64}']),
    ...(upTo === undefined ? [] : ['row <= {upTo:Float64}']),
  ];
  return {
    ...{ pipeline, from, to, parameters, isExact: true, isCut: true, facts: ['row'] },
    places: placesOf(plan, [`NOT ${isLate}`, ...chosen]),
    late: placesOf(plan, [isLate, ...chosen]),
    // Of a part the sums are states of a statistic, which the page shows.
    ...(chosen.length > 0
      ? {}
      : {
          async counted(own: Reader) {
            const [row] = await own.query<{ rows: number }>(sums, parameters);
            return row?.rows ?? 0;
          },
        }),
    countedOf: ({ row }): Counted =>
      typeof row === 'number'
        ? { as: 'value', figure: row }
        : { as: 'row', text: typeof row === 'string' && row !== '' ? row : null },
  };
}

function placesOf({ column, kind, type }: ProfilePlan, when: readonly string[]): string {
  const row = kind === 'number' ? figureAt(column) : nameAt(column);
  return `SELECT partition, offset, toUnixTimestamp64Milli(time) AS at, ${row} AS row FROM ${eventsOf(type, when)}`;
}
