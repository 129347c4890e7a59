/** Where the engine's events are kept: the embedded log of its data directory, or a Kafka topic. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { kafkaSettings, type Settings } from '../contracts/settings.ts';
import type { LogPlace } from '../pipelines/dataPlane.ts';
import type { KafkaPlace } from '../pipelines/groupMember.ts';
import type { DoorOptions } from '../sources/door/door.ts';
import { loadRegistry } from '../sources/kafka/formats/loadRegistry.ts';
import { openRecordFormats, type RecordFormats } from '../sources/kafka/formats/recordFormats.ts';
import type { RegistryPlace } from '../sources/kafka/formats/registryClient.ts';
import { greetBrokers } from '../sources/kafka/greetBrokers.ts';
import { openKafkaAppender } from '../sources/kafka/kafkaAppender.ts';
import type { KafkaLibrary } from '../sources/kafka/library.ts';
import { loadKafka } from '../sources/kafka/loadKafka.ts';
import { kafkaPartitionOf } from '../sources/kafka/murmur2.ts';
import { countTopicPartitions } from '../sources/kafka/topic.ts';
import { type EventLog, openEventLog } from '../sources/log/eventLog.ts';
import { storedPartitions } from '../sources/log/storedPartitions.ts';
import { readPem } from './certificates.ts';
import type { Intake } from './intake.ts';
import { createOriginalSender, type OriginalSender } from './originalSender.ts';

/** Where Kafka is, for those who ask it for more than events. */
export interface KafkaAccess {
  readonly library: KafkaLibrary;
  readonly place: KafkaPlace;
  /** Of the topic; 0 while it is absent. */
  readonly partitions: number;
}

export interface EventPlace {
  readonly forDataPlane: LogPlace;
  /** Undefined with the embedded log. */
  readonly kafka: KafkaAccess | undefined;
  /** How the door sorts events into partitions. */
  readonly door: DoorOptions;
  /** The embedded log; undefined on Kafka. */
  readonly log: EventLog | undefined;
  readonly append: Intake['append'];
  /** Sends records back to their partitions with key and headers; undefined in the embedded log, whose records have none. */
  readonly sendOriginals: OriginalSender['send'] | undefined;
  /** Reads records that a schema registry frames; undefined without one. */
  readonly formats: RecordFormats | undefined;
  close(): Promise<void>;
}

/** Share of the log's size that consumed events may keep; the rest is room for those that are not. */
const retainedShare = 0.75;
/** Partitions of a new topic: so many processes may share it, one day. */
const topicPartitionsDefault = 12;

/** One worker a processor, less one for ClickHouse. */
function workersDefault(): number {
  return Math.max(1, Math.min(16, availableParallelism() - 1));
}

/**
 * @param say told what the Kafka client complains about, a sentence each
 * @throws EngineError DATA_LOCKED, PARTITIONS_CHANGED, KAFKA_ABSENT, KAFKA_UNAVAILABLE, REGISTRY_ABSENT or
 * CONFIGURATION_INVALID
 */
export function openEventPlace(
  settings: Settings,
  say: (sentence: string) => void,
): Promise<EventPlace> {
  const { kafkaBrokers } = settings;
  return kafkaBrokers === undefined
    ? embeddedPlace(settings)
    : kafkaPlace(settings, kafkaBrokers, say);
}

async function embeddedPlace(settings: Settings): Promise<EventPlace> {
  const directory = join(settings.data, 'log');
  const partitions = settings.partitions ?? (await storedPartitions(directory)) ?? workersDefault();
  const mapSize = settings.logGiB * 2 ** 30;
  const retention = {
    ageMs: settings.retentionHours * 3_600_000,
    bytes: mapSize * retainedShare,
  };
  const log = await openEventLog({ directory, partitions, mapSize, retention });
  return {
    forDataPlane: { directory, partitions },
    kafka: undefined,
    door: { partitions },
    log,
    append: (slices, receivedAt) => log.append(slices, receivedAt),
    sendOriginals: undefined,
    formats: undefined,
    close: () => log.close(),
  };
}

/** @throws EngineError CONFIGURATION_INVALID for a file of authorities that will not do */
export function registryPlace(settings: Settings): RegistryPlace | undefined {
  const { schemaRegistryUrl: urls, schemaRegistryUser: user } = settings;
  const { schemaRegistryPassword: password, schemaRegistryToken: token } = settings;
  return urls && { urls, user, password, token, ca: readPem(settings, 'schemaRegistryCa') };
}

/** Who serves takes events, who controls writes changes of experiments: the others need no way into the topic. */
async function kafkaPlace(
  all: Settings,
  brokers: string,
  say: (sentence: string) => void,
): Promise<EventPlace> {
  const { roles, topic, group, processes, partitions } = all;
  const library = loadKafka();
  const settings = kafkaSettings(brokers, process.env);
  const onProblem = (problem: string) => say(`Kafka: ${problem}`);
  await greetBrokers(library, settings, onProblem);
  const registry = registryPlace(all);
  // Loaded by the workers as well; that it is absent is told here, once, and ends the start.
  const formats =
    registry && openRecordFormats({ library: loadRegistry(), place: registry, topic, onProblem });
  const originals = createOriginalSender({ library, settings, onProblem }, topic);
  const appender = roles.some((role) => role === 'serving' || role === 'control')
    ? await openKafkaAppender({
        library,
        settings,
        topic,
        partitions: partitions ?? topicPartitionsDefault,
        onProblem,
      })
    : undefined;
  const place = { settings, topic, groupPrefix: group, registry };
  const found = appender?.partitions ?? (await countTopicPartitions(library, settings, topic));
  return {
    forDataPlane: { kafka: place, processes: processes ?? workersDefault() },
    kafka: { library, place, partitions: found },
    door: {
      partitions: Math.max(1, found),
      choosePartition: kafkaPartitionOf,
      withKeys: true,
      partitionBy: 'id',
    },
    log: undefined,
    async append(slices) {
      if (appender === undefined)
        throw new TypeError('append: expected the role serving or control');
      await appender.append(slices);
    },
    sendOriginals: originals.send,
    formats,
    async close() {
      formats?.close();
      await originals.close();
      await appender?.close();
    },
  };
}
