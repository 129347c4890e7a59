/** What the data plane learns for policies, against a real ClickHouse and against a learner that reads the events itself. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../../benchmarks/support/tables.ts';
import type { Store } from '../../../contracts/store.ts';
import { encodeSituation, preparePolicy } from '../../../models/decisions/preparedPolicy.ts';
import { learning } from '../../../pipelines/learning.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { linesLog } from '../../support/linesLog.ts';
import { decisionLine, outcomeLine, policyLine, start, tutor } from '../../support/policyLines.ts';

const minute = 60_000;
const receivedAt = start + 24 * 60 * minute;

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

async function run(store: Store, log: readonly string[], chunk = 13, until = log.length) {
  const stop = new AbortController();
  await runPartition({
    pipeline: learning,
    partition: 0,
    reader: linesLog(log, { chunk, receivedAt, start: 0 }),
    store,
    limits: { epochMs: 10, epochEvents: 40, checkpointMs: 20 },
    signal: stop.signal,
    report({ committedOffset = 0 }) {
      if (committedOffset >= until) stop.abort();
    },
  });
}

interface Play {
  readonly log: string[];
  /** What was decided and what came of it, as a learner would read it. */
  readonly learnt: {
    readonly action: string;
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly reward: number;
    readonly time: number;
  }[];
}

/** A day of decisions, of which some are answered. */
function played(decisions: number, seed: number): Play {
  const random = randomState(seed);
  const log = [policyLine(tutor())];
  const learnt: Play['learnt'] = [];
  const actions = ['video', 'text', 'exercise'];
  for (let i = 0; i < decisions; i += 1) {
    const at = i * minute;
    const user = `u${Math.floor(uniform(random) * 7)}`;
    const action = actions[Math.floor(uniform(random) * 3)]!;
    const attributes = {
      grade: 5 + Math.floor(uniform(random) * 8),
      programme: ['arts', 'law'][Math.floor(uniform(random) * 2)]!,
    };
    log.push(decisionLine({ id: `d${i}`, user, at, action, attributes }));
    if (uniform(random) < 0.7) {
      const reward = uniform(random) < 0.4 ? 1 : 0;
      log.push(outcomeLine(`o${i}`, user, at + 30_000, `d${i}`, reward));
      learnt.push({ action, attributes, reward, time: start + at });
    }
  }
  return { log, learnt };
}

test('its sums are those of a learner that reads the events itself', async () => {
  const store = await clickhouse.database('policies_sums');
  const { log, learnt } = played(300, 3);
  await run(store, log);
  const prepared = preparePolicy(tutor(), 1);
  const { learner, context } = prepared;
  for (const action of ['video', 'text', 'exercise']) {
    const own = learnt.filter((each) => each.action === action);
    const expected = new Float64Array(learner!.width);
    for (const { attributes, reward, time } of own) {
      const x = encodeSituation(prepared, { attributes, traits: {} });
      learner!.learn(expected, 0, x.subarray(0, context.size), x, reward, 1, time);
    }
    const [row] = await store.query<{ sums: number[]; design: string }>(
      'SELECT sums, design FROM policy_sums FINAL WHERE action = {action:String}',
      { action },
    );
    expect(own.length).toBeGreaterThan(40);
    expect(row!.design).toBe(prepared.design);
    expect(row!.sums).toEqual([...expected]);
  }
});

test('each decision is a row, with what it has earned', async () => {
  const store = await clickhouse.database('policies_rows');
  const half = (action: string) => ({ action, probability: 0.5 });
  const quarter = (action: string) => ({ action, probability: 0.25 });
  const log = [
    policyLine(tutor({ reward: { absent: 0, horizonMs: 10 * minute } })),
    decisionLine({
      ...{ id: 'd1', user: 'ada', at: 0, action: 'video' },
      attributes: { programme: 'law' },
      more: { offered: [half('video'), half('text')] },
    }),
    decisionLine({ id: 'd2', user: 'ada', at: minute, action: 'text' }),
    outcomeLine('o1', 'ada', 2 * minute, 'd1', 1),
    outcomeLine('o2', 'ada', 2 * minute, 'd9', 1),
    decisionLine({
      ...{ id: 'd3', user: 'bob', at: 60 * minute, action: 'text' },
      more: {
        ...{ probability: 0.25, offered: [half('video'), quarter('text'), quarter('quiz')] },
      },
    }),
    outcomeLine('o3', 'bob', 61 * minute, 'd3', 5),
    // The watermark of the last row has passed the horizons of the first two.
    JSON.stringify({ id: 'v', type: 'viewed', user: 'zoe', time: start + 62 * minute }),
  ];
  await run(store, log);
  const rows = await store.query(
    `SELECT decision, user, action, way, probability, choices, likeliest, segments, reward, closed FROM policy_decisions FINAL ORDER BY decision`,
  );
  const usual = { way: 'policy', probability: 0.5, choices: 0, likeliest: 0 };
  expect(rows).toEqual([
    {
      ...usual,
      decision: 'd1',
      user: 'ada',
      action: 'video',
      segments: ['programme=law'],
      ...{ choices: 2, likeliest: 2 },
      reward: 1,
      closed: 1,
    },
    { ...usual, decision: 'd2', user: 'ada', action: 'text', segments: [], reward: 0, closed: 1 },
    {
      ...usual,
      decision: 'd3',
      user: 'bob',
      action: 'text',
      segments: [],
      ...{ probability: 0.25, choices: 3, likeliest: 0 },
      reward: null,
      closed: 0,
    },
  ]);
  const letters = await store.query('SELECT code, reason FROM dead_letters FINAL');
  expect(letters).toEqual([
    { code: 'REWARD_INVALID', reason: 'value: expected a reward in [0, 1], got 5' },
  ]);
  const strays = await store.query(
    'SELECT policy, kind, toUInt32(events) AS events FROM policy_strays FINAL',
  );
  expect(strays).toEqual([{ policy: '', kind: 'unmatched', events: 1 }]);
});

test('the same is written however the log is cut, and over a stop', async () => {
  const { log } = played(200, 5);
  const whole = await clickhouse.database('policies_whole');
  await run(whole, log, 1_000);
  const cut = await clickhouse.database('policies_cut');
  await run(cut, log, 7, 150);
  await run(cut, log, 31);
  const differences = describeDifferences(await readContents(whole), await readContents(cut));
  expect(differences).toEqual([]);
});

test('a definition of another hand is refused, and so is one that cannot be prepared', async () => {
  const store = await clickhouse.database('policies_letters');
  const strange = tutor({ algorithm: { name: 'oracle' } });
  const forged = JSON.stringify({ ...JSON.parse(policyLine(tutor())), id: 'f', user: 'ada' });
  await run(store, [policyLine(strange), forged]);
  const letters = await store.query<{ code: string; reason: string }>(
    'SELECT code, reason FROM dead_letters FINAL ORDER BY offset',
  );
  expect(letters.map(({ code }) => code)).toEqual(['POLICY_INVALID', 'POLICY_INVALID']);
  expect(letters[0]!.reason).toMatch(/expected one of linucb/);
  expect(letters[1]!.reason).toMatch(/the engine's own/);
});

test('what a decision looked at under another design is not learnt under the new one', async () => {
  const store = await clickhouse.database('policies_designs');
  const other = tutor({
    context: {
      features: [
        { kind: 'numeric', field: 'age', centre: 20, scale: 5 },
        { kind: 'categorical', field: 'programme', buckets: 4 },
      ],
    },
  });
  await run(store, [
    policyLine(tutor()),
    decisionLine({ id: 'd1', user: 'ada', at: 0, action: 'text', attributes: { grade: 12 } }),
    policyLine(other, 2),
    outcomeLine('o1', 'ada', minute, 'd1', 1),
    decisionLine({ id: 'd2', user: 'ada', at: 2 * minute, action: 'text' }),
    outcomeLine('o2', 'ada', 3 * minute, 'd2', 1),
  ]);
  const rows = await store.query<{ design: string; count: number }>(
    'SELECT design, sums[1] AS count FROM policy_sums FINAL',
  );
  expect(rows).toEqual([{ design: preparePolicy(other, 2).design, count: 1 }]);
});

test('an action that the policy does not have is followed, and nothing is learnt of it', async () => {
  const store = await clickhouse.database('policies_strangers');
  await run(store, [
    policyLine(tutor()),
    decisionLine({ id: 'd1', user: 'ada', at: 0, action: 'song' }),
    outcomeLine('o1', 'ada', minute, 'd1', 1),
    decisionLine({ id: 'd2', user: 'ada', at: minute, action: 'text' }),
    outcomeLine('o2', 'ada', 2 * minute, 'd2', 1),
  ]);
  expect(await store.query('SELECT action FROM policy_sums FINAL')).toEqual([{ action: 'text' }]);
  const rows = 'SELECT action, reward FROM policy_decisions FINAL ORDER BY offset';
  expect(await store.query(rows)).toEqual([
    { action: 'song', reward: 1 },
    { action: 'text', reward: 1 },
  ]);
});

test('of two answers to one id the log keeps the first, and the outcome is that of the first', async () => {
  const store = await clickhouse.database('policies_twice');
  await run(store, [
    policyLine(tutor()),
    decisionLine({ id: 'd1', user: 'ada', at: 0, action: 'video' }),
    decisionLine({ id: 'd1', user: 'ada', at: 100, action: 'text' }),
    outcomeLine('o1', 'ada', minute, 'd1', 1),
  ]);
  const rows = await store.query(
    'SELECT decision, action, reward FROM policy_decisions FINAL ORDER BY offset',
  );
  expect(rows).toEqual([{ decision: 'd1', action: 'video', reward: 1 }]);
  const sums = await store.query('SELECT DISTINCT action FROM policy_sums FINAL');
  expect(sums).toEqual([{ action: 'video' }]);
  const [counted] = await store.query('SELECT toUInt32(sum(duplicates)) AS duplicates FROM epochs');
  expect(counted).toEqual({ duplicates: 1 });
});
