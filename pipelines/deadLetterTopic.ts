/**
 * Dead letters on Kafka: beside their rows in ClickHouse, refused records go to a topic, each with the bytes, the key and the
 * headers that it came with, and with headers that say from where it came and why it was refused.
 *
 * They are delivered before the rows are written, hence before the marker: none is missing. After a crash some may be
 * there twice; their position tells. A letter that a broker might find too large is cut, so that it does not stop its
 * partition; it is whole in the table.
 */
import { ByteReader } from '../contracts/byteReader.ts';
import type { Store } from '../contracts/store.ts';
import type { TopicMessage, TopicWriter } from '../sources/kafka/topicWriter.ts';
import { insertingStore } from './insertingStore.ts';

/** Names of the headers that are added; those that the record came with follow. */
export const letterHeaders = {
  pipeline: 'millrace.pipeline',
  topic: 'millrace.topic',
  partition: 'millrace.partition',
  offset: 'millrace.offset',
  code: 'millrace.code',
  reason: 'millrace.reason',
  /** Bytes of the whole value; only where the letter was cut. */
  size: 'millrace.size',
} as const;

/** A message of a million bytes is taken by default: this leaves room for the headers that are added. */
const letterBytesMax = 950_000;
/** Key and headers that are larger are left out. */
const originBytesMax = 450_000;
/** What Kafka writes of a header besides name and content, bytes at most. */
const headerExtra = 10;

export function deadLetterTopicOf(topic: string): string {
  return `${topic}-dead-letters`;
}

/** The store, which sends dead letters to the topic before it takes them. */
export function withDeadLetterTopic(store: Store, writer: TopicWriter, topic: string): Store {
  return insertingStore(store, async (table, rows) => {
    if (table === 'dead_letters') await writer.deliver(lettersOf(rows, topic));
    await store.insert(table, rows);
  });
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
    const headers = Array.from({ length: count }, () => ({
      name: reader.text(),
      content: Buffer.from(reader.string()),
    }));
    const originBytes = headers.reduce(
      (sum, { name, content }) => sum + Buffer.byteLength(name) + content.length + headerExtra,
      key.length,
    );
    const hasOrigin = originBytes <= originBytesMax;
    const kept = value.subarray(0, letterBytesMax - (hasOrigin ? originBytes : 0));
    const isWhole = hasOrigin && kept.length === value.length;
    yield {
      topic: deadLetterTopicOf(topic),
      partition: null,
      value: kept,
      key: hasOrigin && key.length > 0 ? key : null,
      headers: [
        { [letterHeaders.pipeline]: pipeline },
        { [letterHeaders.topic]: topic },
        { [letterHeaders.partition]: `${partition}` },
        { [letterHeaders.offset]: `${offset}` },
        { [letterHeaders.code]: code },
        { [letterHeaders.reason]: reason },
        ...(isWhole ? [] : [{ [letterHeaders.size]: `${value.length}` }]),
        ...(hasOrigin ? headers.map(({ name, content }) => ({ [name]: content })) : []),
      ],
    };
  }
}
