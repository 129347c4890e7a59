/**
 * The way into a topic for events that came by HTTP or from a file: acknowledged when every replica in sync has them.
 *
 * A body of which only a part was delivered is refused as a whole; its producer sends it again, and what comes twice
 * counts once.
 */
import { EngineError } from '../../contracts/errors.ts';
import type { Slice } from '../door/slices.ts';
import { ensureTopic, type TopicOptions } from './topic.ts';
import { openTopicWriter, type TopicMessage, type TopicWriterOptions } from './topicWriter.ts';

export interface KafkaAppender {
  /** Of the topic. */
  readonly partitions: number;
  /**
   * @param slices with the key of each record
   * @throws EngineError OVERLOADED when too much waits, LOG_UNAVAILABLE when the brokers did not take it
   */
  append(slices: readonly Slice[]): Promise<void>;
  /** Waits for what is under way, 10 s at most. */
  close(): Promise<void>;
}

export interface KafkaAppenderOptions extends TopicOptions, TopicWriterOptions {}

/** Makes the topic when it is absent. @throws EngineError KAFKA_UNAVAILABLE when no broker answers */
export async function openKafkaAppender(options: KafkaAppenderOptions): Promise<KafkaAppender> {
  const { library, settings, topic } = options;
  const writer = await openTopicWriter(options);
  const partitions = await ensureTopic(library, settings, writer.producer, options);

  return {
    partitions,

    append: (slices) => asLog(() => writer.deliver(messagesOf(topic, slices))),

    close: () => writer.close(),
  };
}

/** For who sends events, the topic is the log. @throws EngineError LOG_UNAVAILABLE where `send` throws KAFKA_UNAVAILABLE */
export async function asLog(send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'KAFKA_UNAVAILABLE') throw error;
    throw new EngineError('LOG_UNAVAILABLE', error.message, { cause: error });
  }
}

function* messagesOf(topic: string, slices: readonly Slice[]): Generator<TopicMessage> {
  for (const { partition, bytes, ends, length, keys } of slices) {
    let start = 0;
    for (let i = 0; i < length; i += 1) {
      const end = ends[i]!;
      yield { topic, partition, value: bytes.subarray(start, end), key: keys?.[i] ?? null };
      start = end;
    }
  }
}
