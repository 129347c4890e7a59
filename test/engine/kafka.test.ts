/** The whole engine on a real broker: what comes out is what an embedded engine makes of the same records. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Contents,
  describeDifferences,
  readContents,
} from '../../benchmarks/support/tables.ts';
import { copyTopic } from '../../benchmarks/support/topicCopy.ts';
import { PipelinesAnswer } from '../../contracts/api.ts';
import { campusBodies } from '../support/campusBodies.ts';
import {
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
  undisturbed,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { type KafkaBroker, startKafkaBroker } from '../support/kafkaBroker.ts';
import { whatKafkaLacks } from '../support/kafkaJars.ts';
import { type Producer, startProducer } from '../support/producer.ts';

const partitions = 4;
const topic = 'campus';

describe.skipIf(whatKafkaLacks() !== '')('an engine on Kafka', () => {
  const data = temporaryDirectory();
  const bodies = campusBodies(6_000, 10);
  let broker: KafkaBroker;
  let at: TestEngine;
  let producer: Producer;

  beforeAll(async () => {
    broker = await startKafkaBroker({ name: 'engine' });
    // The shortest that brokers allow by default, so that a killed worker is missed soon.
    process.env['KAFKA_SESSION_TIMEOUT_MS'] = '6000';
    at = await startTestEngine(data, {
      kafkaBrokers: broker.address,
      topic,
      partitions,
      processes: 2,
    });
    // A version that it trains is no record of the topic: the engine that all is compared with would not have it.
    const response = await fetch(`${at.url}/v1/models/answer/plan`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ plan: { triggers: { kinds: [] } }, revision: 1, reason: 'a test' }),
    });
    expect([response.status, await response.text()]).toEqual([200, expect.anything()]);
    producer = startProducer(at.url, bodies);
  }, 120_000);
  afterAll(async () => {
    await producer?.abandon();
    await at?.stop();
    delete process.env['KAFKA_SESSION_TIMEOUT_MS'];
    await broker?.close();
    removeDirectory(data);
  }, 60_000);

  const states = () =>
    at.engine.dataPlane.partitions().map(({ partition, state }) => ({ partition, state }));
  const allRunning = Array.from({ length: partitions }, (_, partition) => ({
    partition,
    state: 'running',
  }));

  test('makes its topic, shares the partitions between two processes and commits what comes', async () => {
    await producer.more(300);
    await eventually(() => expect(states()).toEqual(allRunning));
    expect(at.engine.dataPlane.workers).toHaveLength(2);
    await eventually(async () => {
      const { pipelines } = await at.get('/v1/pipelines', PipelinesAnswer);
      expect(pipelines[0]?.totals?.events).toBeGreaterThan(300);
    });
  }, 60_000);

  test('goes on when a process is killed, again and again', async () => {
    for (let kill = 0; kill < 3; kill += 1) {
      await producer.more(100);
      const [worker] = at.engine.dataPlane.workers;
      await worker!.terminate();
      await eventually(() => expect(states()).toEqual(allRunning));
    }
    await producer.more(100);
  }, 120_000);

  test('goes on when the broker is killed and comes back, and when it does not answer for a while', async () => {
    await broker.kill();
    await broker.start();
    await producer.more(100);
    broker.freeze();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    broker.thaw();
    await producer.more(100);
    await eventually(() => expect(states()).toEqual(allRunning));
  }, 120_000);

  test('a process that was frozen for longer than its session does no harm', async () => {
    const [zombie] = at.engine.dataPlane.workers;
    process.kill(zombie!.pid!, 'SIGSTOP');
    await producer.more(100);
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    process.kill(zombie!.pid!, 'SIGCONT');
    await producer.more(100);
    await eventually(() => expect(states()).toEqual(allRunning));
  }, 120_000);

  test('has in the end what an embedded engine makes of the same records, row by row', async () => {
    await producer.stop();
    await at.settle();
    const found: Contents = await readContents(at.engine.store);
    const names = await at.engine.store.query<{ name: string }>(
      `SELECT concat(user, ' ', id) AS name FROM events FINAL ORDER BY name`,
    );
    const missing = [...producer.acknowledged].filter(
      (name) => !new Set(names.map((each) => each.name)).has(name),
    );
    expect(missing).toEqual([]);
    const reference = temporaryDirectory();
    try {
      const settings = { 'bootstrap.servers': broker.address };
      expect(await copyTopic(settings, topic, partitions, join(reference, 'log'))).toBeGreaterThan(
        producer.acknowledged.size,
      );
      expect(describeDifferences(found, await undisturbed(reference, partitions))).toEqual([]);
    } finally {
      removeDirectory(reference);
    }
  }, 120_000);
});
