/**
 * Reads what a policy does and what it earns: sums by user in ClickHouse, figures from sums here.
 *
 * Only decisions whose horizon has ended count, and of those the ones that have a reward. The uniform policy and the most probable
 * action are told by those of which it is known what was offered.
 */
import type { Policy } from '../../../contracts/policy.ts';
import type { PolicyReport, Worth } from '../../../contracts/policyApi.ts';
import { readableStep } from '../../../contracts/readableStep.ts';
import {
  type ClusteredMean,
  type ClusterSums,
  clusteredDifference,
  clusteredMean,
} from '../../../stats/sequential/clusteredSequence.ts';
import { fixedHorizon } from '../../../stats/testing/fixedHorizon.ts';
import { type PolicyRange, type Reader, refuseTooMany } from '../evaluation/policyLog.ts';
import { suppressCells } from './suppressCells.ts';
import { worthAlpha as alpha } from './worthError.ts';

/** Decisions of one report. */
const decisionsMax = 2_000_000;
const pointsMax = 48;
const windowMs = 60_000;

const inRange = `time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;
/** A user is a hash of 64 bits: two of a million fall together with a chance of 3 · 10⁻⁸. */
const own = `
  SELECT *, cityHash64(user) AS person, closed AND isNotNull(reward) AS known, ifNull(reward, 0) AS earning
  FROM policy_decisions FINAL
  WHERE pipeline = {pipeline:String} AND policy = {policy:String} AND ${inRange}`;

/** Sums over users of what `inner` says of each: n decisions, d their weights, e what they earned by weight. */
const overUsers = `toUInt64(countIf(n > 0)) AS users, toUInt64(sum(n)) AS decisions, toUInt64(sum(m)) AS made,
  sum(d) AS sizes, sum(e) AS earned, sum(d * d) AS sizeSquares, sum(e * e) AS earnedSquares, sum(d * e) AS products`;
const byProbability =
  'count() AS m, countIf(known) AS n, sumIf(1 / probability, known) AS d, sumIf(earning / probability, known) AS e';
const step = 'intDiv(toUnixTimestamp64Milli(time), {step:Int64}) * {step:Int64}';

const extents = `
  SELECT pipeline, toUInt64(count()) AS decisions, toUInt64(countIf(NOT closed)) AS open,
    toUInt64(countIf(closed AND isNull(reward))) AS unrewarded,
    toUnixTimestamp64Milli(min(time)) AS firstAt, toUnixTimestamp64Milli(max(time)) AS lastAt
  FROM policy_decisions FINAL
  WHERE policy = {policy:String} AND ${inRange}
  GROUP BY pipeline
  ORDER BY decisions DESC, pipeline
  LIMIT 1`;

/** The two ways alone: `parts` without actions. */
const ways = `
  SELECT isStep, 0 AS isAction, way, '' AS action, at, ${overUsers}
  FROM (
    SELECT grouping(at) = 0 AS isStep, way, at, person,
      count() AS m, countIf(known) AS n, toFloat64(countIf(known)) AS d, sumIf(earning, known) AS e
    FROM (
      SELECT way, person, known, earning, ${step} AS at FROM (${own})
      WHERE way IN ('policy', 'holdout')
    )
    GROUP BY GROUPING SETS ((way, person), (way, at, person))
  )
  GROUP BY isStep, way, at
  ORDER BY isStep, at, way
  LIMIT 5000`;

/**
 * In one pass: each way with its decisions as they are, each action of the policy by inverse probability; of the whole time and of its steps.
 * `isStep` and `isAction` say which of these a row is.
 */
const parts = `
  SELECT isStep, isAction, way, action, at, ${overUsers}
  FROM (
    SELECT grouping(at) = 0 AS isStep, grouping(action) = 0 AS isAction, way, action, at, person,
      count() AS m, countIf(known) AS n,
      if(isAction, sumIf(1 / probability, known), toFloat64(countIf(known))) AS d,
      if(isAction, sumIf(earning / probability, known), sumIf(earning, known)) AS e
    FROM (
      SELECT way, action, person, known, earning, probability, ${step} AS at FROM (${own})
      WHERE way IN ('policy', 'holdout')
    )
    GROUP BY GROUPING SETS ((way, person), (way, at, person), (way, action, person), (way, action, at, person))
  )
  WHERE NOT isAction OR way = 'policy'
  GROUP BY isStep, isAction, way, action, at
  ORDER BY isStep, isAction, at, action, way
  LIMIT 50000`;

const segments = `
  SELECT segment, action, ${overUsers}
  FROM (
    SELECT segment, action, person, ${byProbability}
    FROM (${own}) ARRAY JOIN segments AS segment
    WHERE way = 'policy' AND known
    GROUP BY segment, action, person
  )
  GROUP BY segment, action
  ORDER BY segment, action
  LIMIT 20000`;

/**
 * Of K actions the uniform policy has weight 1 / (K p), the most probable action, of m as probable, 1 / (m p). Sums of each user are
 * taken once for all three.
 */
const offers = `
  SELECT policy, sum(if(policy = 'likely', unlikely, 0)) AS explored, ${overUsers}
  FROM (
    SELECT candidate.1 AS policy, n, n AS m, unlikely, candidate.2 AS d, candidate.3 AS e
    FROM (
      SELECT person, count() AS n, countIf(likeliest = 0) AS unlikely,
        sum(1 / (choices * probability)) AS uniformSize,
        sum(earning / (choices * probability)) AS uniformEarned,
        sumIf(1 / (likeliest * probability), likeliest > 0) AS likelySize,
        sumIf(earning / (likeliest * probability), likeliest > 0) AS likelyEarned,
        sum(earning) AS loggedEarned
      FROM (${own})
      WHERE way = 'policy' AND known AND choices > 0
      GROUP BY person
    )
    ARRAY JOIN [
      ('uniform', uniformSize, uniformEarned),
      ('likely', likelySize, likelyEarned),
      ('logged', toFloat64(n), loggedEarned)
    ] AS candidate
  )
  GROUP BY policy`;

const strays = `
  SELECT kind, toUInt64(sum(events)) AS events
  FROM policy_strays FINAL
  WHERE policy IN ({policy:String}, '')
    AND hour >= fromUnixTimestamp64Milli({from:Int64} - {from:Int64} % 3600000, 'UTC')
    AND hour < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  GROUP BY kind
  ORDER BY kind
  LIMIT 100`;

interface Extent {
  readonly pipeline: string;
  readonly decisions: number;
  readonly open: number;
  readonly unrewarded: number;
  readonly firstAt: number;
  readonly lastAt: number;
}
interface Sums extends ClusterSums {
  /** Decisions, those without a reward too. */
  readonly made: number;
}

interface PartRow extends Sums {
  readonly isStep: number;
  readonly isAction: number;
  readonly way: string;
  readonly action: string;
  readonly at: number;
}

export interface ReportRange {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The two ways and their course alone: actions, segments, exploration and what was not learnt from stay empty. */
  readonly brief?: boolean | undefined;
}

/**
 * @param now   by default decisions until then
 * @param least users of the smallest group of which figures are told
 * @throws EngineError RANGE_TOO_LARGE, SINK_UNAVAILABLE
 */
export async function readPolicyReport(
  reader: Reader,
  policy: Policy,
  { from = policy.stages[0]?.startAt ?? 0, to, brief = false }: ReportRange,
  now: number,
  least: number,
): Promise<PolicyReport> {
  const range: PolicyRange = { policy: policy.key, from, to: Math.max(to ?? now, from + 1) };
  const [extent] = await reader.query<Extent>(extents, { ...range });
  if (extent !== undefined) refuseTooMany(extent.decisions, decisionsMax, range);
  const { firstAt = range.from, lastAt = range.from } = extent ?? {};
  const stepMs = readableStep((lastAt - firstAt) / pointsMax, windowMs);
  // By what there is, not by the moment at which it is asked: the same decisions are the same question.
  const found = { policy: policy.key, from: firstAt, to: lastAt + 1 };
  const asked = { ...found, pipeline: extent?.pipeline ?? '', step: stepMs };
  const ask = <Row>(sql: string) => reader.query<Row>(sql, asked);
  // All at once: one that is asked apart would fail unheard when these do.
  const [rows, segmentRows, offerRows, strayRows] = await Promise.all([
    ask<PartRow>(brief ? ways : parts),
    brief ? [] : ask<Sums & { segment: string; action: string }>(segments),
    brief ? [] : ask<Sums & { policy: string; explored: number }>(offers),
    brief ? [] : reader.query<{ kind: string; events: number }>(strays, { ...range }),
  ]);
  const partsOf = (isStep: boolean, isAction: boolean) =>
    rows.filter((row) => Boolean(row.isStep) === isStep && Boolean(row.isAction) === isAction);
  const [armRows, armSteps] = [partsOf(false, false), partsOf(true, false)];
  const [actionRows, actionSteps] = [partsOf(false, true), partsOf(true, true)];
  const arm = (way: string) => armRows.find((row) => row.way === way) ?? nothing;
  const offered = (name: string) => offerRows.find((row) => row.policy === name);
  const made = arm('policy').made;
  const [learnt, control] = [arm('policy'), arm('holdout')];
  const sampled = offered('logged')?.decisions ?? 0;
  return {
    ...{ policy: policy.key, from: range.from, to: range.to, stepMs },
    worth: {
      policy: worthOf(learnt, least),
      control: worthOf(control, least),
      difference: differenceOf(learnt, control, least),
    },
    users: { policy: learnt.users, control: control.users },
    uniform: worthOf(offered('uniform') ?? nothing, least),
    ...{ open: extent?.open ?? 0, unrewarded: extent?.unrewarded ?? 0 },
    exploration: explorationOf(offered('likely'), offered('logged'), least),
    sampled: learnt.decisions > 0 ? Math.min(1, sampled / learnt.decisions) : 1,
    course: armCourseOf(armSteps, least),
    actions: brief ? [] : actionsOf(policy, actionRows, actionSteps, made, least),
    ...segmentsOf(segmentRows, least),
    strays: strayRows,
  };
}

const nothing: Sums = {
  ...{ users: 0, decisions: 0, made: 0, sizes: 0, earned: 0 },
  ...{ sizeSquares: 0, earnedSquares: 0, products: 0 },
};

const withheld: Worth = { decisions: null, mean: null, low: null, high: null };

function worthOf(
  sums: Sums,
  least: number,
  read: (sums: Sums) => ClusteredMean = sequenceOf,
): Worth {
  const { users, decisions } = sums;
  if (users < least) return decisions === 0 ? { ...withheld, decisions } : withheld;
  return { decisions, ...shown(read(sums)) };
}

function differenceOf(learnt: Sums, control: Sums, least: number): Worth {
  const decisions = learnt.decisions + control.decisions;
  if (Math.min(learnt.users, control.users) < least) return withheld;
  return { decisions, ...shown(clusteredDifference(learnt, control, alpha)) };
}

function sequenceOf(sums: Sums): ClusteredMean {
  return clusteredMean(sums, alpha);
}

/** At one look: a point of a course is looked at as one of many. */
function lookOf(sums: Sums): ClusteredMean {
  const { estimate, standardError } = clusteredMean(sums, alpha);
  const freedom = sums.users - 1;
  return fixedHorizon({ estimate, variance: standardError ** 2, freedom }, { alpha });
}

function shown({ estimate, lower, upper }: ClusteredMean) {
  return { mean: figureOf(estimate), low: figureOf(lower), high: figureOf(upper) };
}

function explorationOf(
  likely: (Sums & { explored: number }) | undefined,
  logged: Sums | undefined,
  least: number,
) {
  if (likely === undefined || logged === undefined || likely.users < least) {
    return { share: null, cost: null };
  }
  // The same decisions are in both, so the variance of the difference is less than the sum that is taken for it.
  const cost = clusteredDifference(likely, logged, alpha);
  const share = likely.explored / likely.decisions;
  const ends = { low: figureOf(cost.lower), high: figureOf(cost.upper) };
  return { share, cost: figureOf(cost.estimate), ...(ends.low !== null && ends) };
}

function armCourseOf(rows: readonly (Sums & { way: string; at: number })[], least: number) {
  const times = [...new Set(rows.map(({ at }) => at))].sort((a, b) => a - b);
  const worthAt = (wanted: number, way: string) =>
    worthOf(rows.find((row) => row.at === wanted && row.way === way) ?? nothing, least, lookOf);
  return times.map((at) => ({
    at,
    policy: worthAt(at, 'policy'),
    control: worthAt(at, 'holdout'),
  }));
}

/**
 * Those of the definition in its order, then what requests brought or the definition had before. Actions are the parts of all
 * decisions, as a whole and at each time.
 */
function actionsOf(
  policy: Policy,
  rows: readonly (Sums & { action: string })[],
  steps: readonly (Sums & { action: string; at: number })[],
  made: number,
  least: number,
): PolicyReport['actions'] {
  const madeAt = new Map<number, number>();
  for (const { at, made: each } of steps) madeAt.set(at, (madeAt.get(at) ?? 0) + each);
  const hidden = suppressCells(
    rows.map(({ users }) => ({ column: '', users })),
    least,
  );
  const hiddenSteps = suppressCells(
    steps.map(({ users, at }) => ({ column: String(at), users })),
    least,
  );
  const keys = new Set([...policy.actions.map(({ key }) => key), ...rows.map((row) => row.action)]);
  return [...keys].map((key) => {
    const known = policy.actions.find((action) => action.key === key);
    const place = rows.findIndex((row) => row.action === key);
    const sums = rows[place] ?? nothing;
    const isHidden = hidden[place] ?? false;
    const course = steps.flatMap((step, i) =>
      step.action === key ? [{ step, isStepHidden: hiddenSteps[i]! }] : [],
    );
    return {
      ...{ action: key, name: known?.name ?? key, offered: known?.offered ?? policy.open },
      share: made > 0 && !isHidden ? sums.made / made : null,
      worth: isHidden ? withheld : worthOf(sums, least),
      course: course.map(({ step, isStepHidden }) => {
        const { at } = step;
        if (isStepHidden) return { at, share: null, ...withheld };
        const { decisions: _, ...figures } = worthOf(step, least, lookOf);
        return { at, decisions: step.made, share: step.made / madeAt.get(at)!, ...figures };
      }),
    };
  });
}

function segmentsOf(rows: readonly (Sums & { segment: string; action: string })[], least: number) {
  // An attribute's values make up the total of each action.
  const cells = rows.map(({ segment, action, users }) => ({
    column: `${segment.slice(0, segment.indexOf('='))}\0${action}`,
    users,
  }));
  const hidden = suppressCells(cells, least);
  const left = rows.filter((_, i) => !hidden[i]);
  return {
    segments: left.map((row) => ({
      ...{ segment: row.segment, action: row.action, users: row.users },
      worth: worthOf(row, least),
    })),
    suppressed: rows.length - left.length,
  };
}

function figureOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
