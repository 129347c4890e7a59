/** The topic that the engine reads: how many partitions it has, and making it where it is absent. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../../contracts/errors.ts';
import { ask } from './ask.ts';
import { connect, disconnect } from './connect.ts';
import {
  codes,
  type KafkaConsumer,
  type KafkaError,
  type KafkaLibrary,
  type Metadata,
  type Producer,
  type Settings,
} from './library.ts';

export interface TopicOptions {
  readonly topic: string;
  /** For a new topic. */
  readonly partitions: number;
}

const requestMs = 10_000;
const replicasMax = 3;
/** Pause between two looks for a new topic, ms. */
const lookEveryMs = 100;

/** @throws EngineError TOPIC_ABSENT */
export async function partitionsOf(
  client: KafkaConsumer | Producer,
  topic: string,
): Promise<number> {
  const count = await countPartitions(client, topic);
  if (count > 0) return count;
  throw new EngineError(
    'TOPIC_ABSENT',
    `there is no topic ${topic}: make it, or start the engine with the role serving, which does`,
  );
}

/** @returns 0 when there is no such topic. @throws EngineError KAFKA_UNAVAILABLE when no broker answers */
export async function countTopicPartitions(
  library: KafkaLibrary,
  settings: Settings,
  topic: string,
): Promise<number> {
  const client = new library.Producer(settings);
  await connect(client);
  try {
    return await countPartitions(client, topic);
  } finally {
    await disconnect(client);
  }
}

/**
 * Makes the topic unless it is there: its broker stamps each message with the time at which it came.
 *
 * @param client connected
 * @returns the partitions that it has
 * @throws EngineError KAFKA_UNAVAILABLE when the brokers do not make it
 */
export async function ensureTopic(
  library: KafkaLibrary,
  settings: Settings,
  client: KafkaConsumer | Producer,
  { topic, partitions }: TopicOptions,
): Promise<number> {
  const present = await countPartitions(client, topic);
  if (present > 0) return present;
  const { brokers } = await metadataOf(client);
  const admin = library.AdminClient.create(settings);
  try {
    await ask((done) =>
      admin.createTopic(
        {
          topic,
          num_partitions: partitions,
          replication_factor: Math.min(replicasMax, brokers.length),
          config: { 'message.timestamp.type': 'LogAppendTime' },
        },
        requestMs,
        done,
      ),
    );
  } catch (error) {
    const { code, message } = error as KafkaError;
    if (code !== codes.topicExists) {
      const words = `the topic ${topic} cannot be made: ${message}`;
      throw new EngineError('KAFKA_UNAVAILABLE', words, { cause: error });
    }
  } finally {
    admin.disconnect();
  }
  return awaitTopic(client, topic);
}

/** A topic that was just made, here or by another process, is not known to every broker at once. */
async function awaitTopic(client: KafkaConsumer | Producer, topic: string): Promise<number> {
  for (let waitedMs = 0; waitedMs < requestMs; waitedMs += lookEveryMs) {
    const count = await countPartitions(client, topic);
    if (count > 0) return count;
    await sleep(lookEveryMs);
  }
  return partitionsOf(client, topic);
}

function metadataOf(client: KafkaConsumer | Producer): Promise<Metadata> {
  return ask((done) => client.getMetadata({ timeout: requestMs }, done));
}

/** 0 when there is no such topic. */
async function countPartitions(client: KafkaConsumer | Producer, topic: string): Promise<number> {
  const { topics } = await metadataOf(client);
  return topics.find(({ name }) => name === topic)?.partitions.length ?? 0;
}
