/**
 * The data plane of one process: workers with their partitions, watched and started again when they die.
 *
 * Over the embedded log the workers are threads, and each has its partitions for good. On Kafka they are processes, because
 * its client works nowhere else, and the group gives each its partitions. A dead worker loses nothing: its partitions go
 * back to their markers.
 */
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiledModule } from '../contracts/compiledModule.ts';
import type { ArtifactAccess } from '../sinks/artifacts/artifactAccess.ts';
import type { StoreOptions } from '../sinks/clickhouse/store.ts';
import type { KafkaPlace } from './groupMember.ts';
import type { MemberTask } from './member.ts';
import { pipelineNamed } from './registry.ts';
import type { EpochLimits } from './runPartition.ts';
import { type PartitionPicture, PictureBook, steadyMs, wallTime } from './status.ts';
import type { WorkerCommand, WorkerMessage, WorkerTask } from './worker.ts';
import { startProcess, startThread, type WorkerHandle } from './workerHandle.ts';

/** Where the events are: in the embedded log of this process, or in a topic that a group of processes shares. */
export type LogPlace =
  | { readonly directory: string; readonly partitions: number }
  | { readonly kafka: KafkaPlace; readonly processes: number };

export interface DataPlaneOptions {
  readonly pipelines: readonly string[];
  readonly log: LogPlace;
  readonly limits: EpochLimits;
  /** Where files of versions lie; absent: none predicts. */
  readonly artifacts?: ArtifactAccess;
  /** Compiled module that a worker runs. */
  readonly workerEntry?: URL;
  /** Further data for that module. */
  readonly workerExtra?: Readonly<Record<string, unknown>>;
  /** Told when a worker died and is started again. */
  readonly onWorkerExit?: (detail: string) => void;
  /** Told each report, in order. */
  readonly onReport?: (message: WorkerMessage) => void;
  /** Told in a sentence what stops nothing: what the Kafka client complains about, which version cannot predict. */
  readonly onProblem?: (problem: string) => void;
}

/** Pauses before a dead worker is started again, ms: longer each time, until one has committed something. */
const restartMs = [200, 500, 2_000, 5_000];

/** Partitions of each thread, at most one thread a core. */
function divide(partitions: number): number[][] {
  const count = Math.min(partitions, Math.max(1, availableParallelism()));
  const crews: number[][] = Array.from({ length: count }, () => []);
  for (let partition = 0; partition < partitions; partition += 1) {
    crews[partition % count]!.push(partition);
  }
  return crews;
}

export class DataPlane {
  readonly #options: DataPlaneOptions;
  readonly #book = new PictureBook();
  readonly #workers = new Set<WorkerHandle>();
  readonly #ended: Promise<void>[] = [];
  #clickhouse: StoreOptions | undefined;
  #pseudonymKey: Uint8Array | undefined;
  readonly #stopping = new AbortController();

  constructor(options: DataPlaneOptions) {
    this.#options = options;
    const { log } = options;
    if ('kafka' in log) return;
    for (const name of options.pipelines) {
      for (let partition = 0; partition < log.partitions; partition += 1) {
        this.#book.open(pipelineNamed(name), partition);
      }
    }
  }

  /** Makes the workers; threads load their code and wait for `start`. */
  prepare(): void {
    const { log } = this.#options;
    if ('kafka' in log) return;
    this.#ended.push(...divide(log.partitions).map((mine) => this.#keepAlive(mine)));
  }

  /**
   * The database is there: the workers begin.
   *
   * @param pseudonymKey of the pseudonyms under which users are known; on Kafka, where others write their ids. Absent: there are none
   */
  start(clickhouse: StoreOptions, pseudonymKey?: Uint8Array): void {
    this.#clickhouse = clickhouse;
    this.#pseudonymKey = pseudonymKey;
    const { log } = this.#options;
    if ('kafka' in log) {
      for (let i = 0; i < log.processes; i += 1) this.#ended.push(this.#keepAlive([]));
      return;
    }
    for (const worker of this.#workers) worker.post({ clickhouse } satisfies WorkerCommand);
  }

  /** A copy of how each partition is at this moment: of Kafka's partitions, those that this process has. */
  partitions(): PartitionPicture[] {
    return this.#book
      .read(steadyMs())
      .map((picture) => ({ ...picture, waitingSince: wallTime(picture.waitingSince) }));
  }

  /** Lowest offset that all pipelines have committed, by partition of the embedded log: retention may go that far. */
  committed(): number[] {
    const { log } = this.#options;
    const lowest = Array.from({ length: 'kafka' in log ? 0 : log.partitions }, () => Infinity);
    for (const { partition, committedOffset } of this.partitions()) {
      lowest[partition] = Math.min(lowest[partition]!, committedOffset);
    }
    return lowest;
  }

  /** Those that run now; for tests that kill them. */
  get workers(): readonly WorkerHandle[] {
    return [...this.#workers];
  }

  /** Commits what is under way, then ends the workers. */
  async stop(graceMs = 10_000): Promise<void> {
    this.#stopping.abort();
    for (const worker of this.#workers) worker.post('stop' satisfies WorkerCommand);
    const ended = Promise.all(this.#ended);
    const late = sleep(graceMs, 'late', { ref: false });
    if ((await Promise.race([ended, late])) === 'late') {
      await Promise.all([...this.#workers].map((worker) => worker.terminate()));
      await ended;
    }
  }

  async #keepAlive(partitions: readonly number[]): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      const detail = await this.#runWorker(partitions, () => {
        failures = 0;
      });
      if (signal.aborted) break;
      const waitMs = restartMs[Math.min(failures, restartMs.length - 1)]!;
      failures += 1;
      this.#book.set(partitions, 'starting', `the worker ended (${detail}) and is started again`);
      this.#options.onWorkerExit?.(detail);
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
    this.#book.set(partitions, 'stopped', null);
  }

  /** @returns why the worker ended */
  async #runWorker(partitions: readonly number[], onCommitted: () => void): Promise<string> {
    /** Of Kafka, the partitions that the group has given to this worker. */
    const given = new Set<string>();
    const worker = this.#startWorker(partitions, (message) => {
      if ('problem' in message) return this.#options.onProblem?.(message.problem);
      const { pipeline, partition, report } = message;
      if (report.commitMs !== undefined) onCommitted();
      this.#options.onReport?.(message);
      if (partitions.length === 0) {
        const key = `${pipeline} ${partition}`;
        if (report.state === 'stopped') given.delete(key);
        else if (!given.has(key)) {
          given.add(key);
          this.#book.open(pipelineNamed(pipeline), partition, worker);
        }
        if (report.state === 'stopped') return this.#book.close(pipeline, partition, worker);
      }
      this.#book.take(message, steadyMs());
    });
    this.#workers.add(worker);
    if (this.#clickhouse !== undefined) worker.post({ clickhouse: this.#clickhouse });
    const detail = await worker.ended;
    this.#workers.delete(worker);
    this.#book.closeAll(worker);
    return detail;
  }

  #startWorker(
    partitions: readonly number[],
    onMessage: (message: WorkerMessage) => void,
  ): WorkerHandle {
    const { workerEntry, workerExtra, pipelines, log, limits, artifacts } = this.#options;
    const files = artifacts === undefined ? {} : { artifacts };
    if ('kafka' in log) {
      const task: MemberTask = {
        pipelines,
        limits,
        kafka: log.kafka,
        clickhouse: this.#clickhouse!,
        ...(this.#pseudonymKey === undefined ? {} : { pseudonymKey: [...this.#pseudonymKey] }),
        ...files,
      };
      return startProcess(
        workerEntry ?? compiledModule('memberProcess', import.meta.url),
        { ...workerExtra, ...task },
        onMessage,
      );
    }
    const task: WorkerTask = { pipelines, partitions, log, limits, ...files };
    return startThread(
      workerEntry ?? compiledModule('workerThread', import.meta.url),
      { ...workerExtra, ...task },
      onMessage,
    );
  }
}
