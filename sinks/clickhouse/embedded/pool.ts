/** A bounded pool of worker threads in two lanes, so that reads never wait behind inserts. */
import { Worker } from 'node:worker_threads';
import { ServerException } from './exceptions.ts';
import type { Counts, FromWorker, Job, ToWorker } from './messages.ts';

export type Lane = 'read' | 'write';

export interface Pool {
  /**
   * Runs one statement when a thread of the lane is free.
   *
   * @param take   called for each chunk of the result; the next comes when it has resolved
   * @param signal ends the statement; `run` still settles only when the thread is free again
   * @throws ServerException TOO_MANY_SIMULTANEOUS_QUERIES when the lane's queue is full, and what ClickHouse throws
   */
  run(
    lane: Lane,
    job: Job,
    take: (bytes: Uint8Array) => Promise<void>,
    signal: AbortSignal,
  ): Promise<Counts>;
}

export interface PoolOptions {
  readonly directory: string;
  /** Statements at a time in each lane. */
  readonly threads: Readonly<Record<Lane, number>>;
  /** Statements that may wait in each lane. */
  readonly queueMax: number;
  /** Asks ClickHouse to end the statement that runs under this tag. */
  kill(tag: string): Promise<void>;
}

interface LaneState {
  readonly free: Worker[];
  threads: number;
  /** Takes over a thread that became free; undefined: make one. */
  readonly waiting: ((worker: Worker | undefined) => void)[];
}

/** How often a statement that was given up is killed again until it has ended: it may not have begun at first, ms. */
const killEveryMs = 200;

let tags = 0;

export function createPool({ directory, threads, queueMax, kill }: PoolOptions): Pool {
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const lanes: Record<Lane, LaneState> = {
    read: { free: [], threads: 0, waiting: [] },
    write: { free: [], threads: 0, waiting: [] },
  };
  // One thread of each lane is there before the first statement.
  for (const lane of Object.values(lanes)) {
    lane.free.push(newWorker());
    lane.threads = 1;
  }

  function newWorker(): Worker {
    return new Worker(new URL(file, import.meta.url), { workerData: directory });
  }

  async function acquire(lane: Lane): Promise<Worker> {
    const state = lanes[lane];
    let worker = state.free.pop();
    if (worker === undefined && state.threads < threads[lane]) state.threads += 1;
    else if (worker === undefined) {
      if (state.waiting.length >= queueMax) {
        const detail = `Too many simultaneous queries. Maximum: ${threads[lane] + queueMax}`;
        throw new ServerException('TOO_MANY_SIMULTANEOUS_QUERIES', detail);
      }
      worker = await new Promise<Worker | undefined>((resolve) => state.waiting.push(resolve));
    }
    return worker ?? newWorker();
  }

  /** @param worker undefined when the thread has died */
  function release(lane: Lane, worker: Worker | undefined): void {
    const state = lanes[lane];
    const next = state.waiting.shift();
    if (next !== undefined) next(worker);
    else if (worker === undefined) state.threads -= 1;
    else state.free.push(worker);
  }

  function converse(
    worker: Worker,
    job: Job,
    take: (bytes: Uint8Array) => Promise<void>,
    signal: AbortSignal,
  ): Promise<Counts> {
    tags += 1;
    const tag = `statement-${tags}`;
    const comment = `log_comment='${tag}'`;
    const assignments = job.assignments === '' ? comment : `${job.assignments}, ${comment}`;
    const tell = (message: ToWorker) => worker.postMessage(message);
    return new Promise<Counts>((resolve, reject) => {
      let killer: NodeJS.Timeout | undefined;
      function abort(): void {
        tell({ kind: 'cancel' });
        void kill(tag);
        killer = setInterval(() => void kill(tag), killEveryMs);
      }
      function leave(): void {
        clearInterval(killer);
        signal.removeEventListener('abort', abort);
        worker.off('message', hear);
        worker.off('error', fail);
      }
      function fail(error: Error): void {
        leave();
        reject(error);
      }
      function hear(message: FromWorker): void {
        if (message.kind === 'chunk') {
          take(message.bytes).then(
            () => tell({ kind: 'more' }),
            () => tell({ kind: 'cancel' }),
          );
          return;
        }
        leave();
        if (message.kind === 'end') resolve(message.counts);
        else reject(new StatementError(message.message));
      }
      worker.on('message', hear);
      worker.on('error', fail);
      tell({ kind: 'run', job: { ...job, assignments } });
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    });
  }

  return {
    async run(lane, job, take, signal) {
      const worker = await acquire(lane);
      let healthy = true;
      try {
        if (signal.aborted) throw new ServerException('QUERY_WAS_CANCELLED', 'Query was cancelled');
        return await converse(worker, job, take, signal);
      } catch (error) {
        healthy = error instanceof StatementError || error instanceof ServerException;
        throw error;
      } finally {
        release(lane, healthy ? worker : undefined);
      }
    },
  };
}

/** The statement failed; its thread is well. */
class StatementError extends Error {}
