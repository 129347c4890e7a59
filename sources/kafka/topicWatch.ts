/**
 * Where a topic ends that other processes read, and how many partitions it has. Asked once a second, so that whoever
 * wants to know need not wait.
 *
 * Which partitions a group has given to whom is not asked: `describeGroups` of the client ends the process when its
 * answer is late, and `listOffsets` does not find the new leader of a partition.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.ts';
import { connect, disconnect } from './connect.ts';
import type { KafkaLibrary, Settings, Watermarks } from './library.ts';
import { partitionsOf } from './topic.ts';

export interface TopicWatchOptions {
  readonly library: KafkaLibrary;
  readonly settings: Settings;
  readonly topic: string;
  /** Told after each round what is known: the offset that the next record of each partition will get. */
  onEnds(ends: readonly number[]): void;
}

export interface TopicWatch {
  close(): Promise<void>;
}

const everyMs = 1_000;
const requestMs = 5_000;
/** Metadata are of the whole cluster, and partitions are seldom added: asked for in one round of so many. */
const countEveryRounds = 10;

/** @throws EngineError KAFKA_UNAVAILABLE or TOPIC_ABSENT */
export async function watchTopic(options: TopicWatchOptions): Promise<TopicWatch> {
  const { library, settings, topic, onEnds } = options;
  const client = new library.Producer(settings);
  await connect(client);
  const ends: number[] = [];
  const closing = new AbortController();
  const { signal } = closing;

  async function extend(): Promise<void> {
    const partitions = await partitionsOf(client, topic);
    while (ends.length < partitions) ends.push(0);
  }

  async function readEnds(): Promise<void> {
    for (let partition = 0; partition < ends.length && !signal.aborted; partition += 1) {
      const { highOffset } = await ask<Watermarks>((done) =>
        client.queryWatermarkOffsets(topic, partition, requestMs, done),
      );
      ends[partition] = Math.max(ends[partition]!, highOffset);
    }
  }

  async function keepAsking(): Promise<void> {
    for (let round = 1; !signal.aborted; round += 1) {
      try {
        if (round % countEveryRounds === 0) await extend();
        await readEnds();
        onEnds(ends);
      } catch {
        // What is not answered stays as it was; that brokers are absent is told by those who need them.
      }
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  try {
    await extend();
  } catch (error) {
    await disconnect(client);
    throw error;
  }
  const asking = keepAsking();

  return {
    async close() {
      closing.abort();
      await asking;
      await disconnect(client);
    },
  };
}
