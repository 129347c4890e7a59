/**
 * What a process of the data plane does on Kafka: joins the group of each pipeline and runs the partitions that the group
 * gives it, for as long as they are its own.
 *
 * A partition that is taken back is committed first, while the group waits; one that is lost is dropped at once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pipeline, PipelineSurroundings } from '../contracts/pipeline.ts';
import type { Pseudonyms } from '../contracts/pseudonyms.ts';
import type { Store } from '../contracts/store.ts';
import type { RecordFormats } from '../sources/kafka/formats/recordFormats.ts';
import type { RegistryPlace } from '../sources/kafka/formats/registryClient.ts';
import { type KafkaLog, openKafkaLog } from '../sources/kafka/kafkaLog.ts';
import type { KafkaLibrary, Settings } from '../sources/kafka/library.ts';
import { createRenameChunk } from '../sources/pseudonyms/renameChunk.ts';
import type { CommitHooks } from './commit.ts';
import { Ownership, ownedStore } from './ownership.ts';
import { type EpochLimits, runPartition } from './runPartition.ts';
import type { PartitionReport } from './status.ts';

export interface KafkaPlace {
  /** `bootstrap.servers` and security, as librdkafka names them. */
  readonly settings: Settings;
  readonly topic: string;
  /** The group of a pipeline is `<prefix>-<pipeline>`. */
  readonly groupPrefix: string;
  /** Where the schemas of framed values are; without it all values are taken as they come. */
  readonly registry?: RegistryPlace | undefined;
}

export interface GroupMemberTask {
  readonly pipeline: Pipeline;
  readonly kafka: KafkaPlace;
  readonly library: KafkaLibrary;
  /** Of the place's registry. */
  readonly formats?: RecordFormats | undefined;
  /** Under which users are known inside; absent: under the ids that producers send. */
  readonly pseudonyms?: Pseudonyms | undefined;
  readonly store: Store;
  readonly limits: EpochLimits;
  /** Leaves the group, with everything committed. */
  readonly signal: AbortSignal;
  readonly hooks?: CommitHooks;
  readonly surroundings?: PipelineSurroundings;
  report(partition: number, report: PartitionReport): void;
  onProblem(problem: string): void;
}

interface Run {
  readonly ownership: Ownership;
  readonly stop: AbortController;
  readonly done: Promise<void>;
  last: PartitionReport;
}

/** A partition that is taken back has so long to commit what it has read, ms; the group waits meanwhile. */
const handOverMs = 5_000;
/** How often it is told how far the topic goes, ms. */
const tellEveryMs = 1_000;

/** Runs until the signal aborts. @throws EngineError KAFKA_UNAVAILABLE or TOPIC_ABSENT */
export async function runGroupMember(task: GroupMemberTask): Promise<void> {
  const { pipeline, kafka, library, formats, pseudonyms, store, limits, signal, hooks, onProblem } =
    task;
  const runs = new Map<number, Run>();

  /** A partition that runs, or recovers, is held up by what does not come out of the log. */
  function tell(partition: number, told: PartitionReport): void {
    const reads = told.state === 'running' || told.state === 'starting';
    const stalled = reads ? log.stalled(partition) : undefined;
    const standing = stalled === undefined ? {} : ({ state: 'waiting', detail: stalled } as const);
    task.report(partition, { ...told, ...standing, endOffset: log.end(partition) });
  }

  function begin(log: KafkaLog, partition: number): void {
    const ownership = new Ownership();
    const stop = new AbortController();
    const report = (told: PartitionReport) => {
      const run = runs.get(partition);
      if (run === undefined || run.ownership !== ownership) return;
      run.last = { ...run.last, ...told };
      tell(partition, told);
      if (told.committedOffset !== undefined) log.commit(partition, told.committedOffset);
    };
    const run = {
      ownership,
      stop,
      last: { state: 'starting', detail: null } as PartitionReport,
      done: Promise.resolve(),
    };
    runs.set(partition, run);
    run.done = runPartition({
      pipeline,
      partition,
      reader: log,
      store: ownedStore(store, ownership),
      limits,
      signal: stop.signal,
      report,
      ...(hooks === undefined ? {} : { hooks }),
      ...(task.surroundings === undefined ? {} : { surroundings: task.surroundings }),
    });
  }

  /** Nothing is written for the partitions when it returns. */
  async function end(partitions: readonly number[], lost: boolean): Promise<void> {
    const ended = partitions.flatMap((partition) => {
      const run = runs.get(partition);
      return run === undefined ? [] : [{ partition, run }];
    });
    for (const { run } of ended) {
      if (lost) run.ownership.lose();
      run.stop.abort();
    }
    const all = Promise.all(ended.map(({ run }) => run.done));
    await Promise.race([all, sleep(handOverMs, undefined, { ref: false })]);
    for (const { partition, run } of ended) {
      run.ownership.lose();
      if (runs.get(partition) === run) runs.delete(partition);
      task.report(partition, { state: 'stopped', detail: null });
    }
  }

  const log = await openKafkaLog({
    library,
    settings: kafka.settings,
    topic: kafka.topic,
    group: `${kafka.groupPrefix}-${pipeline.name}`,
    formats,
    renaming: pseudonyms && (() => createRenameChunk(pseudonyms)),
    onAssigned: (partition) => begin(log, partition),
    onRevoked: end,
    onProblem,
  });
  const telling = setInterval(() => {
    for (const [partition, { last }] of runs) {
      const { state, detail } = last;
      tell(partition, { state, detail });
    }
  }, tellEveryMs);
  try {
    if (!signal.aborted) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    }
    await end([...runs.keys()], false);
  } finally {
    clearInterval(telling);
    await log.close();
  }
}
