/** What a worker thread does: runs its partitions and tells the main thread how they are. */
import { parentPort, workerData } from 'node:worker_threads';
import { openLogReader } from '../sources/log/logReader.ts';
import { createStore } from '../sinks/clickhouse/store.ts';
import type { CommitHooks } from './commit.ts';
import { pipelineNamed } from './registry.ts';
import { type EpochLimits, runPartition } from './runPartition.ts';
import type { PartitionReport } from './status.ts';

export interface WorkerTask {
  readonly pipelines: readonly string[];
  readonly partitions: readonly number[];
  readonly log: { readonly directory: string; readonly partitions: number };
  readonly clickhouse: {
    readonly url: string;
    readonly username: string;
    readonly password: string;
    readonly database: string;
    readonly directory: string;
  };
  readonly limits: EpochLimits;
}

export interface WorkerMessage {
  readonly pipeline: string;
  readonly partition: number;
  readonly report: PartitionReport;
}

/** Runs until the main thread says 'stop'; then commits the epochs under way and returns. */
export async function runWorker(hooks: CommitHooks = {}): Promise<void> {
  const port = parentPort;
  if (port === null) throw new TypeError('runWorker: expected to be called in a worker thread');
  const task = workerData as WorkerTask;
  const stop = new AbortController();
  port.on('message', (message) => {
    if (message === 'stop') stop.abort();
  });
  const reader = await openLogReader(task.log);
  const store = createStore(task.clickhouse);
  const runs = task.pipelines.flatMap((name) =>
    task.partitions.map((partition) =>
      runPartition({
        pipeline: pipelineNamed(name),
        partition,
        reader,
        store,
        limits: task.limits,
        signal: stop.signal,
        hooks,
        report: (report) =>
          port.postMessage({ pipeline: name, partition, report } satisfies WorkerMessage),
      }),
    ),
  );
  await Promise.all(runs);
  await store.close();
  await reader.close();
  port.close();
}
