/**
 * What the rules look at of a policy: its definition, what it earned in the last weeks by its report, and, against each single
 * action, what its choice gains.
 *
 * Whole days of event time only, as many as are not too many decisions for a report.
 */

import { EngineError } from '../../../contracts/errors.ts';
import { groupMinDefault } from '../../../contracts/groupMin.ts';
import type { Policy } from '../../../contracts/policy.ts';
import type { PolicyReport } from '../../../contracts/policyApi.ts';
import type { ClusterSums } from '../../../stats/sequential/clusteredSequence.ts';
import { readPolicyReport } from '../../policies/report/policyReport.ts';
import { bounded, type Reader } from '../../statement.ts';
import type { FactMoment, FactSources } from '../factSources.ts';
import { oncePerDay } from './oncePerDay.ts';

const dayMs = 86_400_000;
const policiesMax = 20;
const spanDays = 28;

/** Of one action, over the users: what was earned less what the action alone would have earned, by inverse probability. */
export interface GainOverAction {
  readonly action: string;
  readonly sums: ClusterSums;
  /** About 1 where the action could be chosen each time. */
  readonly weight: number;
}

export interface PolicyFacts {
  readonly key: string;
  readonly revision: number;
  readonly policy: Policy;
  /** Decisions of whole days, end of the last one excluded: `report.to`. */
  readonly report: PolicyReport;
  readonly gains: readonly GainOverAction[];
}

/**
 * For each decision and action a: (r − c) (1 − [a chosen] / p), c the mean reward: its mean is the gain of the policy over a,
 * whatever c is, and with c near the rewards it varies less. Of a user n decisions, r = Σ (r − c), and of each action that the
 * user got q = Σ (r − c) / p: what is summed over users follows from sums of their products.
 */
const gains = bounded(`
  WITH
    own AS (
      SELECT user, action, probability, assumeNotNull(reward) AS earning
      FROM policy_decisions FINAL
      WHERE pipeline = {pipeline:String} AND policy = {policy:String} AND way = 'policy' AND closed AND isNotNull(reward)
        AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    ),
    (SELECT avg(earning) FROM own) AS c,
    every AS (SELECT user, toFloat64(count()) AS n, sum(earning - c) AS r FROM own GROUP BY user),
    chosen AS (
      SELECT user, action, sum(1 / probability) AS w, sum((earning - c) / probability) AS q FROM own GROUP BY user, action
    )
  SELECT '' AS action, toUInt64(count()) AS users, sum(n) AS size, sum(n * n) AS sizeSquares, sum(r) AS first,
    sum(r * r) AS squares, sum(n * r) AS products, 0. AS crossed
  FROM every
  UNION ALL
  SELECT action, toUInt64(count()) AS users, sum(w) AS size, 0. AS sizeSquares, sum(q) AS first, sum(q * q) AS squares,
    sum(n * q) AS products, sum(r * q) AS crossed
  FROM chosen INNER JOIN every USING (user)
  GROUP BY action
  LIMIT 1000`);

interface GainRow {
  readonly action: string;
  readonly users: number;
  readonly size: number;
  readonly sizeSquares: number;
  readonly first: number;
  readonly squares: number;
  readonly products: number;
  readonly crossed: number;
}

const pipelineOf = bounded(`
  SELECT pipeline FROM policy_decisions
  WHERE policy = {policy:String}
    AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  GROUP BY pipeline ORDER BY count() DESC, pipeline LIMIT 1`);

/** @throws EngineError SINK_UNAVAILABLE */
export async function gatherPolicies(
  sources: Pick<FactSources, 'reader' | 'policies'>,
  moment: FactMoment,
): Promise<PolicyFacts[]> {
  const { reader, policies } = sources;
  const running = policies
    .policies()
    .filter(({ record: { policy } }) => policy.state === 'running')
    .sort((a, b) => b.at - a.at)
    .slice(0, policiesMax);
  const gathered: PolicyFacts[] = [];
  // One after the other: each reads the decisions of weeks.
  for (const { record, head } of running) {
    const { policy } = record;
    const { key } = policy;
    const earned = await oncePerDay(sources, moment, `policy ${key} ${head.revision}`, async () => {
      const report = await reportOf(reader, policy, moment.eventTime);
      return { report, gains: await gainsOf(reader, policy, report) };
    });
    gathered.push({ key, revision: head.revision, policy, ...earned });
  }
  return gathered;
}

async function reportOf(reader: Reader, policy: Policy, eventTime: number): Promise<PolicyReport> {
  const to = Math.floor(eventTime / dayMs) * dayMs;
  const startAt = policy.stages[0]?.startAt ?? 0;
  for (let days = spanDays; ; days = Math.floor(days / 2)) {
    const from = Math.max(startAt, to - days * dayMs, 0);
    try {
      return await readPolicyReport(reader, policy, { from, to }, to, groupMinDefault);
    } catch (error) {
      const isTooMany = error instanceof EngineError && error.code === 'RANGE_TOO_LARGE';
      if (!isTooMany || days <= 1) throw error;
    }
  }
}

async function gainsOf(
  reader: Reader,
  { key, actions }: Policy,
  { from, to, worth }: PolicyReport,
): Promise<GainOverAction[]> {
  if (worth.policy.mean === null) return [];
  const range = { policy: key, from, to };
  const [most] = await reader.query<{ pipeline: string }>(pipelineOf, range);
  if (most === undefined) return [];
  const rows = await reader.query<GainRow>(gains, { ...range, pipeline: most.pipeline });
  const all = rows.find(({ action }) => action === '');
  if (all === undefined) return [];
  return rows.flatMap((row) => {
    if (row.action === '' || !actions.some((action) => action.key === row.action)) return [];
    return [{ action: row.action, weight: row.size / all.size, sums: gainSums(all, row) }];
  });
}

/** @param all over every user, @param one over those who got the action: the others earned nothing by it */
function gainSums(all: GainRow, one: GainRow): ClusterSums {
  return {
    users: all.users,
    decisions: all.size,
    sizes: all.size,
    earned: all.first - one.first,
    sizeSquares: all.sizeSquares,
    earnedSquares: all.squares - 2 * one.crossed + one.squares,
    products: all.products - one.products,
  };
}
