/**
 * The data plane of one process: workers with their partitions, watched and started again when they die.
 *
 * A dead worker loses nothing: its partitions go back to their markers.
 */
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { StoreOptions } from '../sinks/clickhouse/store.ts';
import { pipelineNamed } from './registry.ts';
import { type PartitionPicture, Rate } from './status.ts';
import type { WorkerCommand, WorkerMessage, WorkerTask } from './worker.ts';

export interface DataPlaneOptions extends Omit<WorkerTask, 'partitions'> {
  /** Compiled module that a worker thread runs. */
  readonly workerEntry?: URL;
  /** Further data for that module. */
  readonly workerExtra?: Readonly<Record<string, unknown>>;
  /** Told when a worker died and is started again. */
  readonly onWorkerExit?: (detail: string) => void;
  /** Told each report, in order. */
  readonly onReport?: (message: WorkerMessage) => void;
}

/** Pauses before a dead worker is started again, ms: longer each time, until one has committed something. */
const restartMs = [200, 500, 2_000, 5_000];

function compiledEntry(): URL {
  const here = import.meta.url;
  return here.endsWith('.ts')
    ? new URL('../dist/pipelines/workerThread.js', here)
    : new URL('./workerThread.js', here);
}

function command(worker: Worker, what: WorkerCommand): void {
  worker.postMessage(what);
}

export class DataPlane {
  readonly #options: DataPlaneOptions;
  readonly #pictures = new Map<string, { picture: PartitionPicture; rate: Rate }>();
  readonly #workers = new Map<Worker, readonly number[]>();
  readonly #ended: Promise<void>[] = [];
  #clickhouse: StoreOptions | undefined;
  readonly #stopping = new AbortController();

  constructor(options: DataPlaneOptions) {
    this.#options = options;
    for (const name of options.pipelines) {
      const { version, summary } = pipelineNamed(name);
      for (let partition = 0; partition < options.log.partitions; partition += 1) {
        const picture: PartitionPicture = {
          pipeline: name,
          version,
          summary,
          partition,
          state: 'starting',
          detail: null,
          writtenOffset: 0,
          committedOffset: 0,
          eventsPerSecond: 0,
          commitMs: null,
          committedAt: null,
          tables: [],
        };
        this.#pictures.set(`${name} ${partition}`, { picture, rate: new Rate() });
      }
    }
  }

  /** Makes at most one worker a core; they load their code and wait for `start`. */
  prepare(): void {
    const { partitions } = this.#options.log;
    const count = Math.min(partitions, Math.max(1, availableParallelism()));
    for (let worker = 0; worker < count; worker += 1) {
      const mine: number[] = [];
      for (let partition = worker; partition < partitions; partition += count) mine.push(partition);
      this.#ended.push(this.#keepAlive(mine));
    }
  }

  /** The database is there: the workers begin. */
  start(clickhouse: StoreOptions): void {
    this.#clickhouse = clickhouse;
    for (const worker of this.#workers.keys()) command(worker, { clickhouse });
  }

  /** A copy of how each partition is at this moment. */
  partitions(): PartitionPicture[] {
    const now = Date.now();
    return [...this.#pictures.values()].map(({ picture, rate }) => ({
      ...picture,
      eventsPerSecond: rate.read(now),
    }));
  }

  /** Lowest offset that all pipelines have committed, by partition: retention may go that far. */
  committed(): number[] {
    const lowest = Array.from({ length: this.#options.log.partitions }, () => Infinity);
    for (const { picture } of this.#pictures.values()) {
      lowest[picture.partition] = Math.min(lowest[picture.partition]!, picture.committedOffset);
    }
    return lowest;
  }

  /** Threads that run now; for tests that kill them. */
  get workers(): readonly Worker[] {
    return [...this.#workers.keys()];
  }

  /** Commits what is under way, then ends the workers. */
  async stop(graceMs = 10_000): Promise<void> {
    this.#stopping.abort();
    for (const worker of this.#workers.keys()) command(worker, 'stop');
    const ended = Promise.all(this.#ended);
    const late = sleep(graceMs, 'late', { ref: false });
    if ((await Promise.race([ended, late])) === 'late') {
      await Promise.all([...this.#workers.keys()].map((worker) => worker.terminate()));
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
      for (const { picture } of this.#pictures.values()) {
        if (!partitions.includes(picture.partition)) continue;
        picture.state = 'starting';
        picture.detail = `the worker ended (${detail}) and is started again`;
      }
      this.#options.onWorkerExit?.(detail);
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
    for (const { picture } of this.#pictures.values()) {
      if (partitions.includes(picture.partition)) picture.state = 'stopped';
    }
  }

  /** @returns why the worker ended */
  #runWorker(partitions: readonly number[], onCommitted: () => void): Promise<string> {
    const { workerEntry, workerExtra, pipelines, log, limits } = this.#options;
    const worker = new Worker(workerEntry ?? compiledEntry(), {
      workerData: {
        ...workerExtra,
        ...({ pipelines, partitions, log, limits } satisfies WorkerTask),
      },
    });
    this.#workers.set(worker, partitions);
    if (this.#clickhouse !== undefined) command(worker, { clickhouse: this.#clickhouse });
    let failure: Error | undefined;
    worker.on('message', (message: WorkerMessage) => {
      this.#take(message);
      if (message.report.commitMs !== undefined) onCommitted();
      this.#options.onReport?.(message);
    });
    worker.on('error', (error) => {
      failure = error;
    });
    return new Promise((resolve) => {
      worker.on('exit', (code) => {
        this.#workers.delete(worker);
        resolve(failure === undefined ? `exit code ${code}` : failure.message);
      });
    });
  }

  #take({ pipeline, partition, report }: WorkerMessage): void {
    const entry = this.#pictures.get(`${pipeline} ${partition}`);
    if (entry === undefined) return;
    const { picture, rate } = entry;
    picture.state = report.state;
    picture.detail = report.detail;
    picture.writtenOffset = report.writtenOffset ?? picture.writtenOffset;
    picture.committedOffset = report.committedOffset ?? picture.committedOffset;
    picture.commitMs = report.commitMs ?? picture.commitMs;
    picture.committedAt = report.committedAt ?? picture.committedAt;
    picture.tables = report.tables ?? picture.tables;
    if (report.events !== undefined) rate.add(report.events, report.committedAt ?? Date.now());
  }
}
