/** The way into a topic when brokers take their time: in order, with a bounded queue, and never acknowledged without them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Slice } from '../../../sources/door/slices.ts';
import { type KafkaAppender, openKafkaAppender } from '../../../sources/kafka/kafkaAppender.ts';
import type { Settings } from '../../../sources/kafka/library.ts';
import { loadKafka } from '../../../sources/kafka/loadKafka.ts';
import { readTopic } from '../../support/kafkaRead.ts';
import { hasKafkaClient, type MockCluster, startMockCluster } from '../../support/mockCluster.ts';

const rttMs = 100;
const topic = 'slow';

describe.skipIf(!hasKafkaClient())('brokers that take 100 ms for an answer', () => {
  let cluster: MockCluster;
  const opened: KafkaAppender[] = [];
  beforeAll(async () => {
    cluster = await startMockCluster(rttMs);
    await cluster.makeTopic(topic);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(opened.map((appender) => appender.close()));
    await cluster?.close();
  }, 60_000);

  async function open(settings: Settings = {}): Promise<KafkaAppender> {
    const appender = await openKafkaAppender({
      library: loadKafka(),
      settings: { ...cluster.settings, ...settings },
      topic,
      partitions: 4,
      onProblem() {},
    });
    opened.push(appender);
    return appender;
  }

  /** Records `from … to − 1` of one partition, each its number. */
  function slice(partition: number, from: number, to: number): Slice {
    const texts = Array.from({ length: to - from }, (_, i) => String(from + i));
    const ends = new Int32Array(texts.length);
    let end = 0;
    texts.forEach((text, i) => {
      end += text.length;
      ends[i] = end;
    });
    return { partition, length: texts.length, bytes: Buffer.from(texts.join('')), ends };
  }
  async function numbersIn(partition: number): Promise<number[]> {
    const messages = await readTopic(String(cluster.settings['bootstrap.servers']), topic);
    return messages
      .filter((message) => message.partition === partition)
      .map(({ value }) => Number(value));
  }
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

  test('take bodies that come at once in their order, and each is answered when its records are there', async () => {
    const appender = await open();
    const begun = performance.now();
    const answered: number[] = [];
    await Promise.all(
      upTo(8).map(async (body) => {
        await appender.append([slice(0, body * 50, body * 50 + 50)]);
        answered.push(body);
      }),
    );
    expect(performance.now() - begun).toBeGreaterThan(rttMs * 0.9);
    expect(answered).toEqual(upTo(8));
    expect(await numbersIn(0)).toEqual(upTo(400));
  }, 30_000);

  test('do not let the queue grow: what is too much is OVERLOADED, and afterwards there is room again', async () => {
    const appender = await open({ 'queue.buffering.max.messages': 100 });
    const large = appender.append([slice(1, 0, 300)]);
    await expect(large).rejects.toMatchObject({ code: 'OVERLOADED' });
    const taken = await numbersIn(1);
    expect(taken).toEqual(upTo(100)); // a part is there: the producer sends the body again
    await appender.append([slice(1, 0, 50)]);
    expect(await numbersIn(1)).toEqual([...taken, ...upTo(50)]);
  }, 30_000);
});
