// What the embedded ClickHouse answers when it is asked again, with writes from several sides.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createStore } from '../../sinks/clickhouse/store.ts';
import { askClickHouse, startTrial, type Trial } from './temporary.ts';

let trial: Trial | undefined;

beforeEach(async () => {
  await trial?.end();
  trial = await startTrial();
});

afterAll(() => trial?.end());

interface Answered {
  readonly text: string;
  /** A streamed answer says before its rows what it took only when that is known already. */
  readonly isRecalled: boolean;
}

async function ask(body: string | Uint8Array, path = '/', headers = {}): Promise<Answered> {
  const response = await askClickHouse(trial!.clickhouse, { path, body, headers });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return { text, isRecalled: response.headers.has('x-clickhouse-summary') };
}

/** Restarted: nothing has been deleted a moment ago. */
async function restart(): Promise<void> {
  const { directory, clickhouse } = trial!;
  await clickhouse.close();
  trial = await startTrial({ directory });
}

async function run(...statements: readonly string[]): Promise<void> {
  for (const statement of statements) await ask(statement);
}

const makeT = 'CREATE TABLE t (x UInt64) ENGINE = MergeTree ORDER BY x';
const addOne = 'INSERT INTO t VALUES (1)';
const gzip = { 'accept-encoding': 'gzip' };
const count = 'SELECT toUInt32(count()) AS n, sum(x) AS s FROM t FORMAT JSONCompactEachRow';

test('an equal question is answered from memory until its table is written', async () => {
  await run(makeT, 'CREATE TABLE other (x UInt64) ENGINE = MergeTree ORDER BY x', addOne);
  const first = await ask(count);
  expect(first.isRecalled).toBe(false);
  expect(await ask(count)).toEqual({ ...first, isRecalled: true });
  await ask('INSERT INTO other VALUES (1)');
  expect((await ask(count)).isRecalled).toBe(true);
  await ask('INSERT INTO `t` FORMAT TSV\n5\n');
  const next = await ask(count);
  expect(next.isRecalled).toBe(false);
  expect(next.text).not.toBe(first.text);
  for (const body of ['INSERT INTO default.t VALUES (1)', 'INSERT INTO t SELECT 7']) {
    const before = await ask(count);
    await ask(body);
    const after = await ask(count);
    expect(after.isRecalled, body).toBe(false);
    expect(after.text, body).not.toBe(before.text);
  }
});

test('parameters, settings, format and database belong to the question', async () => {
  await run(
    ...[makeT, addOne, 'CREATE DATABASE d'],
    'CREATE TABLE d.t (x UInt64) ENGINE = MergeTree ORDER BY x',
  );
  const sql = 'SELECT x + {y:UInt64} AS z FROM t';
  expect((await ask(sql, '/?param_y=1')).text).toBe('2\n');
  expect((await ask(sql, '/?param_y=2')).text).toBe('3\n');
  expect((await ask(sql, '/?param_y=1&default_format=CSVWithNames')).text).toBe('"z"\n2\n');
  expect((await ask(sql, '/?param_y=1&limit=0&offset=1')).text).toBe('');
  expect((await ask(sql, '/?param_y=1&database=d')).text).toBe('');
  expect(await ask(sql, '/?param_y=1')).toEqual({ text: '2\n', isRecalled: true });
  const packed = () => ask(sql, '/?param_y=1&enable_http_compression=1', gzip);
  expect(await packed()).toEqual({ text: '2\n', isRecalled: false });
  expect(await packed()).toEqual({ text: '2\n', isRecalled: true });
});

test('nothing is remembered of what changes by itself, of errors, and where there are views', async () => {
  await run(makeT, addOne);
  for (const sql of [
    'SELECT now64(9) FROM t',
    'SELECT generateUUIDv4() FROM t',
    'SELECT value FROM system.metrics LIMIT 1',
    'SELECT number FROM numbers(2)',
  ]) {
    await ask(sql);
    expect((await ask(sql)).isRecalled, sql).toBe(false);
  }
  for (let i = 0; i < 2; i += 1)
    await expect(ask('SELECT throwIf(x = 1) FROM t')).rejects.toThrow();
  await run('CREATE VIEW v AS SELECT x FROM t');
  await ask(count);
  expect((await ask(count)).isRecalled).toBe(false);
});

test('what deletes or alters is seen at once', async () => {
  await run(makeT, addOne);
  expect((await ask(count)).text).toBe('[1, 1]\n');
  expect((await ask(count)).isRecalled).toBe(true);
  await ask('DELETE FROM t WHERE x = 1');
  expect((await ask(count)).text).toBe('[0, 0]\n');
  expect((await ask(count)).isRecalled).toBe(false);
  await restart();
  await run(addOne);
  await ask(count);
  await ask('OPTIMIZE TABLE t FINAL');
  expect((await ask(count)).isRecalled).toBe(true);
  await ask('TRUNCATE TABLE t');
  expect((await ask(count)).text).toBe('[0, 0]\n');
  await restart();
  await run(addOne);
  await ask(count);
  await ask('DROP TABLE t');
  await expect(ask(count)).rejects.toThrow('UNKNOWN_TABLE');
});

test('who has been told that rows are there always finds them, however many write and read', async () => {
  await run(makeT);
  const { url, username, password } = trial!.clickhouse;
  const store = createStore({ url, username, password, database: 'default' });
  let [begun, acknowledged, recalled] = [0, 0, 0];
  const isEnough = () => acknowledged >= 40 && recalled >= 100;
  async function write(): Promise<void> {
    while (!isEnough()) {
      begun += 1;
      await store.insert('t', new Uint8Array(8));
      acknowledged += 1;
      await sleep(Math.random() * 150);
    }
  }
  async function read(): Promise<void> {
    let newest = 0;
    while (!isEnough()) {
      const least = Math.max(acknowledged, newest);
      const answer = await ask(count);
      newest = Number(/\d+/.exec(answer.text)![0]);
      if (answer.isRecalled) recalled += 1;
      expect(newest).toBeGreaterThanOrEqual(least);
      expect(newest).toBeLessThanOrEqual(begun);
      await sleep(Math.random() * 10);
    }
  }
  await Promise.all([write(), write(), ...Array.from({ length: 6 }, read)]);
  await store.close();
}, 60_000);
