/**
 * Runs ClickHouse (chdb) in a child process behind ClickHouse's HTTP protocol on loopback, and keeps it running.
 *
 * The address and the password stay the same when the child is restarted. The password is random, and handed over by a
 * channel that no other program can read.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { totalmem } from 'node:os';
import { resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../../contracts/errors.ts';
import type { ChildSettings, FromChild, ToChild } from './messages.ts';

export interface EmbeddedClickHouseOptions {
  /** Where the data live; made when absent. */
  readonly directory: string;
  /** Memory for all of ClickHouse, bytes; by default 30 % of the machine's, between 1 and 8 GiB. */
  readonly memoryMax?: number;
  /** How long to wait for another engine that is about to let go of the directory, ms. */
  readonly lockWaitMs?: number;
  readonly onEvent?: (event: EmbeddedClickHouseEvent) => void;
}

export interface EmbeddedClickHouseEvent {
  /** `ended`: the child has died or could not start again; another attempt follows. */
  readonly kind: 'started' | 'ended';
  /** The event in a sentence. */
  readonly detail: string;
}

export interface EmbeddedClickHouse {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Process id of the present child, 0 between two children. */
  readonly pid: number;
  /** Lets running statements finish, for 10 s at most, and ends the child. */
  close(): Promise<void>;
}

const gibibyte = 1_073_741_824;
const restartMsMin = 100;
const restartMsMax = 5_000;
/** A child that has run so long was well: the next restart is quick again. */
const healthyMs = 30_000;
const startMaxMs = 60_000;
const closeMaxMs = 15_000;
const errorTextMax = 4_000;

/** The compiled entry, also when this file runs from its source. */
function entry(): string {
  const compiled = import.meta.url.endsWith('.js');
  const path = compiled ? './child.js' : '../../../dist/sinks/clickhouse/embedded/child.js';
  return fileURLToPath(new URL(path, import.meta.url));
}

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  /** Resolves with the reason when the process has ended. */
  readonly ended: Promise<string>;
}

/** @throws EngineError DATA_LOCKED or SINK_UNAVAILABLE when the child cannot serve */
function launch(settings: ChildSettings): Promise<Running> {
  const environment = { ...process.env, TZ: 'UTC', UV_THREADPOOL_SIZE: '24' };
  delete (environment as NodeJS.ProcessEnv)['NODE_OPTIONS'];
  const child = fork(entry(), [], {
    execArgv: [],
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errorText = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorText = (errorText + text).slice(-errorTextMax);
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      resolve(`ended with ${signal ?? `code ${code}`}${errorText && `: ${errorText.trim()}`}`);
    });
  });
  return new Promise<Running>((resolve, reject) => {
    let failure: EngineError | undefined;
    function refuse(error: EngineError): void {
      failure = error;
      child.kill('SIGKILL'); // and rejected when it has ended
    }
    const timer = setTimeout(() => {
      const detail = `the embedded ClickHouse did not start within ${startMaxMs / 1000} s`;
      refuse(new EngineError('SINK_UNAVAILABLE', detail));
    }, startMaxMs);
    child.on('message', (message: FromChild) => {
      if (message.kind === 'listening') {
        clearTimeout(timer);
        resolve({ child, port: message.port, ended });
      } else if (message.kind === 'locked') {
        const detail =
          `another engine (process ${message.holder}) uses the data directory ` +
          `${settings.directory}: stop it, or choose another directory`;
        refuse(new EngineError('DATA_LOCKED', detail));
      } else {
        const detail = `the embedded ClickHouse cannot start: ${message.detail} ${errorText.trim()}`;
        refuse(new EngineError('SINK_UNAVAILABLE', detail));
      }
    });
    void ended.then((reason) => {
      clearTimeout(timer);
      reject(failure ?? new EngineError('SINK_UNAVAILABLE', `the embedded ClickHouse ${reason}`));
    });
    const message: ToChild = { kind: 'start', settings };
    child.send(message, () => {}); // a child that is gone is reported by `exit`
  });
}

/**
 * Starts the embedded ClickHouse on a data directory; about half a second until it answers.
 *
 * @throws EngineError DATA_LOCKED when another process uses the directory, SINK_UNAVAILABLE when it cannot start
 */
export async function startEmbeddedClickHouse(
  options: EmbeddedClickHouseOptions,
): Promise<EmbeddedClickHouse> {
  const memoryMax =
    options.memoryMax ?? Math.round(Math.min(8 * gibibyte, Math.max(gibibyte, totalmem() * 0.3)));
  const settings = {
    directory: resolvePath(options.directory),
    username: 'default',
    password: randomBytes(24).toString('hex'),
    memoryMax,
    lockWaitMs: options.lockWaitMs ?? 5_000,
  };
  const report = options.onEvent ?? (() => {});
  const stop = new AbortController();
  let startedAt = performance.now();
  let current: Running | undefined = await launch({ ...settings, port: 0 });
  const { port } = current;

  function reportStart({ child }: Running): void {
    const took = Math.round(performance.now() - startedAt);
    const detail = `The embedded ClickHouse (process ${child.pid}) started in ${took} ms`;
    report({ kind: 'started', detail });
  }
  reportStart(current);

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (stop.signal.aborted) return resolve();
      const timer = setTimeout(resolve, ms);
      stop.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async function supervise(first: Running): Promise<void> {
    let running: Running | undefined = first;
    let restartMs = restartMsMin;
    let reason = '';
    while (!stop.signal.aborted) {
      if (running !== undefined) {
        reason = `The embedded ClickHouse ${await running.ended}`;
        current = undefined;
        if (performance.now() - startedAt > healthyMs) restartMs = restartMsMin;
      }
      if (stop.signal.aborted) return;
      const detail = `${reason}; the next attempt follows in ${restartMs} ms`;
      report({ kind: 'ended', detail });
      await pause(restartMs);
      if (stop.signal.aborted) return;
      restartMs = Math.min(restartMsMax, restartMs * 2);
      startedAt = performance.now();
      try {
        running = await launch({ ...settings, port });
        current = running;
        reportStart(running);
      } catch (error) {
        running = undefined;
        reason = error instanceof Error ? error.message : String(error);
      }
    }
  }
  const supervision = supervise(current);

  async function end({ child, ended }: Running): Promise<void> {
    const timer = setTimeout(() => child.kill('SIGKILL'), closeMaxMs);
    const message: ToChild = { kind: 'close' };
    child.send(message, () => {});
    await ended;
    clearTimeout(timer);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    username: settings.username,
    password: settings.password,
    get pid() {
      return current?.child.pid ?? 0;
    },
    async close() {
      stop.abort();
      if (current !== undefined) await end(current);
      await supervision;
      if (current !== undefined) await end(current); // it was being restarted
    },
  };
}
