/** `start` as an administrator uses it, and the commands that talk to the engine that it starts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Health, MetricSeries, PipelinesAnswer } from '../../contracts/api.ts';
import { removeDirectory, temporaryDirectory } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { begin, type Running, run } from './run.ts';

const directory = temporaryDirectory();
const data = join(directory, 'data');
const slow = 120_000;

const csv = join(directory, 'answers.csv');
const lines = join(directory, 'events.ndjson.gz');
const rows = 30;
writeFileSync(
  csv,
  [
    'student,step,problem,skill,correct',
    ...Array.from({ length: rows }, (_, i) => `${i % 3},${i},${i % 5},${i % 2},${i % 4 ? 1 : 0}`),
    '',
  ].join('\n'),
);
const time = Date.now() - 60_000;
writeFileSync(
  lines,
  gzipSync(
    [
      ...Array.from({ length: rows }, (_, i) =>
        JSON.stringify({ id: `e${i}`, type: 'viewed', time, user: `u${i % 4}` }),
      ),
      '{"id":"no time"}',
      '',
    ].join('\n'),
  ),
);

/** @throws Error when it has not said its address within a minute */
async function addressOf(running: Running): Promise<string> {
  return eventually(() => {
    const address = /dashboard and API on (http:\/\/\S+)/.exec(running.said())?.[1];
    if (address === undefined) throw new Error(`no address yet: ${running.said()}`);
    return address;
  });
}

async function committedOn(url: string): Promise<number> {
  const answer = PipelinesAnswer.parse(await (await fetch(`${url}/v1/pipelines`)).json());
  const [pipeline] = answer.pipelines;
  for (const { lagEvents } of pipeline!.partitions) expect(lagEvents).toBe(0);
  return pipeline!.partitions.reduce((sum, { committedOffset }) => sum + committedOffset, 0);
}

async function expectCommitted(url: string, count: number): Promise<void> {
  await eventually(async () => expect(await committedOn(url)).toBe(count));
}

async function expectCleanEnd(running: Running, signal: NodeJS.Signals): Promise<void> {
  running.process.kill(signal);
  // Once more, as when setup.mjs passes it on; the other one, because two of the same may arrive as one.
  running.process.kill(signal === 'SIGINT' ? 'SIGTERM' : 'SIGINT');
  const { status, stdout, stderr } = await running.ended;
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/Stopped cleanly\.\n$/);
}

describe('an engine without a feed', () => {
  let engine: Running;
  let url: string;
  beforeAll(async () => {
    engine = begin('start', '--no-campus', '--data', data, '--port', '0');
    url = await addressOf(engine);
  }, slow);
  afterAll(async () => {
    engine.process.kill('SIGKILL');
    await engine.ended;
    removeDirectory(directory);
  }, slow);

  test('says where it is and that it waits', async () => {
    await eventually(() => expect(engine.said()).toContain('Waiting for events'));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  test(
    'status tells how it is, as a table and as JSON',
    async () => {
      await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200));
      const plain = await run('status', '--url', url);
      expect(plain).toMatchObject({ status: 0, stderr: '' });
      expect(plain.stdout).toContain('The engine runs and waits for its first events.');
      expect(plain.stdout).toContain('learning (version 1)');
      const { status, stdout } = await run('status', '--url', url, '--json');
      const answer = JSON.parse(stdout) as { health: unknown; pipelines: unknown };
      expect(status).toBe(0);
      expect(Health.parse(answer.health).state).toBe('good');
      expect(PipelinesAnswer.parse(answer).pipelines).toHaveLength(1);
    },
    slow,
  );

  test(
    'replay sends a file of lines and one of answers, and counts what was refused',
    async () => {
      // The answers first: their clock begins in 2017, and behind newer events they would be late.
      const first = await run('replay', csv, '--format', 'assistments', '--url', url);
      expect(first).toMatchObject({ status: 0, stderr: '' });
      expect(first.stdout).toContain(`${rows} events sent, 0 refused.`);
      await expectCommitted(url, rows);
      const second = await run('replay', lines, '--url', url);
      expect(second).toMatchObject({ status: 0, stderr: '' });
      expect(second.stdout).toContain(`${rows + 1} events sent, 1 refused.`);
      await expectCommitted(url, 2 * rows + 1);
      const range = `from=${Date.UTC(2000)}&to=${Date.now() + 86_400_000}`;
      await eventually(async () => {
        const response = await fetch(`${url}/v1/metrics/events?${range}`);
        const { points } = MetricSeries.parse(await response.json());
        // Of the last minutes, and of few people, nothing is told.
        const told = points.reduce((sum, { count }) => sum + (count ?? 0), 0);
        expect(told).toBeLessThanOrEqual(2 * rows);
        expect(told > 0 || points.some(({ withheld }) => withheld)).toBe(true);
      });
    },
    slow,
  );

  test(
    'simulate sends a campus until it is interrupted',
    async () => {
      const before = await committedOn(url);
      const args = ['--students', '200', '--rate', '50', '--past', '0.05', '--seed', '5'];
      const campus = begin('simulate', '--url', url, ...args);
      await eventually(async () => {
        expect(campus.process.exitCode).toBeNull();
        expect(await committedOn(url)).toBeGreaterThan(before + 20);
      });
      campus.process.kill('SIGINT');
      const { status, stdout, stderr } = await campus.ended;
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const sent = Number(
        /([\d,]+) events sent, \d+ refused\.\n$/.exec(stdout)?.[1]?.replaceAll(',', ''),
      );
      await expectCommitted(url, before + sent);
    },
    slow,
  );

  test(
    'another engine and migrate are told that the directory is in use',
    async () => {
      for (const args of [['start', '--no-campus', '--port', '0'], ['migrate']]) {
        const { status, stderr } = await run(...args, '--data', data);
        expect(status).toBe(1);
        expect(stderr).toContain('DATA_LOCKED: another engine uses the data directory');
        expect(stderr).not.toMatch(/^\s+at /m);
      }
    },
    slow,
  );

  test(
    'another engine is told that the port is taken',
    async () => {
      const { port } = new URL(url);
      const elsewhere = join(directory, 'elsewhere');
      const { status, stderr } = await run('start', '--data', elsewhere, '--port', port);
      expect(status).toBe(1);
      expect(stderr).toContain(`Port ${port} of 127.0.0.1 is in use`);
      expect(stderr).toContain('PORT_BUSY');
    },
    slow,
  );

  test(
    'ends on SIGINT with what was under way committed',
    async () => {
      const last = { id: 'last', type: 'viewed', time: Date.now(), user: 'u' };
      const answer = await fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(last),
      });
      expect(answer.status).toBe(202);
      const before = await eventually(() => committedOn(url));
      await expectCleanEnd(engine, 'SIGINT');
      await expect(fetch(`${url}/livez`)).rejects.toThrow();
      // And it is all there when it is started again, with the directory's own number of partitions.
      const again = begin('start', '--no-campus', '--data', data, '--port', '0');
      await expectCommitted(await addressOf(again), before);
      await expectCleanEnd(again, 'SIGTERM');
    },
    slow,
  );
});

describe('an engine with a feed', () => {
  const own = temporaryDirectory();
  afterAll(() => removeDirectory(own));

  test(
    'start --replay takes the file once, and goes on',
    async () => {
      const file = join(own, 'replayed.csv');
      writeFileSync(file, 'student,step,problem,skill,correct\n1,1,1,1,1\n2,2,2,2,0\n');
      const args = ['--replay', file, '--format', 'assistments'];
      const place = ['--data', join(own, 'replay'), '--port', '0'];
      const engine = begin('start', ...place, ...args);
      try {
        const url = await addressOf(engine);
        await eventually(() =>
          expect(engine.said()).toContain('Replayed 2 events; the engine goes on'),
        );
        await expectCommitted(url, 2);
        await expectCleanEnd(engine, 'SIGINT');
      } finally {
        engine.process.kill('SIGKILL');
      }
      // Started again, it does not send them again, nor wait for them: at this pace the second came after 1,000 s.
      const again = begin('start', ...place, ...args, '--pace', '0.001');
      try {
        await eventually(() => expect(again.said()).toContain('Replayed 2 events'));
        expect(again.said()).toContain('2 events of this file were taken before.');
        await expectCleanEnd(again, 'SIGINT');
      } finally {
        again.process.kill('SIGKILL');
      }
    },
    slow,
  );

  test(
    'start --replay tells what was refused, and stops where nothing else is',
    async () => {
      const some = join(own, 'some.ndjson');
      writeFileSync(some, '{"id":"a","type":"viewed","time":946684800000,"user":"u"}\n{}\n');
      const engine = begin('start', '--data', join(own, 'some'), '--port', '0', '--replay', some);
      try {
        await eventually(() =>
          expect(engine.said()).toContain('Replayed 2 events, 1 of them refused; the engine goes'),
        );
        await expectCleanEnd(engine, 'SIGINT');
      } finally {
        engine.process.kill('SIGKILL');
      }
      const none = join(own, 'none.ndjson');
      writeFileSync(none, '{"a":1}\n{"a":2}\n');
      const args = ['--data', join(own, 'no'), '--port', '0', '--replay', none];
      const { status, stderr } = await run('start', ...args);
      expect(stderr).toMatch(
        /none\.ndjson: read as ndjson, all of its 2 events were refused, the first because of EVENT_/,
      );
      expect(status).toBe(1);
    },
    slow,
  );

  test(
    'start --replay of a file that is not there ends with a sentence',
    async () => {
      const args = ['--replay', join(own, 'absent.csv'), '--port', '0'];
      const { status, stderr } = await run('start', '--data', join(own, 'none'), ...args);
      expect(status).toBe(1);
      expect(stderr).toContain('absent.csv');
      expect(stderr).toContain('FILE_UNREADABLE');
    },
    slow,
  );

  test(
    'start plays the campus, and goes on with it after a restart',
    async () => {
      const args = [
        '--data',
        join(own, 'campus'),
        '--port',
        '0',
        '--students',
        '50',
        '--rate',
        '0.2',
      ];
      const first = begin('start', ...args);
      try {
        const url = await addressOf(first);
        await eventually(() => expect(first.said()).toContain('it is live now'));
        await eventually(async () => expect(await committedOn(url)).toBeGreaterThan(1_000));
        await expectCleanEnd(first, 'SIGINT');
      } finally {
        first.process.kill('SIGKILL');
      }
      const second = begin('start', ...args);
      try {
        await eventually(() => expect(second.said()).toContain('goes on where it stopped'));
        await expectCleanEnd(second, 'SIGINT');
      } finally {
        second.process.kill('SIGKILL');
      }
    },
    slow,
  );
});
