/** What a policy earns, against a computation from the same decisions without SQL; on a real ClickHouse. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openQueries, type Queries } from '../../../api/queries/queries.ts';
import { type PolicyReport, PolicyReport as Schema } from '../../../contracts/policyApi.ts';
import { readPolicyReport } from '../../../control/policies/report/policyReport.ts';
import type { LoggedChoice } from '../../../models/evaluation/loggedChoice.ts';
import { learning } from '../../../pipelines/learning.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import {
  clusteredDifference,
  clusteredMean,
  clusterSumsOf,
} from '../../../stats/sequential/clusteredSequence.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { linesLog } from '../../support/linesLog.ts';
import { decisionLine, outcomeLine, policyLine, start } from '../../support/policyLines.ts';
import { type DecisionRow, insertDecisions } from '../../support/policyRows.ts';
import { arms, banditPolicy, playBandit } from '../../support/simulatedBandit.ts';

const minute = 60_000;
const policy = banditPolicy({
  stages: [{ number: 1, startAt: start, change: 'Started' }],
  segments: ['programme'],
});
const chances = [0.6, 0.3, 0.1];

let clickhouse: TestClickHouse;
let store: ClickHouseStore;
let queries: Queries;
let report: PolicyReport;
const rows = decisions();

beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('policy_report');
  await insertDecisions(store, 'tutor', rows);
  await insertDecisions(store, 'another', decisions().slice(0, 30).map(shifted));
  for (const [kind, of] of [
    ['fallback', 'tutor'],
    ['unmatched', ''],
    ['fallback', 'another'],
  ]) {
    const hour = `fromUnixTimestamp64Milli(${start}, 'UTC')`;
    await store.command(
      `INSERT INTO policy_strays VALUES ('learn', '${of}', '${kind}', ${hour}, 0, 1, 7)`,
    );
  }
  queries = openQueries(store, () => start + 1_000_000 * minute).ofPeople;
  // From the day on which it was started.
  const from = Math.floor(start / 86_400_000) * 86_400_000;
  report = Schema.parse(await queries.policyReport(policy, { from }));
}, 60_000);
afterAll(() => clickhouse.close());

function shifted(row: DecisionRow): DecisionRow {
  return { ...row, offset: row.offset + 100_000 };
}

/** 160 users, a fifth held out; some decisions open, some without a reward. Law has 4 users. */
function decisions(): DecisionRow[] {
  const random = randomState(11);
  return Array.from({ length: 2_400 }, (_, i) => {
    const u = Math.floor(160 * uniform(random) ** 1.3);
    const isHeldOut = u % 5 === 0;
    const draw = uniform(random);
    const arm = isHeldOut ? 1 : draw < 0.6 ? 0 : draw < 0.9 ? 1 : 2;
    const programme = u < 4 ? 'law' : u % 3 === 0 ? 'music' : 'arts';
    const closed = i < 2_300;
    const state = uniform(random);
    const reward = !closed || state < 0.05 ? null : uniform(random) < 0.2 + 0.2 * arm ? 1 : 0;
    const time = start + i * minute;
    const probability = isHeldOut ? 1 : chances[arm]!;
    return {
      ...{ partition: i % 3, offset: i, time, user: `u${u}`, decision: `d${i}`, closed, reward },
      ...{ action: arms[arm]!, way: isHeldOut ? 'holdout' : 'policy', probability },
      ...{ segments: [`programme=${programme}`], rewardedAt: reward === null ? null : time + 1 },
      attributes: { programme },
      offered: isHeldOut
        ? [{ action: 'text', probability: 1 }]
        : arms.map((action, j) => ({ action, probability: chances[j]! })),
    } satisfies DecisionRow;
  });
}

/** Sums of users over some decisions, each with a weight. */
function sumsOf(some: readonly DecisionRow[], weightOf: (row: DecisionRow) => number = () => 1) {
  const users = new Map<string, { size: number; earned: number; decisions: number }>();
  for (const row of some) {
    const user = users.get(row.user) ?? { size: 0, earned: 0, decisions: 0 };
    user.size += weightOf(row);
    user.earned += weightOf(row) * row.reward!;
    user.decisions += 1;
    users.set(row.user, user);
  }
  return clusterSumsOf(users.values());
}

const known = rows.filter(({ closed, reward }) => closed && reward !== null);
const learnt = known.filter(({ way }) => way === 'policy');
const heldOut = known.filter(({ way }) => way === 'holdout');

test('the log is read whole, in the order of time, page by page', async () => {
  const log = await queries.policyLog(policy, {});
  const ids: string[] = [];
  let time = 0;
  for await (const choice of log.choices) {
    expect(choice.time).toBeGreaterThanOrEqual(time);
    ({ time } = choice);
    ids.push(choice.id);
  }
  expect(ids).toEqual(rows.filter(({ closed }) => closed).map(({ decision }) => decision));
  expect({ ...log.counts(), decisions: log.decisions }).toEqual({
    ...{ open: 100, withoutEvent: 0, decisions: 2_300 },
  });
  await store.command(`ALTER TABLE events DELETE WHERE user = 'u7' SETTINGS mutations_sync = 1`);
  const erased = await queries.policyLog(policy, {});
  for await (const { id } of erased.choices) {
    expect(rows.find(({ decision }) => decision === id)!.user).not.toBe('u7');
  }
  expect(erased.counts().withoutEvent).toBe(
    rows.filter(({ user, closed }) => user === 'u7' && closed).length,
  );
});

test('the log is what the data plane has made of decisions and outcomes', async () => {
  const own = await clickhouse.database('policy_log');
  const choices = playBandit(60, 9);
  const lines = choices.flatMap(({ id, time, action, probability, attributes, ...rest }, i) => {
    const more = { probability, offered: [...rest.offered] };
    const user = `u${i % 7}`;
    const made = { id, user, at: time - start, action, attributes, more };
    const outcome = outcomeLine(`o${i}`, user, time - start + 1_000, id, 1);
    return rest.reward === 1 ? [decisionLine(made), outcome] : [decisionLine(made)];
  });
  // The watermark is behind the first of the last two when the second comes.
  const last = [6_000, 6_001].map((at) => outcomeLine(`${at}`, 'u1', at * minute, 'nothing', 0));
  const log = [policyLine(policy), ...lines, ...last];
  const stop = new AbortController();
  await runPartition({
    ...{ pipeline: learning, partition: 0, store: own, signal: stop.signal },
    reader: linesLog(log, { chunk: 13, receivedAt: start + 10_000 * minute, start: 0 }),
    limits: { epochMs: 10, epochEvents: 40, checkpointMs: 20 },
    report({ committedOffset = 0 }) {
      if (committedOffset >= log.length) stop.abort();
    },
  });
  const read = await openQueries(own, () => start + 10_000 * minute).ofPeople.policyLog(policy, {});
  const found: LoggedChoice[] = [];
  for await (const choice of read.choices) found.push(choice);
  const horizon = policy.reward.horizonMs;
  expect(found).toEqual(
    choices.map((each) => ({
      ...each,
      knownAt: each.time + (each.reward === 1 ? 1_000 : horizon),
    })),
  );
});

describe('a report', () => {
  test('says what learnt decisions earn, the held-out’s, and the difference between users', () => {
    const expected = clusteredDifference(sumsOf(learnt), sumsOf(heldOut), 0.05);
    const { policy: own, control, difference } = report.worth;
    expect(own.decisions).toBe(learnt.length);
    expect(report.users.policy).toBe(new Set(learnt.map(({ user }) => user)).size);
    expect(control.decisions).toBe(heldOut.length);
    expect(difference.mean).toBeCloseTo(expected.estimate, 9);
    expect(difference.low).toBeNull(); // fewer than 30 held-out users of equal activity
    const alone = clusteredMean(sumsOf(learnt), 0.05);
    expect(own.low).toBeCloseTo(alone.lower, 9);
    expect(own.high).toBeCloseTo(alone.upper, 9);
    expect(report).toMatchObject({
      open: 100,
      unrewarded: 2_300 - known.length,
      sampled: 1,
      from: Math.floor(start / 86_400_000) * 86_400_000,
    });
  });

  test('weighs the uniform policy, exploration and each action by inverse probability', () => {
    const even = sumsOf(learnt, ({ probability }) => 1 / (3 * probability));
    expect(report.uniform.mean).toBeCloseTo(even.earned / even.sizes, 9);
    const best = learnt.filter(({ action }) => action === 'video');
    const top = sumsOf(best, () => 1 / 0.6);
    const all = sumsOf(learnt);
    expect(report.exploration.share).toBeCloseTo(1 - best.length / learnt.length, 9);
    expect(report.exploration.cost).toBeCloseTo(top.earned / top.sizes - all.earned / all.sizes, 9);
    const made = rows.filter(({ way }) => way === 'policy').length;
    for (const { action, share, worth } of report.actions) {
      const own = learnt.filter((row) => row.action === action);
      expect(worth).toMatchObject({ decisions: own.length });
      expect(worth.mean).toBeCloseTo(
        own.reduce((sum, { reward }) => sum + reward!, 0) / own.length,
        9,
      );
      const all = rows.filter((row) => row.way === 'policy' && row.action === action);
      expect(share).toBeCloseTo(all.length / made, 9);
    }
    expect(report.actions.map(({ action }) => action)).toEqual([...arms]);
  });

  test('shows the course, whose points add up', () => {
    const total = (worths: readonly { readonly decisions: number | null }[]) =>
      worths.reduce((sum, { decisions: each }) => sum + (each ?? 0), 0);
    expect(total(report.course.map((point) => point.policy))).toBe(learnt.length);
    // Some points are of fewer than ten users: they are not told.
    const { from, stepMs } = report;
    const usersAt = new Map<number, Set<string>>();
    const stepOf = (time: number) => Math.floor(time / stepMs) * stepMs;
    for (const { time, user } of heldOut) {
      usersAt.set(stepOf(time), (usersAt.get(stepOf(time)) ?? new Set()).add(user));
    }
    const told = heldOut.filter(({ time }) => usersAt.get(stepOf(time))!.size >= 10);
    expect(from % 86_400_000).toBe(0);
    expect(told.length).toBeLessThan(heldOut.length);
    expect(total(report.course.map((point) => point.control))).toBe(told.length);
    const made = rows.filter(({ way }) => way === 'policy').length;
    const ofActions = report.actions.flatMap(({ course }) => course);
    expect(total(ofActions)).toBeLessThanOrEqual(made);
    for (const { decisions, share } of ofActions) expect(share === null).toBe(decisions === null);
    expect(report.course.length).toBeLessThan(60);
    expect(report.course.length).toBeGreaterThan(10);
  });

  test('hides groups of few, and as many others that they cannot be computed', () => {
    const cells = report.segments.map(({ segment, action }) => `${segment} ${action}`);
    // Law has four users; music has fewer than arts and is hidden with it.
    expect(cells).toEqual(arms.toSorted().map((action) => `programme=arts ${action}`));
    expect(report.suppressed).toBe(6);
    const [one] = report.segments;
    const own = learnt.filter(
      ({ action, segments }) => action === one!.action && segments.includes('programme=arts'),
    );
    expect(one!.worth.decisions).toBe(own.length);
    expect(one!.users).toBe(new Set(own.map(({ user }) => user)).size);
  });

  test('counts what was not learnt from', () => {
    expect(report.strays).toEqual([
      { kind: 'fallback', events: 7 },
      { kind: 'unmatched', events: 7 },
    ]);
  });

  test('is of the time that is asked for', async () => {
    const from = start + 100 * minute;
    const to = from + 500 * minute;
    const part = await queries.policyReport(policy, { from, to });
    expect(part).toMatchObject({ from, to });
    const some = learnt.filter(({ time }) => time >= from && time < to);
    expect(part.worth.policy.decisions).toBe(some.length);
    const none = await queries.policyReport(policy, { from: 0, to: 1 });
    expect(none).toMatchObject({ course: [], segments: [], worth: { policy: { mean: null } } });
  });

  test('in brief is of the two arms and their course alone', async () => {
    const brief = Schema.parse(await queries.policyReport(policy, { from: start, brief: true }));
    const whole = Schema.parse(await queries.policyReport(policy, { from: start, to: brief.to }));
    expect(brief.course.length).toBeGreaterThan(1);
    for (const part of ['worth', 'users', 'course', 'open', 'unrewarded', 'stepMs'] as const) {
      expect(brief[part]).toEqual(whole[part]);
    }
    expect(brief).toMatchObject({ actions: [], segments: [], strays: [], suppressed: 0 });
  });

  test('is of the two arms alone, in whole days, for who may see groups only', async () => {
    const { ofGroups } = openQueries(store, () => start + 1_000_000 * minute);
    const told = Schema.parse(await ofGroups.policyReport(policy, {}));
    const asked = Schema.parse(await ofGroups.policyReport(policy, { from: start, to: start + 1 }));
    expect(asked).toEqual(told);
    expect(told).toMatchObject({ isInSteps: true, course: [], segments: [], strays: [] });
    expect(told.to % 86_400_000).toBe(0);
    const { ofPeople } = openQueries(store, () => start + 1_000_000 * minute);
    const { from, to } = told;
    const { worth } = Schema.parse(await ofPeople.policyReport(policy, { from, to }));
    expect(told.worth).toEqual(worth);
    expect(worth.policy.decisions).toBeGreaterThan(100);
    expect(told.actions.every((each) => each.share === null && each.worth.mean === null)).toBe(
      true,
    );
  });

  test('of a few users shows no figure', async () => {
    const part = await readPolicyReport(
      store,
      policy,
      { from: start, to: start + 8 * minute },
      start,
      10,
    );
    expect(part.worth.policy).toMatchObject({ mean: null, low: null });
    expect(part.actions.every(({ worth }) => worth.mean === null)).toBe(true);
  });

  test('of too many decisions is refused, with how long a time would do', async () => {
    const reader = {
      query: async <Row>(sql: string) =>
        (sql.includes('GROUP BY pipeline')
          ? [
              {
                pipeline: 'learn',
                decisions: 20_000_000,
                open: 0,
                unrewarded: 0,
                firstAt: 0,
                lastAt: 1,
              },
            ]
          : []) as Row[],
    };
    const range = { from: start, to: start + 100 * 86_400_000 };
    await expect(readPolicyReport(reader, policy, range, range.to, 10)).rejects.toMatchObject({
      code: 'RANGE_TOO_LARGE',
      message: expect.stringMatching(/20,000,000 decisions .* about 10 days/),
    });
  });
});
