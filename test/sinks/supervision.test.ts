// What happens when processes die.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { EmbeddedClickHouseEvent } from '../../sinks/clickhouse/embedded/startEmbeddedClickHouse.ts';
import { createStore } from '../../sinks/clickhouse/store.ts';
import { eventually, isAlive, startTrial, temporaryDirectory } from './temporary.ts';

const compiled = new URL(
  '../../dist/sinks/clickhouse/embedded/startEmbeddedClickHouse.js',
  import.meta.url,
);

/** Another engine's process, which starts ClickHouse and does nothing more. */
function startParent(directory: string) {
  const script = `
    import { startEmbeddedClickHouse } from ${JSON.stringify(compiled.href)};
    const clickhouse = await startEmbeddedClickHouse({ directory: ${JSON.stringify(directory)} });
    console.log(JSON.stringify({ pid: clickhouse.pid, url: clickhouse.url }));`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = new Promise<{ pid: number; url: string }>((resolve, reject) => {
    parent.stdout.once('data', (line: Buffer) => resolve(JSON.parse(line.toString())));
    parent.once('exit', () => reject(new Error('the parent has ended')));
  });
  return { parent, ready };
}

test('a killed child is started again: same address, same password, data there', async () => {
  const events: EmbeddedClickHouseEvent[] = [];
  const trial = await startTrial({ onEvent: (event) => events.push(event) });
  const { url, username, password, pid } = trial.clickhouse;
  const store = createStore({ url, username, password, database: 'default' });
  await store.command('CREATE TABLE kept (a UInt32) ENGINE = MergeTree ORDER BY a');
  for (let round = 0; round < 3; round += 1) {
    await store.insert('kept', new Uint8Array([round, 0, 0, 0]));
    const waiting = store.query('SELECT sleep(3)').catch((error: { code: string }) => error.code);
    process.kill(trial.clickhouse.pid, 'SIGKILL');
    expect(await waiting).toBe('SINK_UNAVAILABLE');
    const found = await eventually(() => store.query('SELECT count() AS n FROM kept'));
    expect(found).toEqual([{ n: round + 1 }]);
  }
  expect(trial.clickhouse.url).toBe(url);
  expect(trial.clickhouse.pid).not.toBe(pid);
  expect(events.map(({ kind }) => kind)).toEqual([
    'started',
    'ended',
    'started',
    'ended',
    'started',
    'ended',
    'started',
  ]);
  expect(events[1]?.detail).toContain('SIGKILL');
  await store.close();
  await trial.end();
});

test('acknowledged inserts with fsync are there after a kill at any moment', async () => {
  const trial = await startTrial();
  const { url, username, password } = trial.clickhouse;
  const store = createStore({ url, username, password, database: 'default' });
  await store.command(
    `CREATE TABLE marks (a UInt32) ENGINE = ReplacingMergeTree ORDER BY a
     SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  );
  let acknowledged = 0;
  let stopped = false;
  const writing = (async () => {
    while (!stopped) {
      const row = new Uint8Array(new Uint32Array([acknowledged]).buffer);
      // The same row until it is acknowledged: an insert in doubt is repeated.
      const done = await store.insert('marks', row).then(
        () => true,
        () => false,
      );
      if (done) acknowledged += 1;
      else await sleep(20);
    }
  })();
  for (const wait of [37, 181, 90]) {
    const before = acknowledged;
    await eventually(async () => expect(acknowledged).toBeGreaterThan(before + 5));
    await sleep(wait);
    process.kill(trial.clickhouse.pid, 'SIGKILL');
    await eventually(async () => expect(trial.clickhouse.pid).toBe(0));
    await eventually(async () => expect(trial.clickhouse.pid).toBeGreaterThan(0));
  }
  stopped = true;
  await writing;
  const [found] = await eventually(() =>
    store.query<{ n: number }>(`SELECT uniqExact(a) AS n FROM marks WHERE a < ${acknowledged}`),
  );
  expect(found?.n).toBe(acknowledged);
  await store.close();
  await trial.end();
});

test('close ends the child, lets a running insert finish and frees the directory', async () => {
  const directory = temporaryDirectory();
  const first = await startTrial({ directory });
  const { url, username, password, pid } = first.clickhouse;
  const store = createStore({ url, username, password, database: 'default' });
  await store.command('CREATE TABLE slow (a Float64) ENGINE = MergeTree ORDER BY a');
  const slow = store.command('INSERT INTO slow SELECT sleepEachRow(0.1) FROM numbers(5)');
  await eventually(async () => {
    const found = await store.query("SELECT 1 FROM system.processes WHERE query LIKE 'INSERT%'");
    expect(found).toHaveLength(1);
  });
  await first.clickhouse.close();
  await slow;
  await store.close();
  expect(isAlive(pid)).toBe(false);
  const second = await startTrial({ directory });
  await second.end();
});

test('a second engine on the directory is told who holds it', async () => {
  const trial = await startTrial();
  await expect(startTrial({ directory: trial.directory, lockWaitMs: 200 })).rejects.toMatchObject({
    code: 'DATA_LOCKED',
    message: expect.stringContaining(`process ${trial.clickhouse.pid}`),
  });
  await trial.end();
});

test('a killed parent takes its child along, at once, and leaves no lock', async () => {
  const directory = temporaryDirectory();
  const { parent, ready } = startParent(directory);
  const { pid } = await ready;
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await eventually(async () => expect(isAlive(pid)).toBe(false), 5_000);
  const next = await startTrial({ directory, lockWaitMs: 0 });
  await next.end();
});

test('a dying predecessor is waited for', async () => {
  const directory = temporaryDirectory();
  const { parent, ready } = startParent(directory);
  const { pid } = await ready;
  const next = startTrial({ directory });
  await sleep(600);
  parent.kill('SIGKILL');
  const trial = await next;
  await eventually(async () => expect(isAlive(pid)).toBe(false));
  await trial.end();
});

test('a directory that cannot be used is an error, and no process stays', async () => {
  await expect(startTrial({ directory: '/dev/null/data' })).rejects.toMatchObject({
    code: 'SINK_UNAVAILABLE',
  });
});

test.runIf(existsSync('/dev/shm'))('bodies of inserts are gone at the end', async () => {
  const trial = await startTrial();
  const { url, username, password } = trial.clickhouse;
  const hash = createHash('sha256').update(trial.directory).digest('hex').slice(0, 16);
  const incoming = `/dev/shm/millrace-${hash}`;
  const store = createStore({ url, username, password, database: 'default' });
  await store.command('CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a');
  await store.insert('t', new Uint8Array(1_000));
  await eventually(async () => expect(readdirSync(incoming)).toEqual([]));
  await store.close();
  await trial.end();
  expect(existsSync(incoming)).toBe(false);
});
