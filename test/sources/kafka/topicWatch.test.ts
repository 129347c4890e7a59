/** The watch of a topic on a real broker: it follows the ends, also over the death of the broker and new partitions. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../sources/kafka/ask.ts';
import { loadKafka } from '../../../sources/kafka/loadKafka.ts';
import { type TopicWatch, watchTopic } from '../../../sources/kafka/topicWatch.ts';
import { eventually } from '../../support/eventually.ts';
import { type KafkaBroker, startKafkaBroker } from '../../support/kafkaBroker.ts';
import { fillTopic } from '../../support/kafkaFill.ts';
import { whatKafkaLacks } from '../../support/kafkaJars.ts';

describe.skipIf(whatKafkaLacks() !== '')('the watch of a topic', () => {
  let broker: KafkaBroker;
  let watch: TopicWatch | undefined;
  let ends: readonly number[] = [];
  beforeAll(async () => {
    broker = await startKafkaBroker({ name: 'topicWatch' });
    await broker.createTopic('watched', 2);
  }, 60_000);
  afterAll(async () => {
    await watch?.close();
    await broker?.close();
  }, 60_000);

  const settings = () => ({ 'bootstrap.servers': broker.address });
  const fill = (partition: number, count: number) =>
    fillTopic(
      broker.address,
      'watched',
      Array.from({ length: count }, (_, i) => ({
        partition,
        value: Buffer.from(`${i}`),
        key: 'k',
      })),
    );

  test('is refused where there is no topic', async () => {
    const options = { library: loadKafka(), settings: settings(), topic: 'absent', onEnds() {} };
    await expect(watchTopic(options)).rejects.toMatchObject({ code: 'TOPIC_ABSENT' });
  }, 60_000);

  test('tells where each partition ends, and goes on when the broker was killed', async () => {
    watch = await watchTopic({
      library: loadKafka(),
      settings: settings(),
      topic: 'watched',
      onEnds(told) {
        ends = [...told];
      },
    });
    await fill(1, 5);
    await eventually(() => expect(ends).toEqual([0, 5]));
    await broker.kill();
    await broker.start();
    await fill(0, 3);
    await eventually(() => expect(ends).toEqual([3, 5]));
  }, 60_000);

  test('finds partitions that were added', async () => {
    const admin = loadKafka().AdminClient.create(settings());
    await ask((done) => admin.createPartitions('watched', 3, 10_000, done));
    admin.disconnect();
    await eventually(() => expect(ends).toEqual([3, 5, 0]));
  }, 60_000);
});
