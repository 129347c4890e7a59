/**
 * The engine in one process: embedded stores, data plane, serving plane; started in the order of their needs and stopped
 * in the reverse order.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expectLoopback, listen } from '../api/listen.ts';
import { createQueries } from '../api/queries/queries.ts';
import { buildServer } from '../api/server.ts';
import type { EventsAnswer } from '../contracts/api.ts';
import { EngineError } from '../contracts/errors.ts';
import type { Settings } from '../contracts/settings.ts';
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

/** How often retention looks at the log, ms. */
const retentionEveryMs = 60_000;
/** Why the log refused events, and how large it was then. */
interface LogProblem {
  readonly sentence: string;
  readonly at: number;
  readonly storedBytes: number;
}

/** A refusal older than this says nothing any more, ms. */
const problemMaxMs = 60_000;
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

/** Why the log takes nothing now. A readiness probe that keeps producers away must not stay wrong because none comes. */
function presentProblem(log: EventLog, problem: LogProblem | null): string | null {
  if (problem === null || log.storedBytes < problem.storedBytes) return null;
  return Date.now() - problem.at < problemMaxMs ? problem.sentence : null;
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
    const partitions =
      settings.partitions ?? (await storedPartitions(logDirectory)) ?? partitionsDefault();
    const log = await openEventLog({
      directory: logDirectory,
      partitions,
      mapSize: settings.logGiB * 2 ** 30,
      retention: { ageMs: settings.retentionHours * 3_600_000 },
    });
    undo.push(() => log.close());
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
    const directory = join(settings.data, 'clickhouse');
    const clickhouse = await startEmbeddedClickHouse({
      directory,
      onEvent: (event) => say(event.detail),
    });
    undo.push(() => clickhouse.close());
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
    const retention = setInterval(() => {
      log.retain(Date.now(), dataPlane.committed()).catch((error: unknown) => say(String(error)));
    }, retentionEveryMs);
    retention.unref();
    undo.push(async () => clearInterval(retention));
    const door = createDoor({ partitions });
    let logProblem: LogProblem | null = null;
    const take = async (body: Uint8Array, contentType: string) => {
      try {
        const answer = await ingest(door, log, body, contentType, Date.now());
        logProblem = null;
        return answer;
      } catch (error) {
        const ours = error instanceof EngineError && error.code.startsWith('LOG_');
        if (ours) {
          const { storedBytes } = log;
          logProblem = { sentence: error.message, at: Date.now(), storedBytes };
        }
        throw error;
      }
    };
    let url = '';
    if (options.serve !== false) {
      const server = buildServer({
        ingest: { ingest: take },
        queries: createQueries(store),
        engine: {
          partitions: () =>
            dataPlane.partitions().map((picture) => ({
              ...picture,
              committedOffset: picture.writtenOffset,
              endOffset: log.end(picture.partition),
              waitingSince: waitingSince(log, picture, startedAt),
            })),
          logProblem: () => presentProblem(log, logProblem),
        },
        version,
      });
      undo.push(() => server.close());
      url = await listen(server, { host: settings.host, port: settings.port });
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
