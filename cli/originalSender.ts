/** Sends records of a topic back to it as they came: to the same partition, with key and headers. */
import type { StoredLetter } from '../contracts/storedLetter.ts';
import { asLog } from '../sources/kafka/kafkaAppender.ts';
import {
  openTopicWriter,
  type TopicMessage,
  type TopicWriter,
  type TopicWriterOptions,
} from '../sources/kafka/topicWriter.ts';

export interface OriginalSender {
  /** @throws EngineError OVERLOADED or LOG_UNAVAILABLE: then some may have been sent */
  send(letters: readonly StoredLetter[]): Promise<void>;
  close(): Promise<void>;
}

/** Connects when something is sent for the first time. */
export function createOriginalSender(options: TopicWriterOptions, topic: string): OriginalSender {
  let opening: Promise<TopicWriter> | undefined;

  function open(): Promise<TopicWriter> {
    opening ??= openTopicWriter(options).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  return {
    async send(letters) {
      await asLog(async () => {
        const writer = await open();
        await writer.deliver(letters.map((letter) => messageOf(letter, topic)));
      });
    },

    async close() {
      const writer = await opening?.catch(() => undefined);
      await writer?.close();
    },
  };
}

function messageOf({ partition, bytes, key, headers }: StoredLetter, topic: string): TopicMessage {
  return {
    topic,
    partition,
    value: bytes,
    key,
    headers: headers.map(([name, value]) => ({ [name]: Buffer.from(value) })),
  };
}
