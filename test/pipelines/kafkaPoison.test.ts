/** Topics of which some or all messages cannot be used: none is lost, none is skipped without a word, and the rest goes on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pipeline } from '../../contracts/pipeline.ts';
import {
  deadLetterTopicOf,
  letterHeaders,
  withDeadLetterTopic,
} from '../../pipelines/deadLetterTopic.ts';
import { runGroupMember } from '../../pipelines/groupMember.ts';
import { learning } from '../../pipelines/learning.ts';
import { readProgress } from '../../pipelines/progressNotes.ts';
import type { ClickHouseStore } from '../../sinks/clickhouse/store.ts';
import { loadKafka } from '../../sources/kafka/loadKafka.ts';
import { openTopicWriter, type TopicWriter } from '../../sources/kafka/topicWriter.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { eventually } from '../support/eventually.ts';
import { failingOn } from '../support/failingOn.ts';
import { type KafkaBroker, startKafkaBroker } from '../support/kafkaBroker.ts';
import { fillTopic } from '../support/kafkaFill.ts';
import { whatKafkaLacks } from '../support/kafkaJars.ts';
import { readTopic } from '../support/kafkaRead.ts';

const count = 300;
const start = Date.now() - 60_000;
const good = (i: number) =>
  JSON.stringify({ id: `e-${i}`, type: 'viewed', time: start, user: `u-${i % 7}`, item: 'i' });
const offsets = Array.from({ length: count }, (_, i) => i);

describe.skipIf(whatKafkaLacks() !== '')('poison on Kafka', () => {
  let broker: KafkaBroker;
  let clickhouse: TestClickHouse;
  let letters: TopicWriter;
  const settings = () => ({ 'bootstrap.servers': broker.address });

  beforeAll(async () => {
    [broker, clickhouse] = await Promise.all([
      startKafkaBroker({ name: 'poison' }),
      startTestClickHouse(),
    ]);
    letters = await openTopicWriter({
      library: loadKafka(),
      settings: settings(),
      onProblem() {},
    });
  }, 120_000);
  afterAll(async () => {
    await letters?.close();
    await clickhouse?.close();
    await broker?.close();
  }, 60_000);

  /** Runs the pipeline over a topic of these records until all are committed. */
  async function run(topic: string, values: readonly string[], pipeline: Pipeline) {
    const deadLetters = deadLetterTopicOf(topic);
    await broker.createTopic(topic, 1);
    await broker.createTopic(deadLetters, 1);
    const messages = values.map((value) => ({ partition: 0, value: Buffer.from(value) }));
    await fillTopic(broker.address, topic, messages);
    const store: ClickHouseStore = await clickhouse.database(topic);
    const stop = new AbortController();
    const states = new Set<string>();
    const member = runGroupMember({
      pipeline,
      kafka: { settings: settings(), topic, groupPrefix: topic },
      library: loadKafka(),
      store: withDeadLetterTopic(store, letters, topic),
      limits: { epochMs: 20, checkpointMs: 50, epochEvents: 1_000 },
      signal: stop.signal,
      report: (_, { state }) => void states.add(state),
      onProblem() {},
    });
    try {
      await eventually(async () => {
        const [note] = await readProgress(store, [pipeline.name]);
        expect(note?.committedOffset).toBe(values.length);
      });
    } finally {
      stop.abort();
      await member;
    }
    const told = (await readTopic(broker.address, deadLetters)).map(({ headers = [] }) => {
      const all = Object.assign({}, ...headers) as Record<string, Buffer>;
      return { offset: Number(all[letterHeaders.offset]), code: `${all[letterHeaders.code]}` };
    });
    const stored = await store.query<{ offset: number; code: string }>(
      'SELECT offset, code FROM dead_letters FINAL ORDER BY offset',
    );
    const [events] = await store.query<{ n: number }>('SELECT count() AS n FROM events FINAL');
    return { told, stored, events: events?.n, states };
  }

  const all = (code: string, which = offsets) => which.map((offset) => ({ offset, code }));

  test('a topic without a single event: all are dead letters, and the marker stands at its end', async () => {
    const values = offsets.map((i) => `{"id":"cut ${i}`);
    const { told, stored, events, states } = await run('garbage', values, learning);
    expect(stored).toEqual(all('EVENT_NOT_JSON'));
    expect(told).toEqual(all('EVENT_NOT_JSON'));
    expect(events).toBe(0);
    expect(states).not.toContain('failed');
  }, 60_000);

  test('a topic of which every message breaks the pipeline: the same', async () => {
    const venomous = failingOn(learning, (batch) => batch.length > 0);
    const { told, stored, events, states } = await run('venom', offsets.map(good), venomous);
    expect(stored).toEqual(all('EVENT_POISONOUS'));
    expect(told).toEqual(all('EVENT_POISONOUS'));
    expect(events).toBe(0);
    expect(states).not.toContain('failed');
  }, 60_000);

  test('one message in a hundred that breaks the pipeline: all others are events', async () => {
    const fails = (offset: number) => offset % 100 === 42;
    const fragile = failingOn(learning, (batch) => batch.offsets.some(fails));
    const { told, stored, events, states } = await run('drops', offsets.map(good), fragile);
    expect(stored).toEqual(all('EVENT_POISONOUS', offsets.filter(fails)));
    expect(told).toEqual(stored);
    expect(events).toBe(count - stored.length);
    expect(states).not.toContain('failed');
  }, 60_000);
});
