/** Everything that a topic holds, for tests. */
import { ask } from '../../sources/kafka/ask.ts';
import type { Message, Watermarks } from '../../sources/kafka/library.ts';
import { loadKafka } from '../../sources/kafka/loadKafka.ts';
import { partitionsOf } from '../../sources/kafka/topic.ts';

/** In the order of each partition; what is written meanwhile may be missing. */
export async function readTopic(address: string, topic: string): Promise<Message[]> {
  const consumer = new (loadKafka().KafkaConsumer)(
    { 'bootstrap.servers': address, 'group.id': `read-${topic}`, 'enable.auto.commit': false },
    { 'auto.offset.reset': 'error' },
  );
  consumer.setDefaultConsumeTimeout(100);
  await ask((done) => consumer.connect({ timeout: 10_000 }, done));
  try {
    const count = await partitionsOf(consumer, topic);
    let left = 0;
    for (let partition = 0; partition < count; partition += 1) {
      const { lowOffset, highOffset } = await ask<Watermarks>((done) =>
        consumer.queryWatermarkOffsets(topic, partition, 10_000, done),
      );
      left += highOffset - lowOffset;
    }
    consumer.assign(
      Array.from({ length: count }, (_, partition) => ({ topic, partition, offset: 0 })),
    );
    const messages: Message[] = [];
    while (messages.length < left) {
      messages.push(...(await ask<Message[]>((done) => consumer.consume(1_000, done))));
    }
    return messages;
  } finally {
    await ask((done) => consumer.disconnect(done));
  }
}
