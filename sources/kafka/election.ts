/**
 * One of several processes, chosen by a consumer group: the group gives the one partition of a topic, in which nothing is
 * ever written, to exactly one of its members (decision 12).
 *
 * Who dies is followed by another when its session is over, who leaves at once. Runs in the main thread of a process.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.ts';
import { connect, disconnect, resign } from './connect.ts';
import {
  codes,
  type KafkaError,
  type KafkaLibrary,
  type Message,
  type Settings,
  type TopicPartition,
} from './library.ts';
import { ensureTopic } from './topic.ts';

export interface ElectionOptions {
  readonly library: KafkaLibrary;
  readonly settings: Settings;
  /** Of one partition; made when it is absent. */
  readonly topic: string;
  readonly group: string;
  onElected(): void;
  /** Another may be chosen as soon as it returns; after a loss, one may have been chosen already. */
  onDeposed(): void;
  /** Told what the client complains about; it goes on by itself. */
  onProblem(problem: string): void;
}

export interface Candidate {
  readonly isElected: boolean;
  /** Steps down, and leaves. */
  close(): Promise<void>;
}

/** How long a call waits for the news of the group, and the pause before the next one: the call keeps a thread. */
const listenMs = 20;
const pauseMs = 200;
/** `OFFSET_END` of librdkafka. */
const end = -1;

/** @throws EngineError KAFKA_UNAVAILABLE when no broker answers */
export async function standForElection(options: ElectionOptions): Promise<Candidate> {
  const { library, settings, topic, group, onProblem } = options;
  let isElected = false;
  let isClosing = false;

  const consumer = new library.KafkaConsumer(
    {
      'enable.auto.commit': false,
      'partition.assignment.strategy': 'cooperative-sticky',
      ...settings,
      'group.id': group,
      rebalance_cb: (change, places) => {
        try {
          answer(change, places);
        } catch (error) {
          if (isClosing) resign(consumer);
          else onProblem((error as KafkaError).message);
        }
      },
    },
    { 'auto.offset.reset': 'latest' },
  );
  consumer.on('event.error', ({ message }) => onProblem(message));

  function answer({ code, message }: KafkaError, places: readonly TopicPartition[]): void {
    if (code === codes.assign) {
      consumer.incrementalAssign(places.map((place) => ({ ...place, offset: end })));
      if (places.length > 0) elect();
    } else if (code === codes.revoke) {
      if (places.length > 0) depose();
      consumer.incrementalUnassign(places);
    } else onProblem(message);
  }

  function elect(): void {
    if (isElected || isClosing) return;
    isElected = true;
    options.onElected();
  }

  function depose(): void {
    if (!isElected) return;
    isElected = false;
    options.onDeposed();
  }

  await connect(consumer);
  await ensureTopic(library, settings, consumer, { topic, partitions: 1 });
  consumer.setDefaultConsumeTimeout(listenMs);
  consumer.subscribe([topic]);

  async function listen(): Promise<void> {
    while (!isClosing) {
      try {
        await ask<Message[]>((done) => consumer.consume(1, done));
      } catch (error) {
        onProblem((error as KafkaError).message);
      }
      await sleep(pauseMs);
    }
  }
  const listening = listen();

  return {
    get isElected() {
      return isElected;
    },
    async close() {
      if (isClosing) return;
      isClosing = true;
      await listening;
      depose();
      await disconnect(consumer);
    },
  };
}
