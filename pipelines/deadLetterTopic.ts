/**
 * Dead letters on Kafka: beside their rows in ClickHouse, refused records go to a topic, each with the bytes, the key and the
 * headers that it came with, and with headers that say from where it came and why it was refused.
 *
 * They are delivered before the rows are written, hence before the marker: none is missing. After a crash some may be
 * there twice; their position tells.
 */
import { ByteReader } from '../contracts/byteReader.ts';
import type { Store } from '../contracts/store.ts';
import type { TopicMessage, TopicWriter } from '../sources/kafka/topicWriter.ts';

/** Names of the headers that are added; those that the record came with follow. */
export const letterHeaders = {
  pipeline: 'millrace.pipeline',
  topic: 'millrace.topic',
  partition: 'millrace.partition',
  offset: 'millrace.offset',
  code: 'millrace.code',
  reason: 'millrace.reason',
} as const;

export function deadLetterTopicOf(topic: string): string {
  return `${topic}-dead-letters`;
}

/** The store, which sends dead letters to the topic before it takes them. */
export function withDeadLetterTopic(store: Store, writer: TopicWriter, topic: string): Store {
  return {
    query: store.query,
    readBinary: store.readBinary,
    command: store.command,
    barrier: store.barrier,
    async insert(table, rows) {
      if (table === 'dead_letters') await writer.deliver(lettersOf(rows, topic));
      await store.insert(table, rows);
    },
  };
}

/** @param rows of the table `dead_letters`, as `divertErrors` encodes them */
export function* lettersOf(rows: Uint8Array, topic: string): Generator<TopicMessage> {
  const reader = new ByteReader(rows);
  while (!reader.isAtEnd) {
    const pipeline = reader.text();
    const partition = reader.uint16();
    const offset = reader.int64();
    reader.int64(); // when it was received: the message had its own time
    const code = reader.text();
    const reason = reader.text();
    const value = reader.string();
    const key = reader.string();
    const count = reader.varint();
    const origin = Array.from({ length: count }, () => ({
      [reader.text()]: Buffer.from(reader.string()),
    }));
    yield {
      topic: deadLetterTopicOf(topic),
      partition: null,
      value,
      key: key.length === 0 ? null : key,
      headers: [
        { [letterHeaders.pipeline]: pipeline },
        { [letterHeaders.topic]: topic },
        { [letterHeaders.partition]: `${partition}` },
        { [letterHeaders.offset]: `${offset}` },
        { [letterHeaders.code]: code },
        { [letterHeaders.reason]: reason },
        ...origin,
      ],
    };
  }
}
