/** Writes messages to topics, and tells when every replica in sync has them. */
import { EngineError } from '../../contracts/errors.ts';
import { ask } from './ask.ts';
import { connect, disconnect } from './connect.ts';
import {
  codes,
  type KafkaError,
  type KafkaLibrary,
  type Producer,
  type Settings,
} from './library.ts';

export interface TopicMessage {
  readonly topic: string;
  /** null: as the key says. */
  readonly partition: number | null;
  readonly value: Uint8Array;
  readonly key: Uint8Array | null;
  readonly headers?: readonly Readonly<Record<string, string | Buffer>>[];
}

export interface TopicWriter {
  readonly producer: Producer;
  /**
   * Resolves when all are delivered; when some are not, the others may be.
   *
   * @throws EngineError OVERLOADED when too much waits, KAFKA_UNAVAILABLE when the brokers did not take a message
   */
  deliver(messages: Iterable<TopicMessage>): Promise<void>;
  /** Waits for what is under way, 10 s at most. */
  close(): Promise<void>;
}

export interface TopicWriterOptions {
  readonly library: KafkaLibrary;
  readonly settings: Settings;
  /** Told what the client complains about; it goes on by itself. */
  onProblem(problem: string): void;
}

/** Messages that were handed over together, until the last is reported. */
interface Delivery {
  waiting: number;
  problem: string | undefined;
  readonly settle: () => void;
}

const flushMs = 10_000;
/** Reports are asked for so often, ms: what an acknowledgement waits at most beside the brokers. */
const pollMs = 2;

/** What an acknowledgement promises: no setting takes it back. */
const durable: Settings = { acks: 'all', 'enable.idempotence': true };

const producerSettings: Settings = {
  'linger.ms': 5,
  'message.timeout.ms': 30_000,
  partitioner: 'murmur2_random',
  'queue.buffering.max.messages': 500_000,
  'queue.buffering.max.kbytes': 262_144,
  dr_cb: true,
};

/** @throws EngineError KAFKA_UNAVAILABLE when no broker answers */
export async function openTopicWriter(options: TopicWriterOptions): Promise<TopicWriter> {
  const { library, settings, onProblem } = options;
  const producer = new library.Producer({ ...producerSettings, ...settings, ...durable });
  producer.on('event.error', ({ message }) => onProblem(message));
  await connect(producer);
  producer.setPollInterval(pollMs);
  producer.on('delivery-report', (error, { opaque }) => report(opaque as Delivery, error?.message));

  function report(delivery: Delivery, problem?: string): void {
    delivery.problem ??= problem;
    delivery.waiting -= 1;
    if (delivery.waiting === 0) delivery.settle();
  }

  /** @returns what kept a message from being queued; none is queued after it */
  function queue(messages: Iterable<TopicMessage>, delivery: Delivery): KafkaError | undefined {
    for (const { topic, partition, value, key, headers } of messages) {
      const bytes = Buffer.from(value);
      const keyBytes = key === null ? null : Buffer.from(key);
      try {
        producer.produce(topic, partition, bytes, keyBytes, null, delivery, headers ?? []);
      } catch (error) {
        return error as KafkaError;
      }
      delivery.waiting += 1;
    }
    return undefined;
  }

  return {
    producer,

    async deliver(messages) {
      let settle = () => {};
      const settled = new Promise<void>((resolve) => {
        settle = resolve;
      });
      // One more than there are messages, so that nothing settles before all are queued.
      const delivery: Delivery = { waiting: 1, problem: undefined, settle };
      const refusal = queue(messages, delivery);
      report(delivery);
      await settled;
      if (refusal?.code === codes.queueFull) {
        const detail =
          'the topic takes messages more slowly than they come; send again a little later';
        throw new EngineError('OVERLOADED', detail, { cause: refusal });
      }
      const problem = refusal?.message ?? delivery.problem;
      if (problem === undefined) return;
      throw new EngineError('KAFKA_UNAVAILABLE', `the brokers did not take a message: ${problem}`);
    },

    async close() {
      await ask((done) => producer.flush(flushMs, done)).catch(() => undefined);
      await disconnect(producer);
    },
  };
}
