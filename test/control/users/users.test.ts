/** A person's data on a real ClickHouse: told, exported, erased, and not back again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eraseEverything } from '../../../control/users/eraseEverything.ts';
import { exportUser } from '../../../control/users/exportUser.ts';
import { readUserDecisions } from '../../../control/users/userDecisions.ts';
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
    ['events', 4],
    ['policy_decisions', 2],
    ['user_preferences', 1],
  ]);

  const receipt = await eraseEverything('ada', {
    store,
    ...{ partitions: 1, settleMs: 100 },
    clock: () => start + 2 * minute,
    append: async (slices) => {
      for (const { bytes } of slices) log.push(decoder.decode(bytes));
    },
  });
  expect(receipt).toMatchObject({ user: 'ada', isForgotten: true });
  expect(receipt.learntFrom).toEqual([{ what: 'policy tutor', events: 1 }]);
  // As many as were given out, and the record of the erasure itself.
  expect(receipt.removed).toEqual([
    { table: 'events', rows: 5 },
    { table: 'late_events', rows: 0 },
    { table: 'policy_decisions', rows: 2 },
    { table: 'user_preferences', rows: 1 },
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
    { type: 'outcome', user: 'ada' },
  ]);
  const [learnt] = await store.query<{ count: number }>(
    `SELECT sums[1] AS count FROM policy_sums FINAL WHERE action = 'text'`,
  );
  expect(learnt).toBeUndefined();
}, 60_000);

test('a data plane that does not answer is told of', async () => {
  const store = await clickhouse.database('users_alone');
  const receipt = await eraseEverything('ada', {
    ...{ store, partitions: 1, hearingMs: 300, settleMs: 0, append: async () => {} },
  });
  expect(receipt).toMatchObject({ isForgotten: false, learntFrom: [] });
});
