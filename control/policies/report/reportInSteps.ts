/**
 * The report of a policy as it is told to who may see figures of groups alone: of all decisions up to the last day by which enough
 * users had decisions in each way since the day before that was told.
 *
 * What is told grows in such steps, from whole days of which every horizon has ended, so that two reports differ by enough users in each
 * way. Courses, actions, segments and what was not learnt from divide the same decisions further, and are withheld.
 */
import type { Policy } from '../../../contracts/policy.ts';
import type { PolicyReport } from '../../../contracts/policyApi.ts';
import { PeopleUnion } from '../../privacy/people.ts';
import type { Reader } from '../evaluation/policyLog.ts';
import { readPolicyReport } from './policyReport.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Pipelines that learn the same policy write the same decisions. */
const days = `
  SELECT day, way, groupUniqArray(32)(hash) AS users, toUInt16(least(32, uniqExact(hash))) AS people
  FROM (
    SELECT intDiv(toUnixTimestamp64Milli(time), ${dayMs}) * ${dayMs} AS day, way,
      toUInt32(cityHash64(user) % 4294967296) AS hash
    FROM policy_decisions FINAL
    WHERE policy = {policy:String} AND way IN ('policy', 'holdout') AND closed AND isNotNull(reward)
      AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  )
  GROUP BY day, way
  ORDER BY day, way
  LIMIT 20000`;

export interface DayOfWay {
  readonly day: number;
  readonly way: string;
  readonly people: number;
  readonly users: readonly number[];
}

/**
 * @param rows ascending by day
 * @returns end of the last day by which each way had enough users since the end before, or none; undefined while there is none
 */
export function lastStep(rows: readonly DayOfWay[], least: number): number | undefined {
  let told: number | undefined;
  let since = new Map<string, PeopleUnion>();
  rows.forEach(({ day, way, people, users }, i) => {
    const union = since.get(way) ?? new PeopleUnion();
    since.set(way, union);
    union.add({ people, users });
    if (rows[i + 1]?.day === day) return;
    if ([...since.values()].some(({ count }) => count < least)) return;
    told = day + dayMs;
    since = new Map();
  });
  return told;
}

/** @param now ms since 1970 */
export async function readReportInSteps(
  reader: Reader,
  policy: Policy,
  now: number,
  least: number,
): Promise<PolicyReport> {
  const from = Math.floor((policy.stages[0]?.startAt ?? 0) / dayMs) * dayMs;
  // What was decided before then has its reward, or will have none.
  const to = Math.floor((now - policy.reward.horizonMs - hourMs) / dayMs) * dayMs;
  const range = { policy: policy.key, from, to: Math.max(to, from) };
  const end = lastStep(await reader.query<DayOfWay>(days, range), least);
  // Of nothing, where there is no step yet.
  const told = end === undefined ? { from: 0, to: 1 } : { from, to: end };
  const report = await readPolicyReport(reader, policy, told, now, least);
  const { segments, suppressed, users } = report;
  const inTens = (count: number) => Math.floor(count / least) * least;
  return {
    ...report,
    ...{ from, to: end ?? from },
    // Who came only now may be few, though those who came and those who came again are not.
    users: { policy: inTens(users.policy), control: inTens(users.control) },
    exploration: { share: null, cost: null },
    ...{ open: 0, unrewarded: 0, course: [], strays: [] },
    actions: report.actions.map((each) => ({
      ...each,
      ...{ share: null, course: [] },
      worth: { decisions: null, mean: null, low: null, high: null },
    })),
    ...{ segments: [], suppressed: suppressed + segments.length },
    isInSteps: true,
  };
}
