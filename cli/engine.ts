/**
 * The engine in one process: embedded stores, data plane, serving plane; started in the order of their needs and stopped
 * in the reverse order.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expectLoopback } from '../api/loopback.ts';
import type { EventsAnswer } from '../contracts/api.ts';
import type { Settings } from '../contracts/settings.ts';
import { keepStateSmall } from '../control/stateUpkeep.ts';
import { DataPlane } from '../pipelines/dataPlane.ts';
import { pipelines } from '../pipelines/registry.ts';
import type { PartitionPicture } from '../pipelines/status.ts';
import { startEmbeddedClickHouse } from '../sinks/clickhouse/embedded/startEmbeddedClickHouse.ts';
import { migrate } from '../sinks/clickhouse/migrate.ts';
import { type ClickHouseStore, createStore } from '../sinks/clickhouse/store.ts';
import { createDoor } from '../sources/door/door.ts';
import { type EventLog, openEventLog } from '../sources/log/eventLog.ts';
import { storedPartitions } from '../sources/log/storedPartitions.ts';
import { ingest } from './ingest.ts';
import { keepLog } from './logKeeper.ts';

export interface Engine {
  /** Address of dashboard and API. */
  readonly url: string;
  readonly store: ClickHouseStore;
  readonly log: EventLog;
  readonly dataPlane: DataPlane;
  /** Process that serves the embedded ClickHouse. */
  readonly clickhousePid: () => number | undefined;
  ingest(body: Uint8Array, contentType: string): Promise<EventsAnswer>;
  /** Refuses new events, commits what is under way, closes the stores. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly settings: Settings;
  /** Told what happens, a sentence each. */
  readonly say: (sentence: string) => void;
  /** Compiled module that the worker threads run; for crash tests. */
  readonly workerEntry?: URL;
  readonly workerExtra?: Readonly<Record<string, unknown>>;
  /** Serve HTTP; on by default. */
  readonly serve?: boolean;
}

/** Share of the log's size that consumed events may keep; the rest is room for those that are not. */
const retainedShare = 0.75;
const database = 'millrace';
const root = import.meta.url.endsWith('.ts') ? '../' : '../../';
const { version } = JSON.parse(
  readFileSync(new URL(`${root}package.json`, import.meta.url), 'utf8'),
) as { version: string };

/** One worker a processor, less one for ClickHouse. */
function partitionsDefault(): number {
  return Math.max(1, Math.min(16, availableParallelism() - 1));
}

/** Since when something has waited while nothing was committed: not the time that nobody sent anything, nor that before the start. */
function waitingSince(
  log: EventLog,
  { partition, writtenOffset, committedAt }: PartitionPicture,
  startedAt: number,
): number | null {
  const takenAt = log.takenAt(partition, writtenOffset);
  return takenAt === undefined ? null : Math.max(takenAt, committedAt ?? 0, startedAt);
}

/** @throws EngineError DATA_LOCKED, PORT_BUSY, PARTITIONS_CHANGED, SCHEMA_FOREIGN or SINK_UNAVAILABLE */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { settings, say } = options;
  if (options.serve !== false) expectLoopback(settings.host);
  const undo: (() => Promise<unknown>)[] = [];
  const unwind = async () => {
    for (const close of undo.reverse()) await close().catch((error: unknown) => say(String(error)));
  };
  try {
    mkdirSync(settings.data, { recursive: true });
    const logDirectory = join(settings.data, 'log');
    const directory = join(settings.data, 'clickhouse');
    const partitions =
      settings.partitions ?? (await storedPartitions(logDirectory)) ?? partitionsDefault();
    const log = await openEventLog({
      directory: logDirectory,
      partitions,
      mapSize: settings.logGiB * 2 ** 30,
      retention: {
        ageMs: settings.retentionHours * 3_600_000,
        bytes: settings.logGiB * 2 ** 30 * retainedShare,
      },
    });
    undo.push(() => log.close());
    // The database takes longest to start: the rest of the code is loaded beside it.
    const starting = startEmbeddedClickHouse({
      directory,
      onEvent: (event) => say(event.detail),
    });
    undo.push(async () => (await starting).close());
    const dataPlane = new DataPlane({
      pipelines: [...pipelines.keys()],
      log: { directory: logDirectory, partitions },
      limits: {
        epochMs: settings.epochMs,
        epochEvents: settings.epochEvents,
        checkpointMs: settings.checkpointMs,
      },
      onWorkerExit: (detail) => say(`A worker ended (${detail}) and is started again`),
      ...(options.workerEntry === undefined ? {} : { workerEntry: options.workerEntry }),
      ...(options.workerExtra === undefined ? {} : { workerExtra: options.workerExtra }),
    });
    undo.push(() => dataPlane.stop());
    dataPlane.prepare();
    const serving = options.serve === false ? undefined : import('./serving.ts');
    const clickhouse = await starting;
    const access = {
      url: clickhouse.url,
      username: clickhouse.username,
      password: clickhouse.password,
      database,
      directory,
    };
    const store = createStore(access);
    undo.push(() => store.close());
    const { applied } = await migrate(store);
    if (applied.length > 0) say(`Database schema brought up to date: ${applied.join(', ')}`);
    dataPlane.start(access);
    const startedAt = Date.now();
    // Before the stores close: the workers commit what is under way.
    undo.push(() => dataPlane.stop());
    const consumed = async () => {
      const offsets = dataPlane.committed();
      await store.barrier(); // the markers that say so may still be on their way to the disk
      return offsets;
    };
    const upkeep = keepStateSmall(store, say);
    undo.push(async () => upkeep.stop());
    const keeper = keepLog(log, consumed, say);
    undo.push(async () => keeper.stop());
    const door = createDoor({ partitions });
    const take = (body: Uint8Array, contentType: string) =>
      ingest(door, keeper, body, contentType, Date.now());
    let url = '';
    if (serving !== undefined) {
      const { serve } = await serving;
      const served = await serve(store, settings, {
        ingest: { ingest: take },
        engine: {
          partitions: () =>
            dataPlane.partitions().map((picture) => ({
              ...picture,
              committedOffset: picture.writtenOffset,
              endOffset: log.end(picture.partition),
              waitingSince: waitingSince(log, picture, startedAt),
            })),
          logProblem: () => keeper.problem(),
        },
        version,
      });
      undo.push(() => served.close());
      url = served.url;
    }
    return {
      url,
      store,
      log,
      dataPlane,
      clickhousePid: () => clickhouse.pid,
      ingest: take,
      stop: unwind,
    };
  } catch (error) {
    await unwind();
    throw error;
  }
}
