/** A thread or a process that runs partitions, as seen by the process that started it. */
import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

export interface WorkerHandle {
  /** Of a process; undefined for a thread. */
  readonly pid: number | undefined;
  post(command: unknown): void;
  /** Resolves with the reason when it has ended. */
  readonly ended: Promise<string>;
  /** Ends it at once, without a commit. */
  terminate(): Promise<unknown>;
}

/** Longer than anything a thread does without looking at its messages, a model that takes too long included, ms. */
const blockedMs = 15_000;

/**
 * The thread must end itself when it is told 'end': terminated within a call of LMDB it would take the process with it
 * (nodejs/node-addon-api#975). One that does not look at its messages is terminated all the same.
 *
 * @param onMessage told each message, in order
 */
export function startThread<Message>(
  entry: URL,
  workerData: unknown,
  onMessage: (message: Message) => void,
): WorkerHandle {
  const worker = new Worker(entry, { workerData });
  let failure: Error | undefined;
  worker.on('message', onMessage);
  worker.on('error', (error) => {
    failure = error;
  });
  // Not by `once` of node:events, which would reject at the error that comes before.
  const ended = new Promise<string>((resolve) => {
    worker.once('exit', (code) => resolve(failure?.message ?? `exit code ${code}`));
  });
  return {
    pid: undefined,
    post: (command) => worker.postMessage(command),
    ended,
    async terminate() {
      worker.postMessage('end');
      const late = sleep(blockedMs, undefined, { ref: false }).then(() => worker.terminate());
      await Promise.race([ended, late]);
    },
  };
}

/**
 * A process of its own: what the Kafka client needs. It ends with this one.
 *
 * @param data      sent first, as `{ data }`
 * @param onMessage told each message, in order
 */
export function startProcess<Message>(
  entry: URL,
  data: unknown,
  onMessage: (message: Message) => void,
): WorkerHandle {
  const child = fork(fileURLToPath(entry), [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const post = (command: unknown) => {
    if (child.connected) child.send(command as object, () => undefined); // its end is told by `ended`
  };
  child.on('message', onMessage);
  post({ data });
  return {
    pid: child.pid,
    post,
    ended,
    terminate() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
