/**
 * The part of `@confluentinc/kafka-javascript` that the engine uses, as types.
 *
 * Written down here because the package is not installed where Kafka is not used, and its own types lack some of this.
 * Rules that the types cannot say:
 *
 * - It works in the main thread of a process only: a second thread cannot load it, and callbacks that belong to a
 *   worker crash the process.
 * - A process does not end by itself while a client is connected. `disconnect` calls `rebalance_cb` once more, to
 *   revoke, and waits for the answer; a process that exits instead of answering hangs.
 */

/** Names as in librdkafka's CONFIGURATION.md. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

export interface KafkaError extends Error {
  /** librdkafka's own are negative, the broker's positive; see `codes`. */
  readonly code: number;
}

/** `error` is null or undefined when the call succeeded. */
export type Callback<Result = void> = (
  error: KafkaError | null | undefined,
  result: Result,
) => void;

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface TopicPartitionOffset extends TopicPartition {
  /** Exact up to 2^53. Negative values are librdkafka's symbols. */
  readonly offset: number;
}

export interface Message extends TopicPartitionOffset {
  /** null also for an empty value. A copy that belongs to the receiver. */
  readonly value: Buffer | null;
  readonly key?: Buffer | null;
  /** By its producer or by the broker, as the topic says; ms since 1970, -1 when absent. */
  readonly timestamp: number;
  /** One object with one property for each header, in order; absent when there are none. */
  readonly headers?: readonly Readonly<Record<string, Buffer>>[];
  /** Length of the value, bytes. */
  readonly size: number;
}

export interface DeliveryReport extends TopicPartitionOffset {
  readonly opaque?: unknown;
}

export interface Metadata {
  readonly brokers: readonly {
    readonly id: number;
    readonly host: string;
    readonly port: number;
  }[];
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly id: number; readonly leader: number }[];
  }[];
}

export interface Watermarks {
  /** Of the first message that is still there. */
  readonly lowOffset: number;
  /** Of the next message that will be written. */
  readonly highOffset: number;
}

export interface LogLine {
  /** As of syslog: 3 is an error, 7 is for debugging. */
  readonly severity: number;
  /** What it is about: `FAIL` of a connection, `SSL`, `CONFWARN` … */
  readonly fac: string;
  readonly message: string;
}

interface Client {
  connect(options: { readonly timeout?: number }, done: Callback<Metadata>): this;
  disconnect(done?: Callback<unknown>): this;
  isConnected(): boolean;
  /** Of all topics of the cluster. */
  getMetadata(options: { readonly timeout?: number }, done: Callback<Metadata>): void;
  queryWatermarkOffsets(
    topic: string,
    partition: number,
    timeoutMs: number,
    done: Callback<Watermarks>,
  ): void;
  on(event: 'event.error', listener: (error: KafkaError) => void): this;
  /** The only way to hear, before the client is connected, why it is not. */
  on(event: 'event.log', listener: (line: LogLine) => void): this;
  off(event: 'event.log', listener: (line: LogLine) => void): this;
}

/**
 * Called when the group gives (`codes.assign`) or takes (`codes.revoke`) partitions, also none at all.
 *
 * From this call until `incrementalAssign` or `incrementalUnassign` answers it, no message of any partition of this
 * consumer is delivered and the group waits. The answer may come later, but before `max.poll.interval.ms` is over.
 */
export type RebalanceCallback = (error: KafkaError, partitions: readonly TopicPartition[]) => void;

export interface KafkaConsumer extends Client {
  subscribe(topics: readonly string[]): this;
  assign(partitions: readonly TopicPartitionOffset[]): this;
  unassign(): this;
  incrementalAssign(partitions: readonly TopicPartitionOffset[]): this;
  incrementalUnassign(partitions: readonly TopicPartition[]): this;
  /** @throws KafkaError while the consumer is being disconnected */
  assignments(): TopicPartition[];
  /** In the callback of a revocation: others may own the partitions already. */
  assignmentLost(): boolean;
  pause(partitions: readonly TopicPartition[]): void;
  resume(partitions: readonly TopicPartition[]): void;
  /** Of an assigned partition, paused or not. */
  seek(position: TopicPartitionOffset, timeoutMs: number, done: Callback): this;
  /** How long `consume` waits, ms. */
  setDefaultConsumeTimeout(timeoutMs: number): void;
  /** When true, `consume` waits for the first message only, and takes of the others what is there. */
  setDefaultIsTimeoutOnlyForFirstMessage(onlyForFirst: boolean): void;
  /**
   * Up to `count` messages. An error names no partition, and one that comes behind messages of the same call is lost:
   * ask `queryWatermarkOffsets` whether a position is still there.
   */
  consume(count: number, done: Callback<Message[]>): void;
  commitCb(positions: readonly TopicPartitionOffset[], done: Callback): this;
  committed(
    partitions: readonly TopicPartition[],
    timeoutMs: number,
    done: Callback<TopicPartitionOffset[]>,
  ): this;
}

export interface Producer extends Client {
  /**
   * Takes the message into the queue; delivery is reported while `poll` is called, and only then does the queue empty.
   *
   * @throws KafkaError with `codes.queueFull`
   */
  produce(
    topic: string,
    partition: number | null,
    value: Buffer | null,
    key?: Buffer | string | null,
    timestamp?: number | null,
    opaque?: unknown,
    headers?: readonly Readonly<Record<string, string | Buffer>>[],
  ): void;
  poll(): this;
  /** Calls `poll` at this interval, ms. */
  setPollInterval(intervalMs: number): this;
  flush(timeoutMs: number, done: Callback): this;
  on(event: 'event.error', listener: (error: KafkaError) => void): this;
  /** With the setting `dr_cb: true`. */
  on(
    event: 'delivery-report',
    listener: (error: KafkaError | null, report: DeliveryReport) => void,
  ): this;
  on(event: 'event.log', listener: (line: LogLine) => void): this;
}

export interface NewTopic {
  readonly topic: string;
  readonly num_partitions: number;
  readonly replication_factor: number;
  readonly config?: Readonly<Record<string, string>>;
}

export interface AdminClient {
  createTopic(topic: NewTopic, timeoutMs: number, done: Callback): void;
  /** @param total partitions afterwards: more than there are */
  createPartitions(topic: string, total: number, timeoutMs: number, done: Callback): void;
  listTopics(options: { readonly timeout: number }, done: Callback<string[]>): void;
  /** Removes what lies before the offsets. */
  deleteRecords(
    before: readonly TopicPartitionOffset[],
    options: { readonly timeout: number },
    done: Callback<unknown>,
  ): void;
  disconnect(): void;
}

export interface KafkaLibrary {
  readonly KafkaConsumer: new (
    settings: Readonly<Record<string, string | number | boolean | RebalanceCallback>>,
    topicSettings: Settings,
  ) => KafkaConsumer;
  readonly Producer: new (settings: Settings) => Producer;
  readonly AdminClient: { create(settings: Settings): AdminClient };
  readonly librdkafkaVersion: string;
}

/** Of errors and rebalances. */
export const codes = {
  assign: -175,
  revoke: -174,
  queueFull: -184,
  /** The position is not in the log, and `auto.offset.reset` is `error`. */
  positionLost: -140,
  topicExists: 36,
} as const;
