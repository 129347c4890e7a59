/** Results as they were: the newest of each experiment, and the course of a comparison over time. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { ExperimentCourse } from '../../contracts/experimentApi.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import type { Store } from '../../contracts/store.ts';

type CoursePoint = ExperimentCourse['points'][number];

const minuteMs = 60_000;

function minuteOf(at: number): number {
  return Math.floor(at / minuteMs) * minuteMs;
}

/** Writes results; equal keys replace each other, so that two writers do no harm. */
export async function writeResults(
  store: Store,
  results: readonly ExperimentResult[],
): Promise<void> {
  if (results.length === 0) return;
  const rows = new ByteWriter(1 << 16);
  const course = new ByteWriter(1 << 16);
  for (const result of results) {
    const { experiment, at, revision, verdict } = result;
    rows.text(experiment);
    rows.int64(minuteOf(at));
    rows.text(verdict.word);
    rows.int64(at);
    rows.uint32(revision);
    rows.text(JSON.stringify(result));
    writeCourse(course, result);
  }
  await store.insert('experiment_results', rows.take());
  if (course.length > 0) await store.insert('experiment_course', course.take());
}

function writeCourse(writer: ByteWriter, { experiment, at, metrics }: ExperimentResult): void {
  for (const { metric, arms, comparisons } of metrics) {
    const units = arms.reduce((sum, each) => sum + each.units, 0);
    if (units === 0) continue;
    for (const { variant, effect, lnE } of comparisons) {
      writer.text(experiment);
      writer.text(metric);
      writer.text(variant);
      writer.int64(minuteOf(at));
      writer.int64(at);
      writer.int64(units);
      for (const figure of [effect.estimate, effect.low, effect.high]) nullable(writer, figure);
      writer.float64(lnE.either);
    }
  }
}

function nullable(writer: ByteWriter, value: number | null): void {
  writer.uint8(value === null ? 1 : 0);
  if (value !== null) writer.float64(value);
}

/**
 * The newest results of experiments.
 *
 * @param keys absent: of all that have one
 * @param at   as they were at that time, ms since 1970; absent: now
 */
export async function readResults(
  store: Pick<Store, 'query'>,
  { keys, at }: { readonly keys?: readonly string[]; readonly at?: number } = {},
): Promise<Map<string, ExperimentResult>> {
  const conditions = [
    ...(keys === undefined ? [] : ['experiment IN {keys:Array(String)}']),
    ...(at === undefined ? [] : ['at <= fromUnixTimestamp64Milli({at:Int64})']),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  // The results are large: only those of each newest minute are read.
  const rows = await store.query<{ experiment: string; newest: string }>(
    `SELECT experiment, argMax(result, at) AS newest FROM experiment_results
     WHERE (experiment, minute) IN (SELECT experiment, max(minute) FROM experiment_results ${where} GROUP BY experiment)
       ${at === undefined ? '' : 'AND at <= fromUnixTimestamp64Milli({at:Int64})'}
     GROUP BY experiment`,
    { ...(keys === undefined ? {} : { keys }), ...(at === undefined ? {} : { at }) },
  );
  return new Map(
    rows.map(({ experiment, newest }) => [experiment, JSON.parse(newest) as ExperimentResult]),
  );
}

/**
 * The last result of each day (UTC) of one experiment, the oldest first.
 *
 * @param before start of a day, ms since 1970: results of days before it
 */
export async function readDailyResults(
  store: Pick<Store, 'query'>,
  experiment: string,
  before: number,
): Promise<ExperimentResult[]> {
  const rows = await store.query<{ newest: string }>(
    `SELECT argMax(result, r.at) AS newest FROM experiment_results AS r
     WHERE experiment = {experiment:String} AND minute IN (
       SELECT max(minute) FROM experiment_results
       WHERE experiment = {experiment:String} AND minute < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
       GROUP BY toDate(minute, 'UTC'))
     GROUP BY minute
     ORDER BY minute
     LIMIT 10000`,
    { experiment, before },
  );
  return rows.map(({ newest }) => JSON.parse(newest) as ExperimentResult);
}

/** Keys of all experiments that have a result. */
export async function readEvaluated(store: Pick<Store, 'query'>): Promise<string[]> {
  const rows = await store.query<{ experiment: string }>(
    'SELECT DISTINCT experiment FROM experiment_results ORDER BY experiment LIMIT 10000',
    {},
  );
  return rows.map(({ experiment }) => experiment);
}

/**
 * The course of a comparison, the oldest first.
 *
 * @param pointsMax beyond it points are left out evenly; the newest stays
 */
export async function readCourse(
  store: Pick<Store, 'query'>,
  experiment: string,
  metric: string,
  variant: string,
  pointsMax = 500,
): Promise<CoursePoint[]> {
  const rows = await store.query<CoursePoint>(
    `SELECT toUnixTimestamp64Milli(newest) AS at, units, estimate, low, high, lnE
     FROM (
       SELECT newest, units, estimate, low, high, lnE,
              row_number() OVER (ORDER BY newest DESC) AS place, count() OVER () AS points
       FROM (
         SELECT minute, max(at) AS newest, argMax(units, at) AS units, argMax(tuple(estimate), at).1 AS estimate,
                argMax(tuple(low), at).1 AS low, argMax(tuple(high), at).1 AS high, argMax(ln_e, at) AS lnE
         FROM experiment_course
         WHERE experiment = {experiment:String} AND metric = {metric:String} AND variant = {variant:String}
         GROUP BY minute
       )
     )
     WHERE (place - 1) % intDiv(points + {pointsMax:UInt32} - 1, {pointsMax:UInt32}) = 0
     ORDER BY newest`,
    { experiment, metric, variant, pointsMax },
  );
  return rows;
}
