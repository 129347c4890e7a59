/** A worker thread that runs the learning pipeline over one partition in memory. */
import { parentPort, workerData } from 'node:worker_threads';
import { pipelineNamed } from '../../pipelines/registry.ts';
import { type EpochLimits, runPartition } from '../../pipelines/runPartition.ts';
import { createStore } from '../../sinks/clickhouse/store.ts';
import { type MemoryPartition, memoryReader, type Pace } from './memoryLog.ts';

export interface PipelineWork {
  readonly partition: number;
  readonly partitions: number;
  readonly events: MemoryPartition;
  readonly pace: Pace;
  readonly limits: EpochLimits;
  readonly clickhouse: Parameters<typeof createStore>[0];
}

const work = workerData as PipelineWork;
const stop = new AbortController();
parentPort?.on('message', () => stop.abort());
const store = createStore(work.clickhouse);
await runPartition({
  pipeline: pipelineNamed('learning'),
  partition: work.partition,
  reader: memoryReader(work.partition, work.partitions, work.events, work.pace),
  store,
  limits: work.limits,
  signal: stop.signal,
  report: (report) => parentPort?.postMessage(report),
});
await store.close();
parentPort?.close();
