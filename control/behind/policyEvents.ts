/** The decisions that a policy's figures are made of. */
import { decisionType } from '../../contracts/decisionFields.ts';
import type { BehindQuestion, Counted } from '../../contracts/eventsBehind.ts';
import type { Policy } from '../../contracts/policy.ts';
import { bounded, type Reader } from '../statement.ts';
import { type BehindSource, inRange } from './source.ts';

type PolicyQuestion = Extract<BehindQuestion, { of: 'policy' }>;

/** As the report takes one pipeline of those that learn the same policy. */
const most = bounded(`
  SELECT pipeline, count() AS decisions
  FROM policy_decisions
  WHERE policy = {policy:String} AND ${inRange}
  GROUP BY pipeline
  ORDER BY decisions DESC, pipeline
  LIMIT 1`);

const own = `policy_decisions FINAL
  WHERE pipeline = {pipeline:String} AND policy = {policy:String} AND ${inRange} AND way = {way:String}
    AND ({every:UInt8} OR action = {action:String})`;

const number = bounded(`SELECT toFloat64(count()) AS decisions FROM ${own}`);

export async function policyEvents(
  reader: Reader,
  { key, action, way, from: since, to: until }: PolicyQuestion,
  { stages }: Pick<Policy, 'stages'>,
  now: number,
): Promise<BehindSource> {
  const from = since ?? Math.min(stages[0]?.startAt ?? 0, until ?? now);
  const range = { from, to: Math.max(until ?? now, from + 1) };
  const [found] = await reader.query<{ pipeline: string }>(most, { policy: key, ...range });
  const pipeline = found?.pipeline ?? '';
  const parameters = {
    ...{ pipeline, policy: key, way, ...range },
    ...{ action: action ?? '', every: action === undefined ? 1 : 0 },
  };
  return {
    ...{ pipeline, parameters, ...range, isExact: true, isCut: true },
    places: `SELECT partition, offset, toUnixTimestamp64Milli(time) AS at, action, way, probability, reward,
      toUnixTimestamp64Milli(rewarded_at) AS rewardedAt, closed
      FROM ${own} AND (partition, offset) IN (
        SELECT partition, offset FROM events
        WHERE pipeline = {pipeline:String} AND type = '${decisionType}' AND ${inRange})`,
    facts: ['action', 'way', 'probability', 'reward', 'rewardedAt', 'closed'],
    async counted(each) {
      const [row] = await each.query<{ decisions: number }>(number, parameters);
      return row?.decisions ?? 0;
    },
    countedOf: ({ action: chosen, way: by, probability, reward, rewardedAt, closed }) =>
      ({
        ...{ as: 'decision', action: chosen, way: by, probability, reward, rewardedAt },
        closed: closed === 1,
      }) as Counted,
  };
}
