/** A person's data on a real ClickHouse: told, exported, erased, and not back again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eraseEverything } from '../../../control/users/eraseEverything.ts';
import { exportUser } from '../../../control/users/exportUser.ts';
import { readUserDecisions } from '../../../control/users/userDecisions.ts';
import { insertingStore } from '../../../pipelines/insertingStore.ts';
import { learning } from '../../../pipelines/learning.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { linesLog } from '../../support/linesLog.ts';
import { decisionLine, outcomeLine, policyLine, start, tutor } from '../../support/policyLines.ts';

const minute = 60_000;
const receivedAt = start + 24 * 60 * minute;
const decoder = new TextDecoder();

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const rated = (id: string, user: string, at: number) =>
  JSON.stringify({
    ...{ id, type: 'rated', user, item: 'i-1', value: 5, time: start + at },
    context: { topic: 'sports' },
  });

const answered = (id: string, user: string, at: number) =>
  JSON.stringify({ id, type: 'answered', user, item: 'i-1', value: 1, time: start + at });

/** The way into a log of one partition. */
const into = (log: string[]) => async (slices: readonly { readonly bytes: Uint8Array }[]) => {
  for (const { bytes } of slices) log.push(decoder.decode(bytes));
};

test('what is known of a person is told, given out and erased, and nobody else loses anything', async () => {
  const store = await clickhouse.database('users');
  const log = [
    policyLine(tutor()),
    decisionLine({ id: 'd1', user: 'ada', at: 0, action: 'video' }),
    decisionLine({ id: 'd2', user: 'ada', at: minute, action: 'text' }),
    decisionLine({ id: 'd3', user: 'bob', at: minute, action: 'text' }),
    outcomeLine('o1', 'ada', 2 * minute, 'd1', 1),
    rated('r1', 'ada', 2 * minute),
    rated('r2', 'bob', 2 * minute),
    answered('a1', 'ada', 3 * minute),
    answered('a2', 'bob', 3 * minute),
  ];
  const stop = new AbortController();
  let committed = 0;
  const running = runPartition({
    pipeline: learning,
    partition: 0,
    reader: linesLog(log, { chunk: 5, receivedAt, start: 0 }),
    store,
    limits: { epochMs: 10, epochEvents: 40, checkpointMs: 20 },
    signal: stop.signal,
    report({ committedOffset = 0 }) {
      committed = committedOffset;
    },
  });
  const taken = () => expect.poll(() => committed, { timeout: 20_000 }).toBe(log.length);
  await taken();
  for (const user of ['ada', 'bob']) {
    await store.command(
      `INSERT INTO findings (pipeline, name, key) SELECT 'learning', 'answering', [{user:String}]`,
      { user },
    );
  }

  expect(await readUserDecisions(store, 'ada')).toMatchObject(
    [
      { decision: 'd2', action: 'text', reward: null },
      { decision: 'd1', action: 'video', reward: 1, words: /^tutor chose video/ },
    ].map(({ words: _, ...row }) => row),
  );
  const lines: { table: string }[] = [];
  for await (const line of exportUser(store, 'ada')) lines.push(JSON.parse(line));
  const counts = new Map<string, number>();
  for (const { table } of lines) counts.set(table, (counts.get(table) ?? 0) + 1);
  expect([...counts]).toEqual([
    ['events', 5],
    ['policy_decisions', 2],
    ['examples', 1],
    ['user_preferences', 1],
    ['findings', 1],
  ]);

  const receipt = await eraseEverything('ada', {
    store,
    ...{ partitions: 1, clock: () => start + 2 * minute, append: into(log) },
  });
  expect(receipt).toMatchObject({ user: 'ada', isForgotten: true, isFinal: true });
  expect(receipt.learntFrom).toEqual([
    { what: 'policy tutor', events: 1 },
    { what: 'model answer', events: 1 },
  ]);
  // As many as were given out, and the record of the erasure itself.
  expect(receipt.removed).toEqual([
    { table: 'events', rows: 6 },
    { table: 'late_events', rows: 0 },
    { table: 'policy_decisions', rows: 2 },
    { table: 'examples', rows: 1 },
    { table: 'user_preferences', rows: 1 },
    { table: 'findings', rows: 1 },
    { table: 'objections', rows: 0 },
  ]);
  // An outcome of a decision that is erased does not bring it back, and is learnt by nobody.
  log.push(outcomeLine('o2', 'ada', 3 * minute, 'd2', 1));
  await taken();
  stop.abort();
  await running;
  const left = await store.query<{ user: string; rows: number }>(
    `SELECT user, toUInt32(count()) AS rows FROM policy_decisions FINAL GROUP BY user`,
  );
  expect(left).toEqual([{ user: 'bob', rows: 1 }]);
  const events = await store.query<{ type: string; user: string }>(
    `SELECT type, user FROM events FINAL WHERE user IN ('ada', 'bob') ORDER BY offset`,
  );
  expect(events).toEqual([
    { type: 'decision', user: 'bob' },
    { type: 'rated', user: 'bob' },
    { type: 'answered', user: 'bob' },
    { type: 'outcome', user: 'ada' },
  ]);
  const examples = await store.query('SELECT user FROM examples FINAL');
  expect(examples).toEqual([{ user: 'bob' }]);
  const [learnt] = await store.query<{ count: number }>(
    `SELECT sums[1] AS count FROM policy_sums FINAL WHERE action = 'text'`,
  );
  expect(learnt).toBeUndefined();
}, 60_000);

test('an erasure is final when a checkpoint has passed it, and not before: a data plane that fails writes the rows again', async () => {
  const store = await clickhouse.database('users_failing');
  const log = [rated('r1', 'bob', 0)];
  const options = { ...{ store, partitions: 1, append: into(log) }, clock: () => start + minute };
  const events = async () =>
    store.query<{ user: string }>(`SELECT user FROM events FINAL WHERE user != '' ORDER BY offset`);
  const stop = new AbortController();
  let isMarkerTaken = true;
  let committed = 0;
  const starts: number[] = [];
  const running = runPartition({
    ...{ pipeline: learning, partition: 0, reader: linesLog(log, { chunk: 5, receivedAt }) },
    store: insertingStore(store, async (table, rows) => {
      if (table === 'state' && !isMarkerTaken) throw new Error('the process dies');
      await store.insert(table, rows);
    }),
    limits: { epochMs: 10, epochEvents: 40, checkpointMs: 20 },
    signal: stop.signal,
    report({ state, committedOffset }) {
      if (state === 'starting') starts.push(performance.now());
      committed = committedOffset ?? committed;
    },
  });
  const comesTo = (length: number) =>
    expect.poll(() => committed, { timeout: 20_000 }).toBeGreaterThanOrEqual(length);
  await comesTo(1);
  isMarkerTaken = false;
  log.push(rated('r2', 'ada', 0));
  await expect.poll(events, { timeout: 20_000 }).toContainEqual({ user: 'ada' });

  const first = await eraseEverything('ada', { ...options, patienceMs: 1_500 });
  expect(first).toMatchObject({ isForgotten: true, isFinal: false });
  // The data plane begins again at its marker, before the rows that were removed.
  const failures = starts.length;
  await expect.poll(() => starts.length, { timeout: 20_000 }).toBeGreaterThan(failures);
  await expect.poll(events, { timeout: 20_000 }).toContainEqual({ user: 'ada' });

  // The erasure that it has heard of is not taken for the one that is asked for now.
  const deaf = { ...options, append: async () => {}, patienceMs: 300 };
  expect(await eraseEverything('ada', deaf)).toMatchObject({ isForgotten: false, isFinal: false });
  isMarkerTaken = true;
  await comesTo(log.length);
  expect(await eraseEverything('ada', options)).toMatchObject({ isForgotten: true, isFinal: true });
  expect(await events()).toEqual([{ user: 'bob' }]);
  stop.abort();
  await running;
  const [marker] = await store.query<{ version: number }>(
    `SELECT toUInt32(max(version)) AS version FROM state WHERE table = '' AND key = 'marker'`,
  );
  expect(marker).toEqual({ version: log.length });
}, 60_000);

test('a data plane that does not answer is told of', async () => {
  const store = await clickhouse.database('users_alone');
  const receipt = await eraseEverything('ada', {
    ...{ store, partitions: 1, patienceMs: 300, append: async () => {} },
  });
  expect(receipt).toMatchObject({ isForgotten: false, isFinal: false, learntFrom: [] });
});
