/**
 * A consumer group's share of a topic as an event log. Which partitions are ours is the group's word; where each is read
 * from is the reader's: the position that it asks for is sought, whatever the group remembers.
 *
 * One `consume` is under way at a time, and positions change only between two of them, so no message of an old position
 * is ever taken for one of a new position. A partition whose records wait unread beyond a limit is paused.
 *
 * Runs in the main thread of a process, where alone the client works.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chunk, LogReader } from '../../contracts/chunk.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { RenameChunk } from '../pseudonyms/renameChunk.ts';
import { ask } from './ask.ts';
import { ChunkAssembler, type KafkaRecord } from './chunkAssembler.ts';
import { connect, disconnect, resign } from './connect.ts';
import type { RecordFormats } from './formats/recordFormats.ts';
import {
  codes,
  type KafkaConsumer,
  type KafkaError,
  type KafkaLibrary,
  type Message,
  type Settings,
  type TopicPartition,
  type Watermarks,
} from './library.ts';
import { PartitionQueue } from './partitionQueue.ts';
import { partitionsOf } from './topic.ts';

export interface KafkaLogOptions {
  readonly library: KafkaLibrary;
  /** `bootstrap.servers` and whatever security asks for, as librdkafka names it. */
  readonly settings: Settings;
  readonly topic: string;
  readonly group: string;
  /** Reads values that a schema registry frames; without it all values are taken as they come. */
  readonly formats?: RecordFormats | undefined;
  /** Makes what puts pseudonyms in the place of users, for a partition; without it they stay. */
  readonly renaming?: (() => RenameChunk) | undefined;
  /** The partition is ours and can be read. */
  onAssigned(partition: number): void;
  /**
   * The group takes partitions away; it waits for the result.
   *
   * @param lost others may own them already
   * @returns when nothing more will be written for them
   */
  onRevoked(partitions: readonly number[], lost: boolean): Promise<void>;
  /** Told what the client complains about; it goes on by itself. */
  onProblem(problem: string): void;
}

export interface KafkaLog extends LogReader {
  /** Tells the group how far the partition is, for those who watch its lag; recovery never asks for it. */
  commit(partition: number, offset: number): void;
  /** Why the partition gets no further at present; undefined when nothing holds it up here. */
  stalled(partition: number): string | undefined;
}

interface Share {
  readonly queue: PartitionQueue;
  readonly rename: RenameChunk;
  assembler: ChunkAssembler;
  /** Records from the first one on whose schema is still asked for; replaced when the position changes. */
  held: KafkaRecord[];
  /** Offset that the reader will ask for next; NaN before it has asked. */
  next: number;
  /** The position is to be sought before anything is taken. */
  isSeeking: boolean;
  isPaused: boolean;
  /** Oldest offset that the topic still has, and the one that its next record will get. */
  low: number;
  high: number;
  /** Called when something has come. */
  wake: (() => void) | undefined;
}

const requestMs = 10_000;
/** Messages taken in one call: more would keep the event loop for longer than some milliseconds. */
const messagesMax = 1_000;
/** How long a call waits for a first message: so long a new position may wait as well, ms. */
const consumeMs = 20;
/** Bytes that wait unread, beyond which a partition is paused, and below which it goes on. */
const unreadMax = 8 * 2 ** 20;
const unreadMin = 2 * 2 ** 20;
const watermarksEveryMs = 1_000;
const asItCame: RenameChunk = (chunk) => chunk;
/** `OFFSET_BEGINNING` of librdkafka: a placeholder, nothing is read from it. */
const beginning = -2;

const consumerSettings: Settings = {
  'enable.auto.commit': false,
  'partition.assignment.strategy': 'cooperative-sticky',
  'fetch.queue.backoff.ms': 10,
  'fetch.wait.max.ms': 50,
  'queued.min.messages': 10_000,
};

/** @throws EngineError KAFKA_UNAVAILABLE when no broker answers, TOPIC_ABSENT when there is no such topic */
export async function openKafkaLog(options: KafkaLogOptions): Promise<KafkaLog> {
  const log = new GroupLog(options);
  await log.open();
  return log;
}

/** What is not yet a whole chunk: taken only when there is nothing else, because large chunks cost less a record. */
function takeRest({ assembler, queue, rename }: Share, offset: number): Chunk | undefined {
  const rest = assembler.flush();
  if (rest === undefined) return undefined;
  queue.push(rename(rest));
  return queue.take(offset);
}

function add(share: Share, record: KafkaRecord): void {
  const closed = share.assembler.add(record);
  if (closed !== undefined) share.queue.push(share.rename(closed));
}

function wake(share: Share): void {
  share.wake?.();
  share.wake = undefined;
}

class GroupLog implements KafkaLog {
  partitions = 0;
  readonly #options: KafkaLogOptions;
  readonly #consumer: KafkaConsumer;
  readonly #shares = new Map<number, Share>();
  #closing = false;
  #consuming: Promise<void> = Promise.resolve();
  #watermarksAt = 0;
  #isWatching = false;

  constructor(options: KafkaLogOptions) {
    this.#options = options;
    const { library, settings, group } = options;
    this.#consumer = new library.KafkaConsumer(
      {
        ...consumerSettings,
        ...settings,
        'group.id': group,
        rebalance_cb: (error, places) => this.#answering(() => this.#rebalance(error, places)),
      },
      { 'auto.offset.reset': 'error' },
    );
    this.#consumer.on('event.error', ({ message }) => options.onProblem(message));
  }

  async open(): Promise<void> {
    const consumer = this.#consumer;
    const { topic } = this.#options;
    await connect(consumer);
    this.partitions = await partitionsOf(consumer, topic);
    consumer.setDefaultConsumeTimeout(consumeMs);
    consumer.setDefaultIsTimeoutOnlyForFirstMessage(true);
    consumer.subscribe([topic]);
    this.#consuming = this.#consume();
  }

  read(partition: number, offset: number): Chunk | undefined {
    const share = this.#shares.get(partition);
    if (share === undefined) return undefined;
    if (offset < share.low) {
      throw new EngineError(
        'LOG_UNAVAILABLE',
        `partition ${partition}: the topic begins at ${share.low}, and the pipeline has read up to ${offset}: ` +
          'its retention has removed what was not processed yet',
      );
    }
    if (share.next !== offset) {
      share.next = offset;
      share.isSeeking = true;
      this.#forget(share, partition);
      return undefined;
    }
    const chunk = share.queue.take(offset) ?? takeRest(share, offset);
    if (chunk !== undefined) share.next = chunk.firstOffset + chunk.length;
    return chunk;
  }

  arrival(partition: number, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const share = this.#shares.get(partition);
      const timer = setTimeout(resolve, ms);
      if (share === undefined) return;
      share.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  end(partition: number): number {
    return this.#shares.get(partition)?.high ?? 0;
  }

  start(partition: number): number {
    return this.#shares.get(partition)?.low ?? 0;
  }

  commit(partition: number, offset: number): void {
    if (!this.#shares.has(partition)) return;
    const position = { topic: this.#options.topic, partition, offset };
    this.#consumer.commitCb([position], () => undefined);
  }

  stalled(partition: number): string | undefined {
    const share = this.#shares.get(partition);
    return share === undefined || share.held.length === 0
      ? undefined
      : this.#options.formats?.problem;
  }

  /** Gives the partitions back to the group. */
  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    await this.#consuming;
    await disconnect(this.#consumer);
  }

  #place(partition: number): TopicPartition {
    return { topic: this.#options.topic, partition };
  }

  #forget(share: Share, partition: number): void {
    share.queue.clear();
    share.assembler = new ChunkAssembler(partition);
    share.held = [];
  }

  async #consume(): Promise<void> {
    while (!this.#closing) {
      try {
        await this.#settlePositions();
        const messages = await ask<Message[]>((done) => this.#consumer.consume(messagesMax, done));
        this.#take(messages);
      } catch (error) {
        const { code, message } = error as KafkaError;
        // It names no partition: the reader whose position is gone is told by the watermarks.
        if (code === codes.positionLost) this.#watermarksAt = 0;
        else this.#options.onProblem(message);
        await sleep(100);
      }
    }
  }

  /** Seeks what was asked for, pauses what is full and resumes what is not, and looks where the topic begins and ends. */
  async #settlePositions(): Promise<void> {
    for (const [partition, share] of this.#shares) {
      const place = this.#place(partition);
      if (share.isSeeking) {
        const { next } = share;
        await ask((done) => this.#consumer.seek({ ...place, offset: next }, requestMs, done));
        if (share.next === next) share.isSeeking = false;
      }
      const isFull = share.queue.bytes > (share.isPaused ? unreadMin : unreadMax);
      const rests = isFull || share.held.length > 0 || Number.isNaN(share.next);
      if (rests === share.isPaused) continue;
      if (rests) this.#consumer.pause([place]);
      else this.#consumer.resume([place]);
      share.isPaused = rests;
    }
    if (this.#isWatching || performance.now() - this.#watermarksAt < watermarksEveryMs) return;
    this.#watermarksAt = performance.now();
    // Not waited for: a broker that is slow to answer must not hold up the messages.
    void this.#readAllWatermarks();
  }

  /** One after the other: each question keeps a thread until it is answered, and there are four, for messages as well. */
  async #readAllWatermarks(): Promise<void> {
    this.#isWatching = true;
    for (const [partition, share] of [...this.#shares]) {
      await this.#readWatermarks(partition, share).catch(() => undefined);
    }
    this.#isWatching = false;
  }

  async #readWatermarks(partition: number, share: Share): Promise<void> {
    const { topic } = this.#options;
    const { lowOffset, highOffset } = await ask<Watermarks>((done) =>
      this.#consumer.queryWatermarkOffsets(topic, partition, requestMs, done),
    );
    share.low = lowOffset;
    share.high = Math.max(share.high, highOffset);
  }

  #take(messages: readonly Message[]): void {
    const touched = new Set<Share>();
    for (const { partition, offset, timestamp, value, key, headers } of messages) {
      const share = this.#shares.get(partition);
      if (share === undefined || share.isSeeking || !(offset >= share.next)) continue;
      const pairs = headers?.flatMap((header) => Object.entries(header)) ?? [];
      const record = { offset, timestamp, value, key: key ?? null, headers: pairs };
      this.#put(share, record);
      share.high = Math.max(share.high, offset + 1);
      touched.add(share);
    }
    for (const share of touched) wake(share);
  }

  /** Behind a record that is held, all are: the order stays. */
  #put(share: Share, record: KafkaRecord): void {
    const { formats } = this.#options;
    if (formats === undefined) {
      add(share, record);
      return;
    }
    const read = share.held.length > 0 ? undefined : formats.read(record);
    if (read !== undefined) {
      add(share, read);
      return;
    }
    share.held.push(record);
    // All are asked for at once.
    void formats.ready(record);
    if (share.held.length === 1) void this.#putHeld(share, formats);
  }

  /** Puts what is held as its schemas become known. */
  async #putHeld(share: Share, formats: RecordFormats): Promise<void> {
    const { held } = share;
    let count = 0;
    while (count < held.length) {
      const isOpen = await formats.ready(held[count]!);
      // Closed, or the reader wants another position.
      if (!isOpen || share.held !== held) return;
      for (; count < held.length; count += 1) {
        const read = formats.read(held[count]!);
        if (read === undefined) break;
        add(share, read);
      }
      wake(share);
    }
    share.held = [];
  }

  #answering(answer: () => void): void {
    try {
      answer();
    } catch (error) {
      if (this.#closing) resign(this.#consumer);
      else this.#options.onProblem((error as Error).message);
    }
  }

  #rebalance({ code, message }: KafkaError, places: readonly TopicPartition[]): void {
    const partitions = places.map(({ partition }) => partition);
    if (code === codes.assign) {
      // Paused in the same turn: nothing comes before the reader has said where it stands.
      this.#consumer.incrementalAssign(places.map((place) => ({ ...place, offset: beginning })));
      if (places.length > 0) this.#consumer.pause(places);
      for (const partition of partitions) void this.#begin(partition);
    } else if (code === codes.revoke) {
      void this.#release(places, partitions, this.#consumer.assignmentLost());
    } else this.#options.onProblem(message);
  }

  async #begin(partition: number): Promise<void> {
    const share: Share = {
      queue: new PartitionQueue(),
      rename: this.#options.renaming?.() ?? asItCame,
      assembler: new ChunkAssembler(partition),
      held: [],
      next: Number.NaN,
      isSeeking: false,
      isPaused: true,
      low: 0,
      high: 0,
      wake: undefined,
    };
    this.#shares.set(partition, share);
    while (this.#shares.get(partition) === share) {
      try {
        await this.#readWatermarks(partition, share);
        break;
      } catch (error) {
        this.#options.onProblem((error as Error).message);
        await sleep(500);
      }
    }
    if (this.#shares.get(partition) === share) this.#options.onAssigned(partition);
  }

  async #release(
    places: readonly TopicPartition[],
    partitions: readonly number[],
    lost: boolean,
  ): Promise<void> {
    try {
      await this.#options.onRevoked(partitions, lost);
    } finally {
      for (const partition of partitions) this.#shares.delete(partition);
      this.#answering(() => this.#consumer.incrementalUnassign(places));
    }
  }
}
