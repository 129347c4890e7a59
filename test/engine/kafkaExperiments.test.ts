/** Experiments on a cluster: what one process defines, another assigns by, and the data plane counts what both expose. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPastResult } from '../../control/experiments/pastResults.ts';
import { beginWith } from '../cli/run.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { makeMetric, makeRunning } from '../support/experiments.ts';
import { type KafkaBroker, startKafkaBroker } from '../support/kafkaBroker.ts';
import { whatKafkaLacks } from '../support/kafkaJars.ts';

const partitions = 3;

describe.skipIf(whatKafkaLacks() !== '')('experiments on Kafka', () => {
  const directories = [temporaryDirectory(), temporaryDirectory(), temporaryDirectory()] as const;
  let broker: KafkaBroker;
  /** Has all roles and the database; the others share it. */
  let first: TestEngine;
  let serving: TestEngine;
  let controlling: TestEngine;
  const engines: TestEngine[] = [];

  beforeAll(async () => {
    broker = await startKafkaBroker({ name: 'experiments' });
    const shared = { kafkaBrokers: broker.address, topic: 'trials', partitions, processes: 1 };
    first = await startTestEngine(directories[0], shared);
    engines.push(first);
    const { url, username, password } = first.engine.clickhouse;
    const database = {
      clickhouseUrl: url,
      clickhouseUser: username!,
      clickhousePassword: password!,
    };
    serving = await startTestEngine(directories[1], { ...shared, ...database, roles: ['serving'] });
    engines.push(serving);
    controlling = await startTestEngine(directories[2], {
      ...shared,
      ...database,
      roles: ['control'],
    });
    engines.push(controlling);
  }, 120_000);
  afterAll(async () => {
    for (const engine of engines.reverse()) await engine.stop();
    await broker?.close();
    for (const directory of directories) removeDirectory(directory);
  }, 60_000);

  const decide = async (at: TestEngine, user: string) => {
    const response = await fetch(`${at.url}/v1/decisions`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ user }),
    });
    return ((await response.json()) as { decisions: unknown[] }).decisions;
  };

  test('are in force everywhere within seconds, in the log before anybody is exposed', async () => {
    const by = { actor: 'test', reason: '' };
    const registry = first.engine.experiments!;
    expect((await registry.createMetric(makeMetric(), by)).outcome).toBe('created');
    const experiment = makeRunning({ stages: [] });
    const started = Date.now() - 60_000;
    const adopted = await registry.adopt(
      { ...experiment, stages: [{ number: 1, startAt: started, traffic: 1, weights: [0.5, 0.5] }] },
      by,
    );
    expect(adopted.outcome).toBe('created');
    const users = Array.from({ length: 20 }, (_, i) => `user ${i}`);
    for (const user of users.slice(0, 10)) await decide(first, user);
    await eventually(async () => expect(await decide(serving, users[0]!)).toHaveLength(1));
    for (const user of users.slice(5)) {
      expect(await decide(serving, user)).toMatchObject([{ exposed: true }]);
    }
    const { store } = first.engine;
    await eventually(async () => {
      const [row] = await store.query<{ units: number; crossed: number }>(
        `SELECT toUInt32(sum(units)) AS units, toUInt32(sum(crossed)) AS crossed FROM experiment_exposures FINAL`,
      );
      expect(row).toEqual({ units: users.length, crossed: 0 });
    });
    expect(await store.query('SELECT reason FROM dead_letters')).toEqual([]);
    // Written by each process that assigns: what comes again changes nothing.
    const definitions = await store.query(
      `SELECT DISTINCT partition, id FROM events FINAL WHERE type = 'millrace.experiment' ORDER BY partition`,
    );
    expect(definitions).toEqual([0, 1, 2].map((partition) => ({ partition, id: 'hints@1' })));
  }, 90_000);

  test('a result is the same again from the topic, beside the engines that run', async () => {
    const { store, clickhouse } = first.engine;
    await eventually(async () => {
      const past = await readPastResult(store, 'hints');
      expect(JSON.parse(past!.text)).toMatchObject({ exposed: 20 });
    });
    const { url, username, password, database } = clickhouse;
    const replay = beginWith(
      {
        ...{ KAFKA_BROKERS: broker.address, MILLRACE_TOPIC: 'trials', CLICKHOUSE_URL: url },
        ...{ CLICKHOUSE_USER: username!, CLICKHOUSE_PASSWORD: password! },
        ...(database === undefined ? {} : { CLICKHOUSE_DATABASE: database }),
      },
      ...['experiment', 'replay', 'hints', '--partitions', '2', '--source', 'log', '--json'],
    );
    const { status, stdout, stderr } = await replay.ended;
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ same: true, source: 'log', parts: 2 });
  }, 60_000);

  test('a process that only controls moves them, and the others follow', async () => {
    const registry = controlling.engine.experiments!;
    await eventually(() => expect(registry.inForce('hints')).toBeDefined());
    const paused = await registry.move('hints', { move: 'pause' }, { actor: 'engine', reason: '' });
    expect(paused.outcome).toBe('in place');
    for (const at of [first, serving]) {
      await eventually(async () => expect(await decide(at, 'user 1')).toEqual([]));
    }
    await eventually(async () => {
      const rows = await first.engine.store.query(
        `SELECT DISTINCT partition FROM events FINAL WHERE id = 'hints@2' ORDER BY partition`,
      );
      expect(rows).toHaveLength(partitions);
    });
  }, 90_000);

  test('of two that change the same revision at once, one is told to read again', async () => {
    const outcomes = await Promise.all(
      [first, serving].map(async ({ engine }, i) => {
        const registry = engine.experiments!;
        await registry.refresh();
        const { record } = registry.experiment('hints')!;
        const changed = { ...record.experiment, name: `Hints ${i}` };
        const by = { actor: `process ${i}`, reason: '' };
        return (await registry.change('hints', changed, record.revision, by)).outcome;
      }),
    );
    expect(outcomes.sort()).toEqual(['in place', 'stale']);
    const names = await Promise.all(
      engines.map(async ({ engine }) => {
        await engine.experiments!.refresh();
        return engine.experiments!.experiment('hints')!.record.experiment.name;
      }),
    );
    expect(new Set(names).size).toBe(1);
  }, 60_000);
});
