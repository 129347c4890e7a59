/** Facts of experiments, policies and operations, on a real ClickHouse, against computations without SQL. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Experiment } from '../../../contracts/experiment.ts';
import { writeResults } from '../../../control/experiments/resultHistory.ts';
import type { FactSources } from '../../../control/insights/factSources.ts';
import { gatherExperiments } from '../../../control/insights/gather/experiments.ts';
import { gatherOperations } from '../../../control/insights/gather/operations.ts';
import { gatherPolicies } from '../../../control/insights/gather/policies.ts';
import type { PolicyRegistry } from '../../../control/policies/openPolicies.ts';
import { writeAlerts } from '../../../control/watching/alertRows.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { binOf } from '../../../stats/quantileSketch.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { clusterSumsOf } from '../../../stats/sequential/clusteredSequence.ts';
import { registryOf, watchDeskOf } from '../../api/fakes.ts';
import { alertSample } from '../../support/alertSamples.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import {
  dayMs,
  experimentFacts,
  hourMs,
  metrics,
  now,
  partitionFacts,
  today,
} from '../../support/insightFacts.ts';
import { type DecisionRow, insertDecisions } from '../../support/policyRows.ts';
import { arms, banditPolicy } from '../../support/simulatedBandit.ts';

let clickhouse: TestClickHouse;
let store: ClickHouseStore;
const moment = { now, eventTime: now };
const at = (ms: number) => `fromUnixTimestamp64Milli(${ms}, 'UTC')`;

beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('insight_facts');
}, 60_000);
afterAll(() => clickhouse.close());

test('of experiments: newest result, thinned courses, days of entering, outcomes by period', async () => {
  const { experiment, result } = experimentFacts();
  let clock = now - 99 * hourMs;
  const registry = registryOf({ clock: () => clock });
  const by = { actor: 'test', reason: '' };
  for (const metric of metrics) await registry.createMetric(metric, by);
  await registry.adopt(experiment, by);
  const second: Experiment = {
    ...experiment,
    ...{ key: 'secondly', salt: 'secondly' },
    metrics: [
      { metric: 'left', role: 'primary' },
      { metric: 'solved', role: 'secondary' },
    ],
  };
  await registry.adopt(second, by);
  clock = now;
  await registry.move('secondly', { move: 'stop' }, { actor: 'engine', reason: 'Harm.' });
  const results = Array.from({ length: 100 }, (_, i) => ({
    ...{ ...result!, at: now - (100 - i) * hourMs, exposed: i },
  }));
  await writeResults(store, results);
  await writeResults(store, [{ ...result!, experiment: 'secondly' }]);
  const rows = [0, 1].flatMap((variant) =>
    [1, 2, 3].map((days) => {
      const hour = at(today - days * dayMs + 3 * hourMs);
      return `('learning', 'hints', ${variant}, 1, ${hour}, ${variant}, 9, ${100 * days}, 0)`;
    }),
  );
  await store.command(
    `INSERT INTO experiment_exposures (* EXCEPT(objected)) VALUES ${rows.join(', ')}`,
  );
  // Two partitions of one cell: 100 users, 40 of them solved; 60 of which 15 did.
  const cell = (period: number, partition: number, units: number, sum: number, segment = '') =>
    `('learning', 'hints', 'solved', 1, 1, ${period}, '${segment}', ${partition}, 9, ${units}, [], [], ${sum}, ${units}, ${sum}, ${units}, ${sum})`;
  const cells = [
    cell(4, 0, 100, 40),
    cell(4, 1, 60, 15),
    cell(9, 0, 1, 1),
    cell(4, 0, 50, 50, 'grade=7'),
  ];
  await store.command(`INSERT INTO experiment_outcomes VALUES ${cells.join(', ')}`);

  const facts = await gatherExperiments({ reader: store, experiments: registry }, moment);
  const hints = facts.find(({ key }) => key === 'hints')!;
  expect(hints.result!.exposed).toBe(99);
  expect(hints.ended).toBeNull();
  expect(hints.metrics.map(({ key }) => key)).toEqual(['solved', 'left']);
  expect(hints.courses.map(({ metric, variant }) => [metric, variant])).toEqual([
    ['left', 'with'],
    ['solved', 'with'],
  ]);
  const [course] = hints.courses;
  expect(course!.points.length).toBeGreaterThan(30);
  expect(course!.points.length).toBeLessThanOrEqual(61);
  expect(course!.points.at(-1)!.at).toBe(results.at(-1)!.at);
  expect(hints.exposures).toEqual(
    [3, 2, 1].map((days) => ({ at: today - days * dayMs, units: 200 * days })),
  );
  expect(hints.lastExposureAt).toBe(today - dayMs + 3 * hourMs);
  const mean = 55 / 160;
  expect(hints.periods[0]).toMatchObject({ variant: 'with', stage: 1, period: 4, units: 160 });
  expect(hints.periods[0]!.mean).toBeCloseTo(mean, 12);
  expect(hints.periods[0]!.variance).toBeCloseTo((160 * mean * (1 - mean)) / 159, 10);
  expect(hints.periods[1]).toMatchObject({ period: 9, units: 1, mean: 1, variance: Number.NaN });
  const stopped = facts.find(({ key }) => key === 'secondly')!;
  expect(stopped.ended).toEqual({ at: now, byEngine: true });
  expect(stopped.courses.map(({ metric }) => metric)).toEqual(['left']);
  // Long ago.
  const later = { now: now + 20 * dayMs, eventTime: now };
  const left = await gatherExperiments({ reader: store, experiments: registry }, later);
  expect(left.map(({ key }) => key)).toEqual(['hints']);
});

test('of policies: the report of whole days, and what the choice gains over each action', async () => {
  const chances = [0.6, 0.3, 0.1];
  const startAt = today - 10 * dayMs;
  const random = randomState(4);
  const rows = Array.from({ length: 1_200 }, (_, i): DecisionRow => {
    const u = Math.floor(120 * uniform(random) ** 1.4);
    const isHeldOut = u % 6 === 0;
    const draw = uniform(random);
    const arm = isHeldOut ? 1 : draw < 0.6 ? 0 : draw < 0.9 ? 1 : 2;
    const time = startAt + i * 12 * 60_000;
    return {
      ...{ partition: i % 2, offset: i, time, user: `u${u}`, decision: `d${i}`, segments: [] },
      ...{ action: arms[arm]!, way: isHeldOut ? 'holdout' : 'policy' },
      probability: isHeldOut ? 1 : chances[arm]!,
      reward: uniform(random) < 0.2 + 0.2 * arm ? 1 : 0,
      ...{ rewardedAt: time + 1, closed: true, attributes: {} },
      offered: arms.map((action, j) => ({ action, probability: chances[j]! })),
    };
  });
  await insertDecisions(store, 'tutor', rows);
  const policy = banditPolicy({
    stages: [{ number: 1, startAt, change: 'Started' }],
    state: 'running',
  });
  const draft = banditPolicy({ key: 'draft', state: 'draft' });
  const known = [policy, draft].map((each) => ({
    ...{ record: { revision: 4, policy: each }, at: 1, endedAt: null, changes: [] },
    head: { kind: 'policy', key: each.key, revision: 4, writeId: 'w' },
  }));
  const policies = { policies: () => known } as unknown as PolicyRegistry;
  const gathered = await gatherPolicies({ reader: store, policies }, moment);
  expect(gathered.map(({ key, revision }) => [key, revision])).toEqual([['tutor', 4]]);
  const [facts] = gathered;
  expect(facts!.report.to).toBe(today);
  expect(facts!.report.exploration.low!).toBeLessThan(facts!.report.exploration.cost!);
  const learnt = rows.filter(({ way, time }) => way === 'policy' && time < today);
  expect(facts!.report.worth.policy.decisions).toBe(learnt.length);
  const c = learnt.reduce((sum, { reward }) => sum + reward!, 0) / learnt.length;
  for (const { action, sums, weight } of facts!.gains) {
    const users = new Map<string, { size: number; earned: number; decisions: number }>();
    let weights = 0;
    for (const row of learnt) {
      const user = users.get(row.user) ?? { size: 0, earned: 0, decisions: 0 };
      const w = row.action === action ? 1 / row.probability : 0;
      weights += w;
      user.size += 1;
      user.decisions += 1;
      user.earned += (row.reward! - c) * (1 - w);
      users.set(row.user, user);
    }
    const expected = clusterSumsOf(users.values());
    expect(weight).toBeCloseTo(weights / learnt.length, 10);
    for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
      expect(sums[name]).toBeCloseTo(expected[name], 6);
    }
  }
  expect(facts!.gains).toHaveLength(3);
});

// Commits are kept for thirty days by the clock of the machine.
test('of operations: windows, days, reasons, what people said of alerts', async () => {
  const today = Math.floor(Date.now() / dayMs) * dayMs;
  const now = today + 12 * hourMs;
  const moment = { now, eventTime: now };
  const epoch = (when: number, events: number, refused: number, lag = 0) =>
    `('learning', 0, 0, 1, ${at(when)}, ${events}, ${refused}, 0, 0, 1, 1, ${lag}, map())`;
  await store.command(
    `INSERT INTO epochs VALUES ${[
      epoch(now - 60_000, 100, 7, 5),
      epoch(now - 20 * 60_000, 200, 3, 50),
      epoch(now - 4 * hourMs, 400, 5, 900),
      epoch(today - dayMs + hourMs, 1_000, 40),
      epoch(today - 2 * dayMs + hourMs, 2_000, 4),
    ].join(', ')}`,
  );
  const letter = (offset: number, when: number, code: string) =>
    `('learning', 0, ${offset}, ${at(when)}, '${code}', 'value: expected a number, got x', '', '', [])`;
  await store.command(
    `INSERT INTO dead_letters VALUES ${[
      letter(1, today - hourMs, 'EVENT_FIELD_INVALID'),
      letter(2, today - 2 * hourMs, 'EVENT_FIELD_INVALID'),
      letter(3, today - 2 * dayMs, 'EVENT_FIELD_INVALID'),
      letter(4, now - hourMs, 'EVENT_FIELD_INVALID'),
    ].join(', ')}`,
  );
  // Seven answers of about 100 ms and three of 2 s.
  const window = (when: number) =>
    `('learning', 'latency_ms', '', ${at(when)}, 60000, 0, 1, 10, 0, 0, 0, 0, [${binOf(100)}, ${binOf(2_000)}], [7, 3])`;
  await store.command(
    `INSERT INTO metrics (* EXCEPT(people, users, watermark)) VALUES ${[window(now - 120_000), window(now - 2 * hourMs)].join(', ')}`,
  );
  const alert = (id: string, days: number, change: Parameters<typeof alertSample>[0] = {}) => {
    const since = now - days * dayMs;
    const firedAt = since + 60_000;
    return alertSample({ id, watch: 'latency', since, firedAt, changedAt: since, ...change });
  };
  const row = (given: ReturnType<typeof alertSample>, actor = 'engine') => ({
    ...{ alert: given, actor, sentence: 'x', reason: '' },
  });
  await writeAlerts(store, [
    row(alert('a', 1)),
    row(alert('a', 1, { state: 'resolved', ending: 'false alarm', revision: 5 }), 'maria'),
    row(alert('b', 3, { isFlapping: true })),
    row(alert('c', 10, { acknowledgedAt: now })),
    row(alert('d', 11, { state: 'resolved', ending: 'closed' })),
    row(alert('e', 2, { firedAt: null })),
    row(alert('f', 40)),
  ]);
  const { book } = watchDeskOf();
  const by = { actor: 'test', reason: '' };
  const watch = {
    ...{ key: 'latency', name: 'Latency', lane: 'ingest' },
    source: { kind: 'metric', metric: 'latency_ms', figure: 'mean' },
    judgement: { kind: 'limit', direction: 'above', limit: 5 },
  };
  const route = { key: 'team', name: 'Team', to: { kind: 'email', to: ['a@example.org'] } };
  await book.routes.put('team', { ...route, least: 'high' }, 0, by);
  await book.watches.put('latency', { ...watch, routes: ['team'] }, 0, by);
  const release = {
    id: 'r',
    version: '2',
    against: '1',
    phase: 'shadow',
    awaits: 'canary',
    since: 5,
  };
  const sources = {
    ...{ reader: store, watches: book, partitions: () => [partitionFacts()] },
    models: { models: () => [{ model: 'answer', releases: [release] }] },
  } as unknown as FactSources;
  const facts = await gatherOperations(sources, moment);
  const [pipeline] = facts.pipelines;
  expect(facts.pipelines.map(({ name }) => name)).toEqual(['learning']);
  expect(pipeline!.refused).toEqual([
    { ms: 300_000, events: 100, bad: 7 },
    { ms: 1_800_000, events: 300, bad: 10 },
    { ms: hourMs, events: 300, bad: 10 },
    { ms: 6 * hourMs, events: 700, bad: 15 },
    { ms: 3 * dayMs, events: 3_700, bad: 59 },
  ]);
  expect(pipeline!.slow.map(({ events, bad }) => [events, bad])).toEqual([
    [10, 3],
    [10, 3],
    [10, 3],
    [20, 6],
    [20, 6],
  ]);
  expect(pipeline!.days).toEqual([
    { at: today - 2 * dayMs, events: 2_000, refused: 4 },
    { at: today - dayMs, events: 1_000, refused: 40 },
  ]);
  expect(pipeline!.lag.map(({ value }) => value)).toEqual([900, 50, 5]);
  expect(facts.refusals).toEqual([
    {
      ...{ pipeline: 'learning', code: 'EVENT_FIELD_INVALID', lately: 2, before: 1 },
      reason: 'value: expected a number, got x',
    },
  ]);
  expect(facts.watches).toMatchObject([
    {
      ...{ key: 'latency', severity: 'low', isTold: false, fired: 4, firedWeek: 2, flapping: 1 },
      called: { false: 1, true: 2 },
    },
  ]);
  expect(facts.watches[0]!.days).toHaveLength(4);
  expect(facts.routes).toBe(1);
  expect(facts.waiting).toEqual([
    { model: 'answer', id: 'r', version: '2', against: '1', awaits: 'canary', since: 5 },
  ]);
  expect(facts.disks[0]!.total).toBeGreaterThan(facts.disks[0]!.free);
});
