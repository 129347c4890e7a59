/** What breaks while events flow: the engine says so, goes on taking what it can keep, and recovers without loss. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Contents,
  describeDifferences,
  readContents,
} from '../../benchmarks/support/tables.ts';
import type { Engine } from '../../cli/engine.ts';
import { Health, MetricsAnswer, PipelinesAnswer, Problem } from '../../contracts/api.ts';
import { campusBodies } from '../support/campusBodies.ts';
import {
  ndjson,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
  undisturbed,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { isAlive } from '../support/processes.ts';
import { type Producer, startProducer } from '../support/producer.ts';

const bodies = campusBodies(6_000, 10);

async function archivedNames(engine: Engine): Promise<string[]> {
  const rows = await engine.store.query<{ name: string }>(
    `SELECT concat(user, ' ', id) AS name FROM events FINAL ORDER BY name`,
  );
  return rows.map(({ name }) => name);
}

const statesOf = (engine: Engine) => engine.dataPlane.partitions().map(({ state }) => state);

describe('a part that is killed while events flow', () => {
  const data = temporaryDirectory();
  let at: TestEngine;
  let producer: Producer;

  beforeAll(async () => {
    at = await startTestEngine(data);
    producer = startProducer(at.url, bodies);
    await producer.more(100);
  }, 120_000);
  afterAll(async () => {
    await producer?.stop();
    await at?.stop();
    removeDirectory(data);
  }, 60_000);

  test('ClickHouse: the engine says so, takes events meanwhile, and goes on by itself', async () => {
    const { engine } = at;
    let kills = 0;
    // It is back within a second: killed until somebody who asks has been told.
    await eventually(async () => {
      const pid = engine.clickhousePid() ?? 0;
      if (pid > 0 && isAlive(pid)) {
        process.kill(pid, 'SIGKILL');
        kills += 1;
      }
      const { state, sentence } = await at.get('/v1/health', Health);
      const ready = await fetch(`${at.url}/readyz`);
      expect({ status: ready.status, text: await ready.text() }).toMatchObject({
        status: 503,
        text: expect.stringContaining('ClickHouse does not answer'),
      });
      expect(statesOf(engine)).toContain('waiting');
      expect({ state, sentence }).toMatchObject({
        state: 'bad',
        sentence: expect.stringContaining('ClickHouse does not answer: events are still taken'),
      });
    });
    expect(kills).toBeGreaterThan(0);
    await eventually(() => expect(at.said.join('\n')).toContain('ended with SIGKILL'));
    await producer.more(100);
    await eventually(async () => {
      expect((await at.get('/v1/health', Health)).state).toBe('good');
    });
    await eventually(() => expect(statesOf(engine)).toEqual(['running', 'running']));
  }, 120_000);

  test('a worker thread: it is started again and its partition goes back to its marker', async () => {
    const { engine, said } = at;
    for (let kill = 0; kill < 2; kill += 1) {
      const [worker] = engine.dataPlane.workers;
      const told = said.length;
      await worker!.terminate();
      await eventually(() => {
        expect(said.slice(told).join('\n')).toContain('A worker ended (exit code 1)');
      });
      await producer.more(50);
      await eventually(() => expect(statesOf(engine)).toEqual(['running', 'running']));
    }
    const { pipelines } = await at.get('/v1/pipelines', PipelinesAnswer);
    expect(pipelines[0]!.partitions.map(({ detail }) => detail)).toEqual([null, null]);
  }, 120_000);

  test('afterwards every acknowledged event is there once, and all is as if nothing had been', async () => {
    await producer.stop();
    await at.settle();
    expect(await archivedNames(at.engine)).toEqual([...producer.acknowledged].sort());
    const found: Contents = await readContents(at.engine.store);
    await at.stop();
    expect(describeDifferences(found, await undisturbed(data))).toEqual([]);
  }, 120_000);
});

describe('an event log that is full', () => {
  const data = temporaryDirectory();
  let at: TestEngine;

  beforeAll(async () => {
    at = await startTestEngine(data, { logGiB: 2 / 1024, retentionHours: 0 });
  }, 120_000);
  afterAll(async () => {
    await at?.stop();
    removeDirectory(data);
  }, 60_000);

  const time = new Date().toISOString();
  const bodyOf = (round: number) =>
    Array.from({ length: 200 }, (_, i) =>
      JSON.stringify({ id: `${round}-${i}`, type: 'viewed', time, user: `u${i}`, essay }),
    ).join('\n');
  const essay = 'long '.repeat(200);

  test('turns events away as a whole with Retry-After, says so, and can be read', async () => {
    let taken = 0;
    let refusal: Response | undefined;
    while (refusal === undefined) {
      const response = await at.post(bodyOf(taken), ndjson);
      if (response.status !== 202) refusal = response;
      else taken += 1;
      expect(taken).toBeLessThan(100);
    }
    expect(refusal.status).toBe(503);
    expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Problem.parse(await refusal.json())).toMatchObject({ code: 'LOG_FULL', status: 503 });
    const health = await at.get('/v1/health', Health);
    expect(health.state).toBe('bad');
    expect(health.sentence).toContain('New events are turned away');
    expect((await fetch(`${at.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${at.url}/livez`)).status).toBe(200);
    await at.settle();
    const { metrics } = await at.get('/v1/metrics', MetricsAnswer);
    expect(metrics.map(({ metric }) => metric)).toContain('events');
    expect(taken).toBeGreaterThan(0);
    expect(await archivedNames(at.engine)).toHaveLength(taken * 200);
  }, 60_000);

  test('takes events again once the retention has made room', async () => {
    const { log, dataPlane } = at.engine;
    const { records } = await log!.retain(Date.now() + 1_000, dataPlane.committed());
    expect(records).toBeGreaterThan(0);
    // Ready before anybody sends: a proxy that asks `/readyz` would never let an event through otherwise.
    await eventually(async () => expect((await fetch(`${at.url}/readyz`)).status).toBe(200));
    expect((await at.post(bodyOf(1_000), ndjson)).status).toBe(202);
    await eventually(async () => {
      expect((await at.get('/v1/health', Health)).state).toBe('good');
    });
    await at.settle();
    const again = (await archivedNames(at.engine)).filter((name) => / 1000-/.test(name));
    expect(again).toHaveLength(200);
  }, 60_000);
});

describe('the whole engine, killed', () => {
  const data = temporaryDirectory();
  afterAll(() => removeDirectory(data));
  const entry = fileURLToPath(
    new URL('../../dist/benchmarks/support/crashEngine.js', import.meta.url),
  );

  interface Life {
    readonly url: string;
    readonly clickhousePid: number;
    kill(): Promise<void>;
  }

  function begin(): Promise<Life> {
    const child = fork(entry, [data, '', '0'], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    return new Promise((resolve, reject) => {
      void ended.then(() => reject(new Error('the engine did not start')));
      child.on('message', ({ url, clickhousePid }: Life) => {
        const kill = async () => {
          child.kill('SIGKILL');
          await ended;
        };
        resolve({ url, clickhousePid, kill });
      });
    });
  }

  test('leaves no process behind, and what it acknowledged is there after the restart', async () => {
    const acknowledged = new Set<string>();
    for (let life = 0; life < 2; life += 1) {
      const { url, clickhousePid, kill } = await begin();
      const producer = startProducer(url, bodies.slice(life * 1_000));
      await producer.more(300);
      await kill();
      await producer.abandon();
      await eventually(() => expect(isAlive(clickhousePid)).toBe(false));
      for (const name of producer.acknowledged) acknowledged.add(name);
    }
    const { engine, settle, stop } = await startTestEngine(data);
    let names: string[];
    let found: Contents;
    try {
      await settle();
      names = await archivedNames(engine);
      found = await readContents(engine.store);
    } finally {
      await stop();
    }
    expect(new Set(names).size).toBe(names.length);
    expect([...acknowledged].filter((name) => !names.includes(name))).toEqual([]);
    expect(describeDifferences(found, await undisturbed(data))).toEqual([]);
  }, 180_000);
});
