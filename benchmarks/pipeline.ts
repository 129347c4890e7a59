/**
 * The data plane at full speed and at a steady rate: events from memory through decoding, validation, dedupe, learning,
 * windows and exactly-once commits to the embedded ClickHouse.
 *
 * Full speed gives `events_per_s`: all events are there at once, the time runs until the last marker is committed. The
 * steady rate gives the latency: events arrive on a schedule, and each one's latency runs from its arrival to the moment
 * when all its rows can be queried, so waiting for the epoch is included. `JSON.parse` runs alone, on one core, over the same bytes.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { bytesOf } from '../contracts/bytes.ts';
import { partitionOf } from '../contracts/hash.ts';
import type { PartitionReport } from '../pipelines/status.ts';
import { startEmbeddedClickHouse } from '../sinks/clickhouse/embedded/startEmbeddedClickHouse.ts';
import { migrate } from '../sinks/clickhouse/migrate.ts';
import { createStore } from '../sinks/clickhouse/store.ts';
import type { Figures } from './run.ts';
import { campusRecords } from './support/campusRecords.ts';
import { EventWriter } from './support/eventWriter.ts';
import { residentMb } from './support/memory.ts';
import { chunkEvents, type MemoryPartition, releasedAt } from './support/memoryLog.ts';
import type { PipelineWork } from './support/pipelineWorker.ts';
import { weightedQuantile } from './support/quantile.ts';
import { withDirectory } from './support/temporary.ts';

const partitions = Math.max(1, availableParallelism() - 1);
const limits = { epochMs: 300, epochEvents: 100_000, checkpointMs: 2_000 };
/** The first of the latency run is not counted: the code is not compiled yet, ms. */
const warmupMs = 1_500;
/** Rate of the latency run, events per second over all partitions. */
const steadyRate = 80_000;

/** Campus events by partition, in shared memory. */
function generate(count: number): { partitions: MemoryPartition[]; bytes: number } {
  const writers = Array.from({ length: partitions }, () => new EventWriter());
  for (const { key, bytes } of campusRecords(count)) {
    writers[partitionOf(bytesOf(key), 0, key.length, partitions)]!.add(bytes);
  }
  const shared = writers.map((writer) => writer.share());
  return { partitions: shared, bytes: shared.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}

/** Plain JSON.parse of each event, one core; malformed events are thrown and caught as anywhere. */
function parseAll(parts: readonly MemoryPartition[]): number {
  const started = performance.now();
  let parsed = 0;
  for (const { bytes, ends, length } of parts) {
    const buffer = Buffer.from(bytes);
    for (let i = 0, start = 0; i < length; i += 1) {
      const end = ends[i]!;
      try {
        JSON.parse(buffer.toString('utf8', start, end));
      } catch {
        // A malformed event: refused by everyone.
      }
      parsed += 1;
      start = end;
    }
  }
  return (parsed / (performance.now() - started)) * 1000;
}

interface Outcome {
  readonly seconds: number;
  readonly latencies: { value: number; weight: number }[];
  readonly rssMb: number;
  readonly epochs: number;
  readonly checked: Record<string, number>;
}

/** Runs all partitions to their end in a fresh database. */
function runAll(
  events: readonly MemoryPartition[],
  eventsPerSecond: number,
  uncountedMs: number,
): Promise<Outcome> {
  return withDirectory(async (directory) => {
    const clickhouse = await startEmbeddedClickHouse({ directory: join(directory, 'clickhouse') });
    const { url, username, password } = clickhouse;
    const access = {
      url,
      username,
      password,
      database: 'millrace',
      directory,
    };
    const store = createStore(access);
    await migrate(store);
    const startAt = Date.now() + 3_000;
    const pace = { startAt, eventsPerSecond: eventsPerSecond / events.length };
    const latencies: Outcome['latencies'] = [];
    let epochs = 0;
    let rssMb = 0;
    const watch = setInterval(() => {
      rssMb = Math.max(rssMb, residentMb([process.pid, clickhouse.pid!]));
    }, 500);
    await Promise.all(
      events.map(
        (mine, partition) =>
          new Promise<void>((resolve, reject) => {
            const worker = new Worker(new URL('./support/pipelineWorker.js', import.meta.url), {
              workerData: {
                partition,
                partitions: events.length,
                events: mine,
                pace,
                limits,
                clickhouse: access,
              } satisfies PipelineWork,
            });
            let seen = 0;
            worker.on('error', reject);
            worker.on('exit', () => resolve());
            worker.on('message', (report: PartitionReport) => {
              if (report.state === 'failed') reject(new Error(report.detail ?? 'failed'));
              const { writtenOffset = 0, committedOffset = 0, committedAt } = report;
              if (committedAt !== undefined) epochs += 1;
              // Outputs of a checkpoint can be queried before its marker is there: they are told of first, without its time.
              const queryableAt = committedAt ?? Date.now();
              for (; seen < writtenOffset; seen += chunkEvents) {
                const weight = Math.min(chunkEvents, mine.length - seen);
                const released = releasedAt(pace, seen);
                if (released < startAt + uncountedMs) continue;
                latencies.push({ value: queryableAt - released, weight });
              }
              if (committedOffset >= mine.length) worker.postMessage('stop');
            });
          }),
      ),
    );
    const seconds = (Date.now() - startAt) / 1000;
    clearInterval(watch);
    const [checked] = await store.query<Record<string, number>>(
      `SELECT (SELECT count() FROM events FINAL) AS events_stored,
              (SELECT count() FROM predictions FINAL) AS predictions_stored,
              (SELECT count() FROM dead_letters FINAL) AS refused_stored,
              (SELECT count() FROM late_events FINAL) AS late_stored,
              (SELECT sum(process_ms) / sum(events) * 1000 FROM epochs) AS worker_us_per_event,
              (SELECT avg(commit_ms) FROM epochs) AS commit_ms_mean,
              (SELECT max(commit_ms) FROM epochs) AS commit_ms_max`,
    );
    await store.close();
    await clickhouse.close();
    return { seconds, latencies, rssMb, epochs, checked: checked! };
  });
}

export async function run({ full }: { full: boolean }): Promise<Figures> {
  const count = full ? 1_000_000 : 20_000;
  const { partitions: events, bytes } = generate(count);
  const total = events.reduce((sum, part) => sum + part.length, 0);
  const parseBefore = parseAll(events);
  const fast = await runAll(events, Infinity, 0);
  const parseAfter = parseAll(events);
  const steady = await runAll(
    events.map((part) => ({ ...part, length: Math.floor(part.length / 2) })),
    steadyRate,
    full ? warmupMs : 0,
  );
  const eventsPerSecond = total / fast.seconds;
  const jsonParse = (parseBefore + parseAfter) / 2;
  return {
    events: total,
    event_bytes: bytes / total,
    events_per_s: eventsPerSecond,
    json_parse_events_per_s: jsonParse,
    ratio_to_json_parse: eventsPerSecond / jsonParse,
    event_to_queryable_p50_ms: weightedQuantile(steady.latencies, 0.5),
    event_to_queryable_p99_ms: weightedQuantile(steady.latencies, 0.99),
    latency_at_events_per_s: steadyRate,
    epochs: fast.epochs,
    rss_mb: fast.rssMb - bytes / 1e6,
    input_mb: bytes / 1e6,
    ...fast.checked,
  };
}
