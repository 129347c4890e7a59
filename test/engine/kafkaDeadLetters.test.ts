/** Refused records on Kafka: all of them are in the dead-letter topic as they came, and go back as they came. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DeadLettersAnswer, ReplayAnswer } from '../../contracts/api.ts';
import { eventBytesMax } from '../../contracts/event.ts';
import { deadLetterTopicOf, letterHeaders } from '../../pipelines/deadLetterTopic.ts';
import type { Message } from '../../sources/kafka/library.ts';
import {
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { type KafkaBroker, startKafkaBroker } from '../support/kafkaBroker.ts';
import { type Filled, fillTopic } from '../support/kafkaFill.ts';
import { whatKafkaLacks } from '../support/kafkaJars.ts';
import { readTopic } from '../support/kafkaRead.ts';

const partitions = 3;
const topic = 'lessons';
const day = 86_400_000;
const start = Date.now() - 60_000;

function eventOf(i: number): string {
  const user = `student-${i % 500}`;
  return JSON.stringify({ id: `e-${i}`, type: 'viewed', time: start, user, item: `item-${i % 9}` });
}

/** What a producer may get wrong. */
const malformed: readonly (readonly [code: string, value: Buffer | null])[] = [
  ['EVENT_NOT_JSON', Buffer.from('{"id":"cut')],
  ['EVENT_NOT_JSON', Buffer.from([0x22, 0xff, 0xfe, 0x00, 0x22])],
  ['EVENT_NOT_JSON', null],
  ['EVENT_NOT_OBJECT', Buffer.from(`[${eventOf(0)}]`)],
  ['EVENT_FIELD_MISSING', Buffer.from('{"id":"m",\n"type":"viewed"}')],
  ['EVENT_TIME_OUT_OF_RANGE', Buffer.from('{"id":"m","type":"viewed","time":0,"user":"u"}')],
  ['EVENT_TOO_LARGE', Buffer.from(`{"id":"${'x'.repeat(eventBytesMax)}"}`)],
];

/** One message in a hundred is malformed; of those, every fifth has neither key nor headers. */
const messages = Array.from({ length: 10_000 }, (_, i): Filled & { code?: string } => {
  const partition = i % partitions;
  if (i % 100 !== 99)
    return { partition, value: Buffer.from(eventOf(i)), key: `student-${i % 500}` };
  const [code, value] = malformed[((i + 1) / 100) % malformed.length]!;
  if (i % 500 === 499) return { partition, value, code };
  const headers = [
    { trace: `trace ${i}` },
    { binary: Buffer.from([0, 255, i % 256]) },
    { trace: 'again' },
  ];
  return { partition, value, code, key: Buffer.from([1, 0, 254, i % 256]), headers };
});

const headersOf = ({ headers = [] }: Pick<Message, 'headers'>): [string, string][] =>
  headers.flatMap((header) =>
    Object.entries(header).map(([name, value]): [string, string] => [
      name,
      Buffer.from(value).toString('latin1'),
    ]),
  );
const textOf = (bytes: Buffer | string | null | undefined) =>
  bytes === null || bytes === undefined ? '' : Buffer.from(bytes).toString('latin1');

describe.skipIf(whatKafkaLacks() !== '')('dead letters on Kafka', () => {
  const data = temporaryDirectory();
  let broker: KafkaBroker;
  let at: TestEngine;

  beforeAll(async () => {
    broker = await startKafkaBroker({ name: 'dead-letters' });
    // Of the producers' time, so that a record can have come when its event lay in the future.
    await broker.createTopic(topic, partitions, { 'message.timestamp.type': 'CreateTime' });
    at = await startTestEngine(data, {
      kafkaBrokers: broker.address,
      topic,
      partitions,
      processes: 1,
    });
  }, 120_000);
  afterAll(async () => {
    await at?.stop();
    await broker?.close();
    removeDirectory(data);
  }, 60_000);

  test('are all in the topic, with bytes, key, headers and position', async () => {
    await fillTopic(broker.address, topic, messages);
    await at.settle();
    const lengths = Array.from({ length: partitions }, () => 0);
    const expected = messages.flatMap(({ partition, value, key, headers = [], code }) => {
      const offset = lengths[partition]!++;
      if (code === undefined) return [];
      return [
        {
          position: `${partition} ${offset}`,
          value: textOf(value),
          key: textOf(key),
          headers: [
            [letterHeaders.pipeline, 'learning'],
            [letterHeaders.topic, topic],
            [letterHeaders.partition, `${partition}`],
            [letterHeaders.offset, `${offset}`],
            [letterHeaders.code, code],
            ...headersOf({ headers: headers as NonNullable<Message['headers']> }),
          ],
        },
      ];
    });
    const found = (await readTopic(broker.address, deadLetterTopicOf(topic))).map((message) => {
      const headers = headersOf(message);
      const told = new Map(headers);
      expect(told.get(letterHeaders.reason)).toMatch(/^[\w.]+: expected .+, got /);
      return {
        position: `${told.get(letterHeaders.partition)} ${told.get(letterHeaders.offset)}`,
        value: textOf(message.value),
        key: textOf(message.key),
        headers: headers.filter(([name]) => name !== letterHeaders.reason),
      };
    });
    const byPosition = (a: { position: string }, b: { position: string }) =>
      a.position < b.position ? -1 : 1;
    expect(expected).toHaveLength(messages.length / 100);
    expect(found.toSorted(byPosition)).toEqual(expected.toSorted(byPosition));
    const { total } = await at.get('/v1/dead-letters?limit=1', DeadLettersAnswer);
    expect(total).toBe(expected.length);
  }, 120_000);

  test('that are as large as the broker takes are cut there, whole in the table, and stop nothing', async () => {
    const value = Buffer.alloc(1_048_400, 'x');
    await fillTopic(broker.address, topic, [{ partition: 0, value, key: 'large' }]);
    await at.settle();
    const found = await readTopic(broker.address, deadLetterTopicOf(topic));
    const large = found.filter((message) => textOf(message.key) === 'large');
    expect(large).toHaveLength(1);
    expect(headersOf(large[0]!)).toContainEqual([letterHeaders.size, `${value.length}`]);
    const rows = await at.engine.store.query<{ length: number }>(
      "SELECT length(bytes) AS length FROM dead_letters FINAL WHERE key = 'large'",
    );
    expect(rows).toEqual([{ length: value.length }]);
  }, 60_000);

  test('that are accepted now go back to their partition with key and headers, once', async () => {
    const early = (id: string) =>
      Buffer.from(
        `{"id":"${id}", "type":"viewed", "time":${start}, "user":"ada",\n "item":"item-1"}`,
      );
    const timestamp = start - 3 * day;
    const key = Buffer.from([7, 0, 7]);
    const headers = [{ trace: 'early' }, { binary: Buffer.from([0, 255]) }];
    await fillTopic(broker.address, topic, [
      { partition: 2, value: early('keyed'), key, headers, timestamp },
      { partition: 1, value: early('plain'), timestamp },
    ]);
    const query = `/v1/dead-letters?code=EVENT_TIME_OUT_OF_RANGE&to=${start - 2 * day}`;
    const { letters } = await eventually(async () => {
      const answer = await at.get(query, DeadLettersAnswer);
      expect(answer.letters).toHaveLength(2);
      return answer;
    });
    expect(letters.find(({ partition }) => partition === 2)).toMatchObject({
      bytes: { text: early('keyed').toString() },
      key: { text: '\u0007\u0000\u0007' },
      headers: [
        { name: 'trace', value: { text: 'early' } },
        { name: 'binary', value: { base64: 'AP8=' } },
      ],
    });
    for (const accepted of [2, 0]) {
      const response = await fetch(`${at.url}/v1/dead-letters/replay`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to: start - 2 * day }),
      });
      expect(ReplayAnswer.parse(await response.json())).toMatchObject({ accepted, refused: 0 });
    }
    await at.settle();
    const sent = await readTopic(broker.address, topic);
    const again = sent.filter(
      ({ value, timestamp: time }) => textOf(value).includes('"user":"ada"') && time > start,
    );
    expect(again).toHaveLength(2);
    const keyed = again.find(({ value }) => textOf(value).includes('keyed'));
    expect(keyed).toMatchObject({ partition: 2, value: early('keyed'), key });
    expect(headersOf(keyed!)).toEqual(headersOf({ headers: headers as never }));
    // Without a key it goes where its user goes, as from a producer of ours.
    expect(again.find(({ value }) => textOf(value).includes('plain'))).toMatchObject({
      value: early('plain'),
      key: Buffer.from('ada'),
    });
    const rows = await at.engine.store.query<{ id: string }>(
      "SELECT id FROM events FINAL WHERE user = 'ada' ORDER BY id",
    );
    expect(rows).toEqual([{ id: 'keyed' }, { id: 'plain' }]);
  }, 120_000);
});
