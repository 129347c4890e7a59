/** What the data plane learns of liking, against a real ClickHouse and against a model that reads the events itself. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../../benchmarks/support/tables.ts';
import type { Pipeline } from '../../../contracts/pipeline.ts';
import type { Store } from '../../../contracts/store.ts';
import { Instance } from '../../../pipelines/instance.ts';
import { learning } from '../../../pipelines/learning.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import {
  eraseLine,
  learntFrom,
  likingLines,
  likingStart,
  likingTopics,
  lineOf,
  ratedLine,
} from '../../support/likingLines.ts';
import { ratingsPipeline as small } from '../../support/likingPipeline.ts';
import { linesLog } from '../../support/linesLog.ts';

const day = 86_400_000;

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

interface Run {
  readonly chunk?: number;
  readonly until?: number;
  readonly pipeline?: Pipeline;
}

async function run(store: Store, log: readonly string[], options: Run = {}) {
  const { chunk = 13, until = log.length, pipeline = learning } = options;
  const stop = new AbortController();
  const receivedAt = likingStart + 30 * 24 * 3_600_000;
  await runPartition({
    pipeline,
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

interface UserRow {
  readonly user: string;
  readonly since: number;
  readonly erased: number;
  readonly at: number;
  readonly events: number;
  readonly names: string[];
  readonly weights: number[];
  readonly sums: number[];
  readonly seen: number[];
}

const rowsOf = (store: Store, pipeline = 'learning') =>
  store.query<UserRow>(
    `SELECT user, since, erased, toUnixTimestamp64Milli(time) AS at, events, names, weights, sums, seen FROM user_preferences FINAL
     WHERE pipeline = {pipeline:String} ORDER BY user, since`,
    { pipeline },
  );

test('its rows are those of a model that reads the events itself', async () => {
  const store = await clickhouse.database('preferences_rows');
  const log = likingLines(300, 5, 3);
  await run(store, log);
  const { model, population, rows, names } = learntFrom(log, 5);
  const stored = await rowsOf(store);
  expect(stored.map(({ user }) => user)).toEqual(['u0', 'u1', 'u2', 'u3', 'u4']);
  stored.forEach((row, user) => {
    const at = user * model.users.width;
    const time = rows[at + 3]!;
    expect(row.events).toBe(rows[at]);
    expect([...row.names].sort()).toEqual(likingTopics);
    row.names.forEach((name, i) => {
      const entry = model.users.find(rows, at, names.indexOf(name));
      const scale = model.users.scale(rows, at, time);
      expect(row.weights[i]).toBeCloseTo(rows[entry + 1]! * scale, 12);
      expect(row.sums[i]).toBeCloseTo(rows[entry + 2]! * scale, 12);
      expect(row.seen[i]).toBeCloseTo(rows[entry + 4]! * model.users.seenScale(rows, at, time), 12);
    });
  });
  const sums = await store.query<{ kind: string; name: string; sums: number[] }>(
    'SELECT kind, name, sums FROM preference_sums FINAL ORDER BY kind, name',
  );
  expect(sums.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'signal completed',
    'signal rated',
    ...likingTopics.map((topic) => `value ${topic}`),
    'whole ',
  ]);
  expect(sums.find(({ kind }) => kind === 'whole')!.sums).toEqual([...population.whole]);
  expect(sums.find(({ name }) => name === 'rated')!.sums).toEqual([...population.signals[0]!]);
});

test('the same is written however the log is cut, and over stops', async () => {
  const log = likingLines(200, 6, 5);
  log.splice(100, 0, eraseLine('u1', 100));
  const whole = await clickhouse.database('preferences_whole');
  await run(whole, log, { chunk: 1_000 });
  const cut = await clickhouse.database('preferences_cut');
  for (const until of [1, 90, 101, 150]) await run(cut, log, { chunk: 7, until });
  await run(cut, log, { chunk: 31 });
  expect(describeDifferences(await readContents(cut), await readContents(whole))).toEqual([]);
});

test('what is late, without a value or without a topic teaches nothing', async () => {
  const store = await clickhouse.database('preferences_none');
  const strange = JSON.parse(ratedLine('r4', 'ada', 61, 'art', 5));
  const log = [
    ratedLine('r1', 'ada', 60, 'art', 5),
    ratedLine('r2', 'ada', 0, 'art', 5),
    JSON.stringify({ ...strange, value: undefined }),
    JSON.stringify({ ...strange, id: 'r5', context: {} }),
    lineOf('viewed', 'v1', 'bob', 62, 'art', 20),
  ];
  await run(store, log, { pipeline: small(10) });
  const one: unknown = expect.closeTo(1, 12);
  expect(await rowsOf(store, 'small')).toMatchObject([
    { user: 'ada', events: 1, names: ['art'], weights: [one], sums: [one], seen: [0] },
    { user: 'bob', events: 0, names: ['art'], weights: [0], sums: [0], seen: [one] },
  ]);
});

test('an erased user is void up to there, and learnt anew from there on', async () => {
  const store = await clickhouse.database('preferences_erased');
  const log = [
    ratedLine('r1', 'ada', 0, 'art', 5),
    ratedLine('r2', 'bob', 1, 'art', 1),
    eraseLine('ada', 2),
    ratedLine('r3', 'ada', 3, 'food', 1),
  ];
  await run(store, log, { pipeline: small(10), chunk: 1 });
  expect(await rowsOf(store, 'small')).toMatchObject([
    { user: 'ada', since: 1, erased: 1, events: 0, names: [] },
    { user: 'ada', since: 3, erased: 1, events: 0, names: [] },
    { user: 'ada', since: 4, erased: 0, events: 1, names: ['food'] },
    { user: 'bob', since: 2, erased: 0 },
  ]);
  const state = await store.query<{ key: string }>(
    "SELECT key FROM state FINAL WHERE table = 'preference-topic-users' AND key != '' ORDER BY key",
  );
  expect(state.length).toBe(2);
});

test('a memory of three users writes what one of all users writes, however it is cut and stopped', async () => {
  const log = likingLines(300, 8, 7);
  // Of one who is in memory, and of one who is not.
  log.splice(150, 0, eraseLine('u1', 150), eraseLine('u2', 150));
  const written = async (name: string, pipeline: Pipeline, runs: readonly Run[]) => {
    const store = await clickhouse.database(name);
    for (const each of runs) await run(store, log, { ...each, pipeline });
    const contents = await readContents(store);
    const held = await store.query<{ name: string; keys: number }>(
      `SELECT table AS name, toUInt32(count()) AS keys FROM state FINAL
       WHERE table LIKE 'preference-topic-users%' AND key != '' GROUP BY table ORDER BY table`,
    );
    return { contents, rows: await rowsOf(store, 'small'), held };
  };
  const roomy = await written('preferences_roomy', small(100), [{}]);
  expect(roomy.held).toEqual([{ name: 'preference-topic-users', keys: 8 }]);
  const several = [1, 60, 61, 150, 152, 220].map((until) => ({ chunk: 7, until }));
  // One chunk: more users change in it than the table holds.
  for (const [name, runs] of [
    ['one', [{ chunk: 400 }]],
    ['many', [...several, { chunk: 31 }]],
  ] as const) {
    const tight = await written(`preferences_${name}`, small(3), runs);
    expect(tight.rows).toEqual(roomy.rows);
    for (const table of ['user_preferences', 'preference_sums']) {
      expect([...tight.contents.get(table)!]).toEqual([...roomy.contents.get(table)!]);
    }
    expect(tight.held).toEqual([
      { name: 'preference-topic-users', keys: 3 },
      { name: 'preference-topic-users/cold', keys: 5 },
    ]);
  }
}, 60_000);

test('a cut publishes what has changed since the one before, and nothing else', () => {
  const instance = new Instance(small(10), 0, 1);
  const log = [
    ratedLine('r1', 'ada', 0, 'art', 5),
    ratedLine('r2', 'bob', 1, 'food', 1),
    lineOf('answered', 'a1', 'bob', 2, 'food', 1),
  ];
  const reader = linesLog(log, { chunk: 1, receivedAt: likingStart + day });
  const published = log.map((_, offset) => {
    instance.push(reader.read(0, offset)!);
    return instance.cut(false).outputs.map(({ table, length }) => `${table} ${length}`);
  });
  // A value, a signal and the whole, each time.
  const each = ['preference_sums 3', 'user_preferences 1'];
  expect(published).toEqual([each, each, []]);
  instance.close();
});
