/** The records that a past result was counted from: in the event log, or in the archive where the log has let them go. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogReader } from '../contracts/chunk.ts';
import { EngineError } from '../contracts/errors.ts';
import { kafkaSettings, type Settings } from '../contracts/settings.ts';
import type { Store } from '../contracts/store.ts';
import { loadRegistry } from '../sources/kafka/formats/loadRegistry.ts';
import { openRecordFormats } from '../sources/kafka/formats/recordFormats.ts';
import { greetBrokers } from '../sources/kafka/greetBrokers.ts';
import { openKafkaLog } from '../sources/kafka/kafkaLog.ts';
import { loadKafka } from '../sources/kafka/loadKafka.ts';
import { openLogReader } from '../sources/log/logReader.ts';
import { storedPartitions } from '../sources/log/storedPartitions.ts';
import { createRenameChunk } from '../sources/pseudonyms/renameChunk.ts';
import { openArchivedLog } from './archivedLog.ts';
import { registryPlace } from './eventPlace.ts';
import { openPseudonyms } from './openPseudonyms.ts';
import { type PastLog, pastOfLog } from './pastLog.ts';

export const pastSources = ['auto', 'log', 'archive'] as const;
export type PastSource = (typeof pastSources)[number];

export interface PastLogOptions {
  readonly settings: Settings;
  readonly store: Store;
  readonly pipeline: string;
  /** The last offset that is needed, by partition. */
  readonly needed: ReadonlyMap<number, number>;
  readonly source: PastSource;
  /** Told what the client of Kafka complains about, and why the archive is read, a sentence each. */
  readonly say: (sentence: string) => void;
}

/** How long a group may take to get its partitions, ms. */
const assignedMs = 60_000;

export interface OpenPastLog extends PastLog {
  close(): Promise<void>;
}

/** @throws EngineError LOG_UNAVAILABLE when neither has what is needed; KAFKA_UNAVAILABLE, TOPIC_ABSENT and others of a log */
export async function openPastLog(options: PastLogOptions): Promise<OpenPastLog> {
  const { settings, store, pipeline, needed, source, say } = options;
  const archived: OpenPastLog = {
    ...openArchivedLog(store, pipeline),
    close: async () => {},
  };
  if (source === 'archive') return archived;
  const log = await openLog(settings, store, needed, say);
  const lack = log === undefined ? 'There is no event log here' : lackOf(log, needed);
  if (log !== undefined && lack === undefined) {
    return { ...pastOfLog(log), close: () => log.close() };
  }
  await log?.close();
  if (source === 'log') throw new EngineError('LOG_UNAVAILABLE', `${lack}.`);
  say(`${lack}: reading the archive.`);
  return { ...archived, read: (partition, end) => readArchived(archived, partition, end, lack!) };
}

/** The archive is not whole either: then what the log lacks is the news. */
async function* readArchived(archived: PastLog, partition: number, end: number, lack: string) {
  try {
    yield* archived.read(partition, end);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'LOG_UNAVAILABLE') throw error;
    throw new EngineError('LOG_UNAVAILABLE', `${lack}, and ${error.message}`, { cause: error });
  }
}

/** @returns a clause that says what is not there; undefined when all is */
function lackOf(log: LogReader, needed: ReadonlyMap<number, number>): string | undefined {
  for (const [partition, end] of needed) {
    if (partition >= log.partitions) return `The log has ${log.partitions} partitions only`;
    const [from, to] = [log.start(partition), log.end(partition)];
    if (from > 0) {
      const chunk = from < to ? log.read(partition, from) : undefined;
      const since = chunk === undefined ? '' : `, of ${new Date(chunk.receivedAt).toISOString()}`;
      return `Partition ${partition} of the log goes back to the offset ${from} only${since}`;
    }
    if (to < end)
      return `Partition ${partition} of the log ends at ${to}, before the offset ${end}`;
  }
  return undefined;
}

/** @returns undefined when there is none */
async function openLog(
  settings: Settings,
  store: Store,
  needed: ReadonlyMap<number, number>,
  say: (sentence: string) => void,
): Promise<LogReader | undefined> {
  if (settings.kafkaBrokers !== undefined) {
    return openTopic(settings, store, settings.kafkaBrokers, needed, say);
  }
  const directory = join(settings.data, 'log');
  const partitions = await storedPartitions(directory);
  if (partitions === undefined) return undefined;
  return openLogReader({ directory, partitions, mapSize: settings.logGiB * 2 ** 30 });
}

/** A group of its own, which remembers nothing: the engine's groups are not disturbed. */
async function openTopic(
  settings: Settings,
  store: Store,
  brokers: string,
  needed: ReadonlyMap<number, number>,
  say: (sentence: string) => void,
): Promise<LogReader> {
  const { topic, group } = settings;
  const library = loadKafka();
  const connection = kafkaSettings(brokers, process.env);
  const onProblem = (problem: string) => say(`Kafka: ${problem}`);
  await greetBrokers(library, connection, onProblem);
  const place = registryPlace(settings);
  const formats = place && openRecordFormats({ library: loadRegistry(), place, topic, onProblem });
  const keyed = await openPseudonyms({ settings, store, hasEvents: true, say: () => {} });
  const assigned = new Set<number>();
  const log = await openKafkaLog({
    ...{ library, settings: connection, topic, formats, onProblem },
    renaming: keyed && (() => createRenameChunk(keyed.pseudonyms)),
    group: `${group}-replay-${randomUUID()}`,
    onAssigned: (partition) => assigned.add(partition),
    onRevoked: async () => {},
  });
  const close = async () => {
    formats?.close();
    await log.close();
  };
  const deadline = performance.now() + assignedMs;
  while ([...needed.keys()].some((each) => each < log.partitions && !assigned.has(each))) {
    await sleep(20);
    if (performance.now() < deadline) continue;
    await close();
    throw new EngineError('KAFKA_UNAVAILABLE', `the topic ${topic} cannot be read as a group`);
  }
  return {
    partitions: log.partitions,
    read: (partition, offset) => log.read(partition, offset),
    start: (partition) => log.start(partition),
    end: (partition) => log.end(partition),
    arrival: (partition, ms) => log.arrival!(partition, ms),
    close,
  };
}
