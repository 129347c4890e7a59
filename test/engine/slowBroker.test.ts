/** The whole engine on a broker that answers slowly, through a narrow line, or for a while not at all. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDifferences, readContents } from '../../benchmarks/support/tables.ts';
import { copyTopic } from '../../benchmarks/support/topicCopy.ts';
import { Health, Problem } from '../../contracts/api.ts';
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
import { type KafkaBroker, startKafkaBroker } from '../support/kafkaBroker.ts';
import { whatKafkaLacks } from '../support/kafkaJars.ts';
import { type Producer, startProducer } from '../support/producer.ts';
import { type SlowLink, startSlowLink } from '../support/slowLink.ts';

/** All of one process: more questions at a time than its client has threads for. */
const partitions = 12;
const topic = 'campus';
const slow = 120_000;
const variables = {
  KAFKA_SESSION_TIMEOUT_MS: '6000',
  /** So that a body is answered while the silence lasts. */
  KAFKA_MESSAGE_TIMEOUT_MS: '4000',
};

describe.skipIf(whatKafkaLacks() !== '')('an engine on a slow broker', () => {
  const data = temporaryDirectory();
  const bodies = campusBodies(3_000, 10);
  let link: SlowLink;
  let broker: KafkaBroker;
  let at: TestEngine;
  let producer: Producer;
  const acknowledged = new Set<string>();

  beforeAll(async () => {
    link = await startSlowLink();
    broker = await startKafkaBroker({
      name: 'slow',
      listeners: { LINK: { protocol: 'PLAINTEXT', advertised: link.address } },
    });
    link.lead(broker.listensOn['LINK']!);
    Object.assign(process.env, variables);
    link.latencyMs = 300;
    at = await startTestEngine(data, {
      kafkaBrokers: link.address,
      topic,
      partitions,
      processes: 1,
    });
    producer = startProducer(at.url, bodies);
  }, slow);
  afterAll(async () => {
    link.silent = false;
    await producer?.abandon();
    await at?.stop();
    for (const name of Object.keys(variables)) delete process.env[name];
    await broker?.close();
    await link?.close();
    removeDirectory(data);
  }, slow);

  const allRun = () =>
    eventually(() => {
      const states = at.engine.dataPlane.partitions().map(({ state }) => state);
      expect(states).toEqual(Array.from({ length: partitions }, () => 'running'));
    });
  const spare = () => bodies.at(-1)!;
  async function pause(): Promise<void> {
    await producer.stop();
    for (const name of producer.acknowledged) acknowledged.add(name);
  }

  /** @returns ms that a body waits for its answer */
  async function answerMs(): Promise<number> {
    const begun = performance.now();
    const response = await at.post(spare(), ndjson);
    expect(response.status).toBe(202);
    return performance.now() - begun;
  }

  test(
    'starts, takes events and commits while each answer takes 300 ms',
    async () => {
      await allRun();
      await producer.more(40);
      expect(await answerMs()).toBeGreaterThan(290);
      await producer.more(40);
      // While somebody sends there is always an event that is not committed yet.
      await pause();
      await at.settle();
      producer = startProducer(at.url, bodies.slice(500));
    },
    slow,
  );

  test(
    'goes on through a line of 20 kB/s',
    async () => {
      link.bytesPerSecond = 20_000;
      link.latencyMs = 200;
      await producer.more(120);
      await allRun();
      link.bytesPerSecond = Infinity;
      link.latencyMs = 0;
      await producer.more(120);
      expect(await answerMs()).toBeLessThan(290);
    },
    slow,
  );

  test(
    'says 503 with Retry-After while nobody answers, never a 202, and takes the body afterwards',
    async () => {
      await pause();
      link.silent = true;
      const silentAt = performance.now();
      const responses = await Promise.all(
        Array.from({ length: 3 }, () => at.post(spare(), ndjson)),
      );
      for (const response of responses) {
        expect(response.status).toBe(503);
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(Problem.parse(await response.json())).toMatchObject({ code: 'LOG_UNAVAILABLE' });
      }
      expect(performance.now() - silentAt).toBeLessThan(10_000);
      const health = await at.get('/v1/health', Health);
      expect(health.state).toBe('bad');
      expect(health.sentence).toMatch(/^New events are turned away, because the event log/);
      // Longer than the session: the group has given the partitions up.
      await new Promise((resolve) => setTimeout(resolve, 9_000 - (performance.now() - silentAt)));
      link.silent = false;
      producer = startProducer(at.url, bodies.slice(1_000));
      await producer.more(200);
      await allRun();
      expect((await at.post(spare(), ndjson)).status).toBe(202);
    },
    slow,
  );

  test(
    'has in the end what an embedded engine makes of the same records, row by row',
    async () => {
      await pause();
      await at.settle();
      const found = await readContents(at.engine.store);
      const rows = await at.engine.store.query<{ name: string }>(
        `SELECT concat(user, ' ', id) AS name FROM events FINAL`,
      );
      const names = new Set(rows.map(({ name }) => name));
      expect(acknowledged.size).toBeGreaterThan(400);
      expect([...acknowledged].filter((name) => !names.has(name))).toEqual([]);
      const reference = temporaryDirectory();
      try {
        const settings = { 'bootstrap.servers': broker.address };
        const copied = await copyTopic(settings, topic, partitions, join(reference, 'log'));
        expect(copied).toBeGreaterThanOrEqual(acknowledged.size);
        expect(describeDifferences(found, await undisturbed(reference, partitions))).toEqual([]);
      } finally {
        removeDirectory(reference);
      }
    },
    slow,
  );
});
