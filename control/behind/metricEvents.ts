/** The events that a windowed metric counts, by its plan. */
import type { BehindQuestion, Counted } from '../../contracts/eventsBehind.ts';
import { type MetricPlan, metricPlan } from '../../contracts/metricPlan.ts';
import { bounded, type Reader } from '../statement.ts';
import {
  type BehindSource,
  eventsOf,
  figureAt,
  instant,
  isLate,
  isNameAt,
  lateAmong,
  wholeWindows,
} from './source.ts';

type MetricQuestion = Extract<BehindQuestion, { of: 'metric' }>;

const newest = bounded(`
  SELECT pipeline, min(window_ms) AS windowMs, max(window_start) AS lastStart
  FROM metrics
  WHERE metric = {metric:String} AND ({pipeline:String} = '' OR pipeline = {pipeline:String})
  GROUP BY pipeline
  ORDER BY lastStart DESC, pipeline
  LIMIT 1`);

const sums = bounded(`
  SELECT toFloat64(sum(count)) AS events
  FROM metrics FINAL
  WHERE pipeline = {pipeline:String} AND metric = {metric:String} AND window_ms = {windowMs:Int64}
    AND window_start >= ${instant('from')} AND window_start < ${instant('to')}
    AND ({every:UInt8} OR segment = {segment:String})`);

/** @returns undefined when there is no such metric, or none whose plan is known */
export async function metricEvents(
  reader: Reader,
  question: MetricQuestion,
): Promise<BehindSource | undefined> {
  const { metric, segment } = question;
  const asked = { metric, pipeline: question.pipeline ?? '' };
  const [found] = await reader.query<{ pipeline: string; windowMs: number }>(newest, asked);
  const plan = found && metricPlan(found.pipeline, metric);
  if (found === undefined || plan === undefined) return undefined;
  const { pipeline, windowMs } = found;
  const { from, to } = wholeWindows(question, windowMs);
  const parameters = {
    ...{ pipeline, metric, windowMs, from, to },
    ...{ segment: segment ?? '', every: segment === undefined ? 1 : 0 },
  };
  return {
    ...{ pipeline, from, to, parameters, isExact: true, isCut: true },
    facts: plan.value === undefined && plan.after === undefined ? [] : ['figure'],
    places: placesOf(plan, segment, `NOT ${isLate}`),
    // What a late answer would have followed is not known.
    ...(plan.after === undefined ? { late: placesOf(plan, segment, isLate) } : {}),
    async counted(own) {
      const [row] = await own.query<{ events: number }>(sums, parameters);
      return row?.events ?? 0;
    },
    countedOf: ({ figure }): Counted => {
      if (typeof figure !== 'number') return { as: 'event' };
      return { as: plan.after === undefined ? 'value' : 'seconds', figure };
    },
  };
}

function placesOf(plan: MetricPlan, segment: string | undefined, when: string): string {
  const { type, value, after } = plan;
  const rows = eventsOf(type, [when, ...(segment === undefined ? [] : [isOfSegment(plan)])]);
  const at = 'toUnixTimestamp64Milli(time) AS at';
  if (after !== undefined) return joined(rows, after);
  if (value === undefined) return `SELECT partition, offset, ${at} FROM ${rows}`;
  const figure = figureAt(value);
  return `SELECT partition, offset, ${at}, ${figure} AS figure FROM ${rows} AND isNotNull(${figure})`;
}

function isOfSegment({ segment }: MetricPlan): string {
  return segment === undefined ? `{segment:String} = ''` : isNameAt(segment, 'segment');
}

/** With the latest event before it of the same user and item. */
function joined(rows: string, { type, horizonMs }: NonNullable<MetricPlan['after']>): string {
  const earlier = `time >= ${instant('from')} - toIntervalMillisecond(${horizonMs}) AND time < ${instant('to')}`;
  return `
    SELECT right.partition AS partition, right.offset AS offset, any(right.at) AS at,
      (any(right.at) - max(left.at)) / 1000 AS figure
    FROM (
      SELECT partition, offset, user, item, toUnixTimestamp64Milli(time) AS at FROM ${rows} AND item != ''
    ) AS right
    INNER JOIN (
      SELECT partition, offset, user, item, toUnixTimestamp64Milli(time) AS at FROM events
      WHERE pipeline = {pipeline:String} AND type = '${type}' AND item != '' AND ${earlier}
        AND (partition, offset) NOT IN ${lateAmong(earlier)}
    ) AS left ON left.partition = right.partition AND left.user = right.user AND left.item = right.item
    WHERE left.offset < right.offset AND left.at <= right.at AND left.at >= right.at - ${horizonMs}
    GROUP BY partition, offset`;
}
