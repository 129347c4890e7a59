/**
 * The exposures of an arm, and the events that a metric counts of its units.
 *
 * Who is a unit is found as the data plane found it: by the first exposure in the order of the log that came in time, while the
 * experiment was running by what the log had told until there, of somebody who did not object. Whether the metric takes an event
 * is decided by the same function as there.
 */
import { definitionUser } from '../../contracts/definitionRecord.ts';
import { figureMax } from '../../contracts/event.ts';
import type { BehindQuestion, Counted } from '../../contracts/eventsBehind.ts';
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import { definitionType, type ExperimentRecord } from '../../contracts/experimentRecord.ts';
import { exposureType } from '../../contracts/exposureFields.ts';
import { objectionType } from '../../contracts/objection.ts';
import { readAttribute } from '../../models/assignment/unit.ts';
import { typesOf } from '../../models/measure/eventTypesOf.ts';
import { matchesOf, ofDenominator, ofMeasure } from '../../models/measure/matchedEvent.ts';
import { bounded, type Reader } from '../statement.ts';
import {
  type ArchivedEvent,
  type BehindSource,
  inRange,
  instant,
  lateAmong,
  type PlaceRow,
  sent,
  wholeWindows,
} from './source.ts';

type ExperimentQuestion = Extract<BehindQuestion, { of: 'experiment' }>;

const most = bounded(`
  SELECT pipeline, sum(units) AS counted
  FROM experiment_exposures FINAL
  WHERE experiment = {experiment:String}
  GROUP BY pipeline
  ORDER BY counted DESC, pipeline
  LIMIT 1`);

/** By the hour of the exposure. */
const number = bounded(`
  SELECT toFloat64(sum(units)) AS counted
  FROM experiment_exposures FINAL
  WHERE pipeline = {pipeline:String} AND experiment = {experiment:String} AND variant = {place:UInt8}
    AND hour >= ${instant('from')} AND hour < ${instant('to')}`);

const definition = `JSONExtractString(raw, 'context', 'definition'), 'experiment'`;
const since = `time >= ${instant('startAt')}`;

/** Each user's exposures that could count, with what had been told of the experiment and of the user before. */
const exposures = `
  SELECT shown.partition AS partition, shown.offset AS offset, shown.user AS user, shown.at AS at, shown.variant AS variant,
    shown.stage AS stage
  FROM (
    SELECT shown.*, told.state AS state
    FROM (
      SELECT partition, offset, user, toUnixTimestamp64Milli(time) AS at,
        JSONExtractString(raw, 'context', 'variant') AS variant, JSONExtractUInt(raw, 'context', 'stage') AS stage
      FROM events
      WHERE pipeline = {pipeline:String} AND type = '${exposureType}' AND ${since}
        AND JSONExtractString(raw, 'context', 'experiment') = {experiment:String}
        AND (partition, offset) NOT IN ${lateAmong(since)}
    ) AS shown
    ASOF LEFT JOIN (
      SELECT partition, offset, JSONExtractString(${definition}, 'state') AS state
      FROM events
      WHERE pipeline = {pipeline:String} AND type = '${definitionType}' AND user = '${definitionUser}'
        AND JSONExtractString(${definition}, 'key') = {experiment:String}
    ) AS told ON shown.partition = told.partition AND shown.offset > told.offset
  ) AS shown
  ASOF LEFT JOIN (
    SELECT partition, offset, user, has(JSONExtract(raw, 'context', 'to', 'Array(String)'), 'experiments') AS objects
    FROM events
    WHERE pipeline = {pipeline:String} AND type = '${objectionType}'
  ) AS objected
    ON shown.partition = objected.partition AND shown.user = objected.user AND shown.offset > objected.offset
  WHERE shown.state IN ('running', '') AND objected.objects = 0`;

/** Units of the arm: place and time of the first exposure, and when they were first seen in another variant. */
const units = `
  SELECT firsts.partition AS partition, firsts.user AS user, firsts.first AS first, firsts.exposedAt AS exposedAt,
    firsts.stage AS stage, minIf(again.at, again.variant != {variant:String}) AS crossed
  FROM (
    SELECT partition, user, min(offset) AS first, argMin(at, offset) AS exposedAt, argMin(stage, offset) AS stage,
      argMin(variant, offset) AS armOf
    FROM (${exposures}) GROUP BY partition, user
    HAVING armOf = {variant:String}
  ) AS firsts
  INNER JOIN (${exposures}) AS again ON again.partition = firsts.partition AND again.user = firsts.user
  GROUP BY partition, user, first, exposedAt, stage`;

const exposurePlaces = `
  SELECT partition, first AS offset, exposedAt AS at, toInt64(stage) AS stage, if(crossed = 0, NULL, crossed) AS crossedAt
  FROM (${units}) WHERE exposedAt >= {from:Int64} AND exposedAt < {to:Int64}`;

/** Whoever objects after the exposure stays as they were. */
const objectedAfter = `
  SELECT partition, user, offset FROM events
  WHERE pipeline = {pipeline:String} AND type = '${objectionType}'
    AND has(JSONExtract(raw, 'context', 'to', 'Array(String)'), 'experiments')`;

function outcomePlaces(ofTypes: string): string {
  return `
  SELECT partition, offset, at, exposedAt
  FROM (
    SELECT done.partition AS partition, done.offset AS offset, any(done.at) AS at, any(unit.exposedAt) AS exposedAt,
      minIf(left.offset, left.offset > unit.first) AS leftAt
    FROM (
      SELECT partition, offset, user, toUnixTimestamp64Milli(time) AS at
      FROM events
      WHERE pipeline = {pipeline:String} AND ${inRange} AND ${ofTypes} AND (partition, offset) NOT IN ${lateAmong(inRange)}
    ) AS done
    INNER JOIN (${units}) AS unit ON unit.partition = done.partition AND unit.user = done.user
    LEFT JOIN (${objectedAfter}) AS left ON left.partition = done.partition AND left.user = done.user
    WHERE done.offset > unit.first AND done.at >= unit.exposedAt AND done.at < unit.exposedAt + {windowMs:Int64}
      AND (unit.crossed = 0 OR unit.crossed >= unit.exposedAt + {windowMs:Int64})
    GROUP BY partition, offset
  )
  WHERE leftAt = 0 OR offset < leftAt`;
}

const hour = 3_600_000;

/** @returns undefined when the experiment has no such variant or metric, or has not begun */
export async function experimentEvents(
  reader: Reader,
  question: ExperimentQuestion,
  { experiment, metrics }: Pick<ExperimentRecord, 'experiment' | 'metrics'>,
  now: number,
): Promise<BehindSource | undefined> {
  const { key, variant } = question;
  const place = experiment.variants.findIndex((each) => each.key === variant);
  const startAt = experiment.stages[0]?.startAt;
  const metric = metrics.find((each) => each.key === question.metric);
  if (place < 0 || startAt === undefined) return undefined;
  if (question.metric !== undefined && metric === undefined) return undefined;
  const [found] = await reader.query<{ pipeline: string }>(most, { experiment: key });
  const asked = { from: question.from ?? startAt, to: question.to ?? now + hour };
  const { from, to: end } = wholeWindows(asked, hour);
  const to = Math.max(end, from + hour);
  const pipeline = found?.pipeline ?? '';
  const parameters = { pipeline, experiment: key, variant, place, startAt, from, to };
  const of = { pipeline, from, to, parameters };
  if (metric !== undefined) return { ...of, ...outcomes(metric, parameters) };
  return {
    ...of,
    isExact: true,
    isCut: false,
    places: exposurePlaces,
    facts: ['stage', 'crossedAt'],
    async counted(each) {
      const [row] = await each.query<{ counted: number }>(number, parameters);
      return row?.counted ?? 0;
    },
    countedOf: ({ stage, crossedAt }) => ({ as: 'exposure', stage, crossedAt }) as Counted,
  };
}

function outcomes(metric: ExperimentMetric, parameters: Readonly<Record<string, unknown>>) {
  const types = typesOf(metric);
  const ofTypes =
    types === undefined
      ? `${sent} AND type != '${exposureType}'`
      : `type IN {types:Array(String)} AND type != '${exposureType}'`;
  const { windowMs } = metric;
  return {
    isExact: false,
    isCut: false,
    places: outcomePlaces(ofTypes),
    facts: ['exposedAt'],
    parameters: { ...parameters, windowMs, ...(types && { types: [...types] }) },
    countedOf: (row: PlaceRow, event: ArchivedEvent) => outcomeOf(metric, row, event),
  };
}

function outcomeOf(
  metric: ExperimentMetric,
  { exposedAt }: PlaceRow,
  event: ArchivedEvent,
): Counted | undefined {
  const read = fieldsOf(event);
  const matches = matchesOf(metric, { read });
  if (matches === 0) return undefined;
  const measured = (matches & ofMeasure) !== 0;
  const divided = (matches & ofDenominator) !== 0;
  const measure = measured ? metric.measure : metric.denominator!.measure;
  return {
    as: 'outcome',
    part: measured && divided ? 'both' : measured ? 'measure' : 'denominator',
    figure: measure.of === 'value' ? figureOf(read(measure.field)) : 1,
    exposedAt: exposedAt as number,
    scoredAt: (exposedAt as number) + metric.windowMs,
  };
}

/** As the data plane reads fields of an event. */
function fieldsOf({ type, user, item, value, time, id, raw }: ArchivedEvent) {
  const json = JSON.parse(raw) as Readonly<Record<string, unknown>>;
  const columns: Readonly<Record<string, unknown>> = {
    ...{ type, user, time, id },
    item: item === '' ? undefined : item,
    value: value ?? undefined,
  };
  return (field: string): unknown =>
    Object.hasOwn(columns, field) ? columns[field] : readAttribute(json, field);
}

function figureOf(value: unknown): number | null {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' && Math.abs(value) <= figureMax ? value : null;
}
