/**
 * What the brokers know of a topic that other processes read: where it ends, and which partitions somebody has. Asked
 * once a second, so that whoever wants to know need not wait.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.ts';
import {
  type GroupDescription,
  groupStates,
  type KafkaLibrary,
  type Settings,
  type TopicPartitionOffset,
} from './library.ts';

export interface TopicWatchOptions {
  readonly library: KafkaLibrary;
  readonly settings: Settings;
  readonly topic: string;
  /** Of the topic. */
  readonly partitions: number;
  /** Groups that read it. */
  readonly groups: readonly string[];
  /** Called after each answer. */
  onAnswer(): void;
}

export interface TopicWatch {
  /** Offset that the next record of each partition will get; undefined before the first answer. */
  ends(): readonly number[] | undefined;
  /**
   * Partitions that a member of the group has, as of the last time that the group had settled; undefined while that is not
   * known. A member that died has its partitions until its session is over.
   */
  owned(group: string): ReadonlySet<number> | undefined;
  close(): Promise<void>;
}

const everyMs = 1_000;
const request = { timeout: 5_000 };
const latest = { timestamp: -1 };

export function watchTopic(options: TopicWatchOptions): TopicWatch {
  const { library, settings, topic, partitions, groups, onAnswer } = options;
  // Silent: that brokers are absent is told by those who need them.
  const admin = library.AdminClient.create({ log_level: 0, ...settings });
  const places = Array.from({ length: partitions }, (_, partition) => ({
    topic,
    partition,
    offset: latest,
  }));
  const closing = new AbortController();
  let ends: readonly number[] | undefined;
  const owned = new Map<string, ReadonlySet<number>>();

  async function readEnds(): Promise<void> {
    const found = await ask<TopicPartitionOffset[]>((done) =>
      admin.listOffsets(places, request, done),
    );
    const read = Array.from({ length: partitions }, (_, partition) => ends?.[partition] ?? 0);
    // An end never goes back: what a broker that is behind says is left aside.
    for (const { partition, offset } of found) {
      read[partition] = Math.max(read[partition]!, offset);
    }
    ends = read;
  }

  async function readOwners(): Promise<void> {
    const answer = await ask<{ groups: readonly GroupDescription[] }>((done) =>
      admin.describeGroups(groups, request, done),
    );
    for (const group of answer.groups) {
      if (isSettled(group)) owned.set(group.groupId, ownedPartitions(group, topic));
    }
  }

  async function keepAsking(): Promise<void> {
    while (!closing.signal.aborted) {
      // What is not answered stays as it was.
      await readEnds().catch(() => undefined);
      await readOwners().catch(() => undefined);
      if (!closing.signal.aborted) onAnswer();
      await sleep(everyMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }
  const asking = keepAsking();

  return {
    ends: () => ends,
    owned: (group) => owned.get(group),
    async close() {
      closing.abort();
      await asking;
      admin.disconnect();
    },
  };
}

function isSettled({ state, error }: GroupDescription): boolean {
  if (error != null) return false;
  return state === groupStates.stable || state === groupStates.dead || state === groupStates.empty;
}

function ownedPartitions({ members }: GroupDescription, topic: string): ReadonlySet<number> {
  return new Set(
    members
      .flatMap(({ assignment }) => assignment.topicPartitions)
      .filter((place) => place.topic === topic)
      .map(({ partition }) => partition),
  );
}
