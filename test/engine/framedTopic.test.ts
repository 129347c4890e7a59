/** The engine on a topic that a schema registry frames: equal events, readable archive, dead letters as they came. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DeadLettersAnswer, PipelinesAnswer, ReplayAnswer } from '../../contracts/api.ts';
import { deadLetterTopicOf, letterHeaders } from '../../pipelines/deadLetterTopic.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { framed } from '../support/framedRecords.ts';
import {
  type File,
  type Serializers,
  serializersOf,
  whatFormatsLack,
} from '../support/framedValues.ts';
import { type KafkaBroker, startKafkaBroker } from '../support/kafkaBroker.ts';
import { fillTopic } from '../support/kafkaFill.ts';
import { whatKafkaLacks } from '../support/kafkaJars.ts';
import { readTopic } from '../support/kafkaRead.ts';
import { startTestRegistry, type TestRegistry } from '../support/schemaRegistry.ts';

const topic = 'lessons';
const start = Date.now() - 60_000;
const day = 86_400_000;

const avro = {
  type: 'record',
  name: 'Event',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'type', type: 'string' },
    { name: 'time', type: { type: 'long', logicalType: 'timestamp-millis' } },
    { name: 'user', type: 'string' },
    { name: 'item', type: ['null', 'string'], default: null },
    { name: 'value', type: ['null', 'double'], default: null },
  ],
};
const file: File = {
  messages: {
    Event: [
      ['id', 1, 'STRING'],
      ['type', 2, 'STRING'],
      ['time', 3, '.google.protobuf.Timestamp'],
      ['user', 4, 'STRING'],
      ['item', 5, 'STRING'],
      ['value', 6, 'DOUBLE', { oneofIndex: 0, proto3Optional: true }],
    ],
  },
};

const lacks = whatKafkaLacks() || whatFormatsLack();

describe.skipIf(lacks !== '')('a framed topic', () => {
  const data = temporaryDirectory();
  const password = 'not-to-be-told';
  let broker: KafkaBroker;
  let registry: TestRegistry;
  let serializers: Serializers;
  let at: TestEngine;

  beforeAll(async () => {
    broker = await startKafkaBroker({ name: 'framed-engine' });
    await broker.createTopic(topic, 2, { 'message.timestamp.type': 'CreateTime' });
    registry = await startTestRegistry();
    serializers = serializersOf(registry.url, (subject, schema) =>
      registry.register(subject, schema as never),
    );
    const settings = {
      kafkaBrokers: broker.address,
      topic,
      partitions: 2,
      processes: 1,
      schemaRegistryUrl: registry.url,
      schemaRegistryUser: 'reader',
      schemaRegistryPassword: password,
    };
    at = await startTestEngine(data, settings as never);
  }, 120_000);
  afterAll(async () => {
    await at?.stop();
    await broker?.close();
    await registry?.stop();
    removeDirectory(data);
  }, 60_000);

  const eventOf = (id: string, user: string, time = start) => ({
    id,
    type: 'answered',
    time,
    user,
    item: 'item-9',
    value: 0,
  });

  async function replay(body: object): Promise<Response> {
    return fetch(`${at.url}/v1/dead-letters/replay`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(body),
    });
  }

  test('gives equal events in all four formats, and JSON in the archive', async () => {
    const description = serializers.messages.describe(file, 'Event');
    const { time, ...fields } = eventOf('protobuf', 'ada');
    const at_ = { seconds: BigInt(Math.floor(time / 1_000)), nanos: (time % 1_000) * 1e6 };
    const message = serializers.messages.create(description, { ...fields, time: at_ });
    const values = [
      await serializers.avro(avro).serialize(topic, eventOf('avro', 'ada')),
      await serializers.protobuf(description).serialize('protobuf', message),
      await serializers.json({ type: 'object' }).serialize('json', eventOf('json', 'ada')),
      Buffer.from(JSON.stringify(eventOf('plain', 'ada'))),
    ];
    await fillTopic(
      broker.address,
      topic,
      values.map((value) => ({ partition: 0, value, key: 'ada' })),
    );
    await at.settle();
    const rows = await at.engine.store.query<Record<string, unknown>>(
      "SELECT id, toUnixTimestamp64Milli(time) AS time, type, item, value, raw FROM events FINAL WHERE user = 'ada' ORDER BY id",
    );
    expect(rows.map(({ id }) => id)).toEqual(['avro', 'json', 'plain', 'protobuf']);
    for (const { id, raw, ...row } of rows) {
      expect(row).toEqual({ time: expect.anything(), type: 'answered', item: 'item-9', value: 0 });
      expect(Number(row['time'])).toBe(start);
      const archived = JSON.parse(raw as string);
      expect(archived).toMatchObject({ id, user: 'ada', item: 'item-9', value: 0 });
      expect(Date.parse(archived.time) || archived.time).toBe(start);
    }
  }, 60_000);

  test('keeps what is refused as it came: bytes, key, headers and position', async () => {
    const incomplete = { ...avro, fields: avro.fields.slice(0, 3) };
    const whole = await serializers.avro(avro).serialize(topic, eventOf('cut', 'ada'));
    const cases = [
      ['EVENT_SCHEMA_UNKNOWN', framed(4_711, 1, 2, 3)],
      ['EVENT_SCHEMA_MISMATCH', whole.subarray(0, whole.length - 3)],
      [
        'EVENT_FIELD_MISSING',
        await serializers.avro(incomplete).serialize('i', eventOf('i', 'ada')),
      ],
    ] as const;
    const key = Buffer.of(1, 0, 254);
    const headers = [{ trace: Buffer.of(0, 255) }];
    await fillTopic(
      broker.address,
      topic,
      cases.map(([, value]) => ({ partition: 1, value, key, headers })),
    );
    await at.settle();
    const { letters } = await at.get('/v1/dead-letters', DeadLettersAnswer);
    const letterIn = new Map(letters.map((letter) => [letter.code, letter]));
    const sent = await readTopic(broker.address, deadLetterTopicOf(topic));
    for (const [offset, [code, value]] of cases.entries()) {
      expect(letterIn.get(code)).toMatchObject({ partition: 1, offset });
      const message = sent.find((each) => headerOf(each, letterHeaders.code)?.toString() === code);
      expect(message?.value).toEqual(value);
      expect(message?.key).toEqual(key);
      expect(headerOf(message!, 'trace')).toEqual(Buffer.of(0, 255));
      const rows = await at.engine.store.query<{ bytes: string }>(
        `SELECT hex(bytes) AS bytes FROM dead_letters FINAL WHERE code = '${code}'`,
      );
      expect(rows).toEqual([{ bytes: value.toString('hex').toUpperCase() }]);
    }
    const answer = await replay({ code: 'EVENT_SCHEMA_UNKNOWN' });
    expect(ReplayAnswer.parse(await answer.json())).toMatchObject({ accepted: 0, refused: 1 });
  }, 60_000);

  test('takes framed letters back as they came, once they are accepted', async () => {
    const value = await serializers.avro(avro).serialize(topic, eventOf('early', 'bea'));
    // Received before it happened, as far as one can tell.
    const timestamp = start - 3 * day;
    await fillTopic(broker.address, topic, [{ partition: 1, value, timestamp }]);
    const query = '/v1/dead-letters?code=EVENT_TIME_OUT_OF_RANGE';
    await eventually(async () =>
      expect((await at.get(query, DeadLettersAnswer)).letters).toHaveLength(1),
    );
    const body = { code: 'EVENT_TIME_OUT_OF_RANGE' };
    const answer = await replay(body);
    expect(ReplayAnswer.parse(await answer.json())).toMatchObject({ accepted: 1, refused: 0 });
    await at.settle();
    const messages = await readTopic(broker.address, topic);
    const again = messages.filter((message) => message.value?.equals(value));
    expect(again.map(({ partition }) => partition)).toEqual([1, 1]);
    const rows = await at.engine.store.query("SELECT id FROM events FINAL WHERE user = 'bea'");
    expect(rows).toEqual([{ id: 'early' }]);
  }, 60_000);

  test('waits for a registry that is away, says so, and loses nothing', async () => {
    const later = { ...avro, fields: [...avro.fields, { name: 'device', type: 'string' }] };
    const write = (id: string) =>
      serializers.avro(later).serialize(topic, { ...eventOf(id, 'cleo'), device: 'phone' });
    const values = [
      await write('one'),
      Buffer.from(JSON.stringify(eventOf('two', 'cleo'))),
      await write('three'),
    ];
    await registry.stop();
    await fillTopic(
      broker.address,
      topic,
      values.map((value) => ({ partition: 0, value })),
    );
    await eventually(async () => {
      const { pipelines } = await at.get('/v1/pipelines', PipelinesAnswer);
      const [first] = pipelines[0]!.partitions;
      expect(first).toMatchObject({ state: 'waiting', lagEvents: 3 });
      expect(first?.detail).toMatch(/^REGISTRY_UNAVAILABLE: the schema registry does not answer/);
    });
    expect(at.said.filter((sentence) => /REGISTRY_UNAVAILABLE/.test(sentence))).toHaveLength(1);
    expect(at.said.join()).not.toContain(password);
    // Nobody here has asked for the schema of this letter.
    const answer = await replay({ code: 'EVENT_FIELD_MISSING' });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    await registry.start();
    await at.settle();
    const rows = await at.engine.store.query<{ id: string }>(
      "SELECT id FROM events FINAL WHERE user = 'cleo' ORDER BY offset",
    );
    expect(rows.map(({ id }) => id)).toEqual(['one', 'two', 'three']);
    const { pipelines } = await at.get('/v1/pipelines', PipelinesAnswer);
    expect(pipelines[0]!.partitions[0]).toMatchObject({ state: 'running', detail: null });
  }, 60_000);
});

function headerOf(
  { headers = [] }: { headers?: readonly Readonly<Record<string, Buffer>>[] },
  name: string,
): Buffer | undefined {
  return headers.find((header) => name in header)?.[name];
}
