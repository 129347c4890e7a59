/** The groundwork of every Kafka suite: the client and a real broker, which forgets nothing when it is killed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../sources/kafka/ask.ts';
import type { KafkaConsumer, Message } from '../../../sources/kafka/library.ts';
import { loadKafka } from '../../../sources/kafka/loadKafka.ts';
import { eventually } from '../../support/eventually.ts';
import { isRequired } from '../../support/isRequired.ts';
import { type KafkaBroker, startKafkaBroker } from '../../support/kafkaBroker.ts';
import { whatKafkaLacks } from '../../support/kafkaJars.ts';

const missing = whatKafkaLacks();
if (missing !== '') console.warn(`The Kafka suites are skipped: ${missing}`);

test.runIf(isRequired('kafka'))('what the Kafka suites need is there', () => {
  expect(missing).toBe('');
});

describe.skipIf(missing !== '')('a Kafka broker', () => {
  const topic = 'events';
  const count = 1_000;
  let broker: KafkaBroker;
  let consumer: KafkaConsumer;

  beforeAll(async () => {
    broker = await startKafkaBroker({ name: 'broker' });
    consumer = new (loadKafka().KafkaConsumer)(
      {
        'bootstrap.servers': broker.address,
        'group.id': 'test',
        'enable.auto.commit': false,
        'reconnect.backoff.max.ms': 200,
        log_level: 0,
      },
      { 'auto.offset.reset': 'error' },
    );
    consumer.on('event.error', () => {}); // the broker is killed below
    consumer.setDefaultConsumeTimeout(100);
    await ask((done) => consumer.connect({ timeout: 10_000 }, done));
  });
  afterAll(async () => {
    await ask((done) => consumer?.disconnect(done));
    await broker?.close();
  });

  /** The first `count` messages of the topic's one partition. */
  async function readAll(): Promise<Message[]> {
    consumer.assign([{ topic, partition: 0, offset: 0 }]);
    const messages: Message[] = [];
    while (messages.length < count) {
      messages.push(...(await ask<Message[]>((done) => consumer.consume(count, done))));
    }
    consumer.unassign();
    return messages;
  }

  test('keeps what it acknowledged when it is killed and started again', async () => {
    await broker.createTopic(topic, 1, { 'retention.ms': '-1' });
    await produce(broker, topic, count);

    const before = await readAll();
    expect(before.map(({ offset }) => offset)).toEqual(Array.from({ length: count }, (_, i) => i));
    expect(before[7]).toMatchObject({
      topic,
      partition: 0,
      value: Buffer.from('event 7'),
      key: Buffer.from('key 7'),
      timestamp: 1_700_000_000_007,
      headers: [{ number: Buffer.from('7') }],
    });

    await broker.kill();
    await broker.start();
    expect(await readAll()).toEqual(before);
  });

  test('answers nobody while it is frozen, and everybody afterwards', async () => {
    const watermarks = (timeoutMs: number) =>
      ask((done) => consumer.queryWatermarkOffsets(topic, 0, timeoutMs, done));
    broker.freeze();
    await expect(watermarks(300)).rejects.toThrow('Timed out');
    broker.thaw();
    expect(await watermarks(10_000)).toEqual({ lowOffset: 0, highOffset: count });
  });

  test('removes old messages on demand, as retention would', async () => {
    await broker.deleteBefore(topic, 0, 400);
    const watermarks = ask((done) => consumer.queryWatermarkOffsets(topic, 0, 10_000, done));
    expect(await watermarks).toEqual({ lowOffset: 400, highOffset: count });
  });
});

async function produce(broker: KafkaBroker, topic: string, count: number): Promise<void> {
  const producer = new (loadKafka().Producer)({ 'bootstrap.servers': broker.address, dr_cb: true });
  await ask((done) => producer.connect({ timeout: 10_000 }, done));
  producer.setPollInterval(20);
  let delivered = 0;
  producer.on('delivery-report', (error) => {
    if (!error) delivered += 1;
  });
  for (let i = 0; i < count; i += 1) {
    const headers = [{ number: String(i) }];
    const time = 1_700_000_000_000 + i;
    producer.produce(topic, 0, Buffer.from(`event ${i}`), `key ${i}`, time, undefined, headers);
  }
  await ask((done) => producer.flush(10_000, done));
  await eventually(() => expect(delivered).toBe(count)); // reports come a little after the flush
  await ask((done) => producer.disconnect(done));
}
