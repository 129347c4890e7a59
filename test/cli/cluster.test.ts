/** Three processes with one role each, as `millrace start` runs them, on a real broker and a ClickHouse that all share. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Health, PipelinesAnswer } from '../../contracts/api.ts';
import { ask } from '../../sources/kafka/ask.ts';
import { loadKafka } from '../../sources/kafka/loadKafka.ts';
import { campusBodies } from '../support/campusBodies.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { removeDirectory, temporaryDirectory } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { type KafkaBroker, startKafkaBroker } from '../support/kafkaBroker.ts';
import { whatKafkaLacks } from '../support/kafkaJars.ts';
import { type Producer, startProducer } from '../support/producer.ts';
import { beginWith, type Running } from './run.ts';

const partitions = 3;
const slow = 120_000;

describe.skipIf(whatKafkaLacks() !== '')('processes with one role each', () => {
  const data = temporaryDirectory();
  let broker: KafkaBroker;
  let clickhouse: TestClickHouse;
  const started: Running[] = [];
  let serving: Running;
  let worker: Running;
  let control: Running;
  let url: string;
  let producer: Producer;

  function start(roles: string, ...args: string[]): Running {
    const { url: address, username, password } = clickhouse.server;
    const running = beginWith(
      {
        KAFKA_BROKERS: broker.address,
        KAFKA_SESSION_TIMEOUT_MS: '3000',
        KAFKA_HEARTBEAT_INTERVAL_MS: '300',
        CLICKHOUSE_URL: address,
        CLICKHOUSE_USER: username,
        CLICKHOUSE_PASSWORD: password,
        CLICKHOUSE_DATABASE: 'cluster',
        MILLRACE_PARTITIONS: String(partitions),
        MILLRACE_PROCESSES: '1',
        MILLRACE_DATA: data,
        PORT: '0',
      },
      ...['start', '--roles', roles, ...args],
    );
    started.push(running);
    return running;
  }

  const says = (running: Running, words: string | RegExp) =>
    eventually(() => {
      expect(running.process.exitCode).toBeNull();
      expect(running.said()).toMatch(words);
    });

  beforeAll(async () => {
    [broker, clickhouse] = await Promise.all([
      startKafkaBroker({ name: 'cluster' }),
      startTestClickHouse(),
    ]);
  }, slow);
  afterAll(async () => {
    await producer?.abandon();
    for (const running of started) running.process.kill('SIGKILL');
    await Promise.all(started.map(({ ended }) => ended));
    await clickhouse?.close();
    await broker?.close();
    removeDirectory(data);
  }, slow);

  async function get<Answer>(path: string, schema: { parse(value: unknown): Answer }) {
    return schema.parse(await (await fetch(`${url}${path}`)).json());
  }
  async function learning() {
    const { pipelines } = await get('/v1/pipelines', PipelinesAnswer);
    expect(pipelines.map(({ name }) => name)).toEqual(['learning']);
    return pipelines[0]!;
  }
  const allAre = (state: string) =>
    eventually(async () => {
      const found = (await learning()).partitions.map((each) => each.state);
      expect(found).toEqual(Array.from({ length: partitions }, () => state));
    });
  const counted = (least: number) =>
    eventually(async () => expect((await learning()).totals?.events).toBeGreaterThanOrEqual(least));

  test(
    'the one that serves takes events and says that nobody reads them yet',
    async () => {
      serving = start('serving', '--no-campus');
      await says(serving, /dashboard and API on http/);
      url = /dashboard and API on (http:\/\/\S+)/.exec(serving.said())![1]!;
      producer = startProducer(url, campusBodies(2_000, 10));
      await producer.more(100);
      await allAre('stopped');
      const health = await get('/v1/health', Health);
      expect(health.state).toBe('attention');
      expect(health.sentence).toMatch(
        /^3 of 3 partitions (are stopped \(|stand still: )learning, partition 0.*no process with the role data has it/,
      );
    },
    slow,
  );

  test(
    'with one that computes and one that controls, it shows what they do',
    async () => {
      control = start('control');
      worker = start('data');
      await says(control, 'This process is the active control plane now.');
      await says(worker, 'millrace runs: data, for the processes with the role serving.');
      expect(worker.said()).not.toContain('dashboard');
      await allAre('running');
      await producer.more(200);
      await counted(producer.acknowledged.size);
      const { partitions: all, tables } = await learning();
      expect(all.every(({ committedAt }) => committedAt !== null)).toBe(true);
      expect(tables.length).toBeGreaterThan(0);
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toMatch(/committed\w*\{pipeline="learning",partition="2"[^}]*\} [1-9]/);
      await eventually(async () => expect((await get('/v1/health', Health)).state).toBe('good'));
    },
    slow,
  );

  test(
    'loses nothing when the one that computes is killed and another is started',
    async () => {
      worker.process.kill('SIGKILL');
      await worker.ended;
      await producer.more(200);
      worker = start('data');
      await producer.more(200);
      await producer.stop();
      await counted(producer.acknowledged.size);
      const store = await clickhouse.database('cluster');
      const rows = await store.query<{ name: string }>(
        `SELECT concat(user, ' ', id) AS name FROM events FINAL`,
      );
      const found = new Set(rows.map(({ name }) => name));
      expect([...producer.acknowledged].filter((name) => !found.has(name))).toEqual([]);
      expect(rows).toHaveLength(found.size);
    },
    slow,
  );

  test(
    'a second one that controls waits, and follows when the first is told to end',
    async () => {
      const second = start('control');
      await says(second, 'millrace runs: control');
      await sleep(1_000);
      expect(second.said()).not.toContain('active');
      control.process.kill('SIGTERM');
      await control.ended;
      await says(second, 'This process is the active control plane now.');
      control = second;
    },
    slow,
  );

  test(
    'a topic that is given more partitions meanwhile is told',
    async () => {
      const admin = loadKafka().AdminClient.create({ 'bootstrap.servers': broker.address });
      await ask((done) => admin.createPartitions('millrace-events', partitions + 1, 10_000, done));
      admin.disconnect();
      await eventually(async () => {
        const { state, sentence } = await get('/v1/health', Health);
        expect(state).toBe('bad');
        expect(sentence).toMatch(
          /^1 of 4 partitions failed \(learning, partition 3\).*start them again/,
        );
      });
    },
    slow,
  );

  test(
    'all end cleanly when they are told to',
    async () => {
      for (const running of [serving, worker, control]) {
        running.process.kill('SIGTERM');
        const { status, stdout, stderr } = await running.ended;
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        expect(stdout).toMatch(/Stopped cleanly\.\n$/);
      }
    },
    slow,
  );

  test(
    'started again, each refuses the topic that was given more partitions, with what can be done',
    async () => {
      for (const roles of ['data', 'serving', 'control']) {
        const { status, stdout, stderr } = await start(roles).ended;
        expect(status).toBe(1);
        expect(stderr).toMatch(/has 4 partitions, but the state was made from one of 3: name a/);
        expect(stderr).toContain('PARTITIONS_CHANGED');
        expect(stdout).not.toContain('millrace runs');
      }
    },
    slow,
  );

  test(
    '--replay without the role serving is refused',
    async () => {
      const { status, stderr } = await start('data,control', '--replay', 'events.ndjson').ended;
      expect(status).toBe(1);
      expect(stderr).toContain('--replay needs the role serving');
    },
    slow,
  );
});
