/** Stopping and starting again: nothing lost, nothing forgotten; and starts that must fail, and leave nothing behind. */
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Contents,
  describeDifferences,
  readContents,
} from '../../benchmarks/support/tables.ts';
import { EngineError, type ErrorCode } from '../../contracts/errors.ts';
import type { Settings } from '../../contracts/settings.ts';
import { campusBodies } from '../support/campusBodies.ts';
import {
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
  undisturbed,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { isAlive } from '../support/processes.ts';
import { sendUntilAcknowledged } from '../support/producer.ts';

const data = temporaryDirectory();
afterAll(() => removeDirectory(data));

/** Everything acknowledged so far, by user and id. */
const acknowledged = new Set<string>();

async function feed(url: string, bodies: readonly Buffer[]): Promise<void> {
  for (const body of bodies) {
    for (const name of await sendUntilAcknowledged(url, body)) acknowledged.add(name);
  }
}

describe('an engine that was stopped', () => {
  const bodies = campusBodies(60, 50);

  test('goes on where it was, as one that never stopped', async () => {
    // Stopped in the middle of an epoch, of windows, of views that wait for their answers.
    for (const [from, to] of [
      [0, 20],
      [20, 21],
    ]) {
      const { url, stop, engine } = await startTestEngine(data);
      const pid = engine.clickhousePid()!;
      await feed(url, bodies.slice(from, to));
      await stop();
      expect(isAlive(pid)).toBe(false);
    }
    const { url, engine, settle, stop } = await startTestEngine(data);
    let found: Contents;
    try {
      await feed(url, bodies.slice(21));
      await settle();
      const names = await engine.store.query<{ name: string }>(
        `SELECT concat(user, ' ', id) AS name FROM events FINAL ORDER BY name`,
      );
      expect(names.map(({ name }) => name)).toEqual([...acknowledged].sort());
      found = await readContents(engine.store);
    } finally {
      await stop();
    }
    expect(found.get('predictions')!.size).toBeGreaterThan(300);
    expect(found.get('dead_letters')!.size).toBeGreaterThan(5);
    expect(found.get('state')!.size).toBeGreaterThan(300);
    expect(describeDifferences(found, await undisturbed(data))).toEqual([]);
  }, 180_000);

  test('refuses what it had before as duplicates, after the restart too', async () => {
    const { url, engine, settle, stop } = await startTestEngine(data);
    try {
      // Within the hour for which ids are remembered.
      await feed(url, bodies.slice(-3));
      await settle();
      const [row] = await engine.store.query<{ n: number; distinct: number }>(
        'SELECT count() AS n, uniqExact(user, id) AS distinct FROM events FINAL',
      );
      expect(row).toEqual({ n: acknowledged.size, distinct: acknowledged.size });
    } finally {
      await stop();
    }
  }, 60_000);
});

/** Processes of the embedded ClickHouse that were started, from what the engine said. */
function startedPids(said: readonly string[]): number[] {
  return said.flatMap((sentence) => {
    const pid = /ClickHouse \(process (\d+)\) started/.exec(sentence)?.[1];
    return pid === undefined ? [] : [Number(pid)];
  });
}

describe('a start that must fail', () => {
  const elsewhere = temporaryDirectory();
  let running: TestEngine;

  beforeAll(async () => {
    running = await startTestEngine(elsewhere);
  }, 120_000);
  afterAll(async () => {
    await running?.stop();
    removeDirectory(elsewhere);
  }, 60_000);

  async function failureOf(
    directory: string,
    settings: Partial<Settings>,
    said: string[] = [],
  ): Promise<EngineError> {
    try {
      const started = await startTestEngine(directory, settings, said);
      await started.stop();
    } catch (error) {
      if (error instanceof EngineError) return error;
      throw error;
    }
    throw new Error('it started');
  }

  const codeOf = async (directory: string, settings: Partial<Settings> = {}): Promise<ErrorCode> =>
    (await failureOf(directory, settings)).code;

  test('another number of partitions: PARTITIONS_CHANGED, which names both', async () => {
    const error = await failureOf(data, { partitions: 3 });
    expect(error.code).toBe('PARTITIONS_CHANGED');
    expect(error.message).toMatch(/\b2\b/);
    expect(error.message).toMatch(/\b3\b/);
  });

  test('a directory in use: DATA_LOCKED, and who uses it goes on', async () => {
    expect(await codeOf(elsewhere)).toBe('DATA_LOCKED');
    // Without a number, those of the log that is there are taken: it is looked at while it is written.
    expect(await codeOf(elsewhere, { partitions: undefined })).toBe('DATA_LOCKED');
    const id = 'behind the locked door';
    const time = new Date().toISOString();
    await running.send([{ id, type: 'viewed', time, user: 'u' }]);
    await running.settle();
    const rows = await running.engine.store.query('SELECT 1 FROM events WHERE id = {id:String}', {
      id,
    });
    expect(rows).toHaveLength(1);
  });

  test('a host that others can reach: CONFIGURATION_INVALID', async () => {
    expect(await codeOf(data, { host: '0.0.0.0' })).toBe('CONFIGURATION_INVALID');
  });

  test('a busy port: PORT_BUSY, and all that was opened is closed again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const said: string[] = [];
    try {
      const error = await failureOf(data, { port }, said);
      expect(error.code).toBe('PORT_BUSY');
      expect(error.message).toContain(`${port}`);
    } finally {
      other.close();
    }
    const pids = startedPids(said);
    expect(pids).toHaveLength(1);
    await eventually(() => expect(pids.filter(isAlive)).toEqual([]));
    // The locks are free as well: the directory can be used at once.
    const { engine, settle, stop } = await startTestEngine(data, { port, partitions: undefined });
    try {
      expect(engine.log!.partitions).toBe(2);
      expect(new URL(engine.url).port).toBe(`${port}`);
      await settle();
    } finally {
      await stop();
    }
  }, 60_000);
});
