/** What a data-plane process on Kafka does: it is a member of the group of each pipeline. */
import type { Store } from '../contracts/store.ts';
import type { ArtifactAccess } from '../sinks/artifacts/artifactAccess.ts';
import { createStore, type StoreOptions } from '../sinks/clickhouse/store.ts';
import { loadRegistry } from '../sources/kafka/formats/loadRegistry.ts';
import { openRecordFormats } from '../sources/kafka/formats/recordFormats.ts';
import { loadKafka } from '../sources/kafka/loadKafka.ts';
import { ensureTopic } from '../sources/kafka/topic.ts';
import { openTopicWriter } from '../sources/kafka/topicWriter.ts';
import { createPseudonyms } from '../sources/pseudonyms/createPseudonyms.ts';
import type { CommitHooks } from './commit.ts';
import { deadLetterTopicOf, withDeadLetterTopic } from './deadLetterTopic.ts';
import { type KafkaPlace, runGroupMember } from './groupMember.ts';
import { pipelineNamed } from './registry.ts';
import type { EpochLimits } from './runPartition.ts';
import { openSurroundings } from './surroundings.ts';
import type { WorkerCommand, WorkerMessage } from './worker.ts';

export interface MemberTask {
  readonly pipelines: readonly string[];
  readonly limits: EpochLimits;
  readonly kafka: KafkaPlace;
  readonly clickhouse: StoreOptions;
  /** Key of the pseudonyms under which users are known; absent: there are none. */
  readonly pseudonymKey?: readonly number[];
  /** Where files of versions lie; absent: none predicts. */
  readonly artifacts?: ArtifactAccess;
}

type FromParent = Exclude<WorkerCommand, 'end'> | { readonly data: MemberTask };

export interface MemberOptions {
  readonly hooks?: CommitHooks;
  /** What the partitions get instead of the store; for benchmarks. */
  readonly wrap?: (store: Store) => Store;
}

/** Runs until the parent says 'stop'; commits what is under way, leaves the groups and ends. */
export async function runMember({
  hooks = {},
  wrap = (store) => store,
}: MemberOptions = {}): Promise<void> {
  // Whoever started it is gone: nobody would tell it to end. Not by `exit`, which the Kafka client may hold up.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // A terminal's interrupt reaches the whole group: the parent decides.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  const stop = new AbortController();
  const task = new Promise<MemberTask>((resolve) => {
    process.on('message', (message: FromParent) => {
      if (message === 'stop') stop.abort();
      else if ('data' in message) resolve(message.data);
    });
  });
  const send = (message: WorkerMessage) => process.send?.(message, undefined, {}, () => undefined);
  const given = await task;
  try {
    await runGroups(given, stop.signal, send, hooks, wrap);
    process.exit(0);
  } catch (error) {
    send({ pipeline: given.pipelines.join(', '), problem: `Kafka: ${(error as Error).message}` });
    process.exit(1);
  }
}

async function runGroups(
  { pipelines, limits, kafka, clickhouse, pseudonymKey, artifacts }: MemberTask,
  signal: AbortSignal,
  send: (message: WorkerMessage) => void,
  hooks: CommitHooks,
  wrap: (store: Store) => Store,
): Promise<void> {
  const library = loadKafka();
  const tell = (problem: string) => send({ pipeline: pipelines.join(', '), problem });
  const onProblem = (problem: string) => tell(`Kafka: ${problem}`);
  const letters = await openTopicWriter({ library, settings: kafka.settings, onProblem });
  await ensureTopic(library, kafka.settings, letters.producer, {
    topic: deadLetterTopicOf(kafka.topic),
    partitions: 1,
  });
  const { registry: place, topic } = kafka;
  const formats = place && openRecordFormats({ library: loadRegistry(), place, topic, onProblem });
  const pseudonyms = pseudonymKey && createPseudonyms(Uint8Array.from(pseudonymKey));
  const store = createStore(clickhouse);
  const surroundings = openSurroundings(tell, artifacts);
  await Promise.all(
    pipelines.map((name) =>
      runGroupMember({
        pipeline: pipelineNamed(name),
        kafka,
        library,
        formats,
        pseudonyms,
        store: wrap(withDeadLetterTopic(store, letters, kafka.topic)),
        limits,
        signal,
        hooks,
        surroundings,
        report: (partition, report) => send({ pipeline: name, partition, report }),
        onProblem,
      }),
    ),
  );
  await surroundings.close();
  formats?.close();
  await letters.close();
  await store.close();
}
