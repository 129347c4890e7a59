/** What a worker thread does: runs its partitions and tells the main thread how they are. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ArtifactAccess } from '../sinks/artifacts/artifactAccess.ts';
import { createStore, type StoreOptions } from '../sinks/clickhouse/store.ts';
import { openLogReader } from '../sources/log/logReader.ts';
import type { CommitHooks } from './commit.ts';
import { pipelineNamed } from './registry.ts';
import { type EpochLimits, runPartition } from './runPartition.ts';
import type { PartitionReport } from './status.ts';
import { openSurroundings } from './surroundings.ts';

export interface WorkerTask {
  readonly pipelines: readonly string[];
  readonly partitions: readonly number[];
  readonly log: { readonly directory: string; readonly partitions: number };
  readonly limits: EpochLimits;
  /** Where files of versions lie; absent: none predicts. */
  readonly artifacts?: ArtifactAccess;
}

/** What the main thread says: where the database is, once it is known, when to stop, and when to end as if it died. */
export type WorkerCommand = { readonly clickhouse: StoreOptions } | 'stop' | 'end';

export type WorkerMessage =
  | { readonly pipeline: string; readonly partition: number; readonly report: PartitionReport }
  | { readonly pipeline: string; readonly problem: string };

/**
 * Waits for the database, then runs until the main thread says 'stop'; commits what is under way and returns.
 *
 * A worker is made before the database is there, so that the two start side by side.
 */
export async function runWorker(hooks: CommitHooks = {}): Promise<void> {
  const port = parentPort;
  if (port === null) throw new TypeError('runWorker: expected to be called in a worker thread');
  const task = workerData as WorkerTask;
  const stop = new AbortController();
  const clickhouse = await new Promise<StoreOptions | undefined>((resolve) => {
    port.on('message', (command: WorkerCommand) => {
      if (command === 'end') process.exit(1);
      if (command !== 'stop') return resolve(command.clickhouse);
      stop.abort();
      resolve(undefined);
    });
  });
  if (clickhouse === undefined) return port.close();
  const reader = openLogReader(task.log);
  const store = createStore(clickhouse);
  const post = (message: WorkerMessage) => port.postMessage(message);
  const surroundings = openSurroundings(
    (problem) => post({ pipeline: task.pipelines.join(', '), problem }),
    task.artifacts,
  );
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
        surroundings,
        report: (report) => post({ pipeline: name, partition, report }),
      }),
    ),
  );
  await Promise.all(runs);
  await surroundings.close();
  await store.close();
  await reader.close();
  port.close();
}
