/**
 * Ends a thread that may be in native code, which nothing interrupts.
 *
 * A thread that is terminated within a native call takes the whole process with it: when the call returns, it can hand over neither
 * its result nor the error of that (nodejs/node-addon-api#975). So each call goes through a gate. Once closed it lets nobody in, and
 * who is inside ends the thread on the way out.
 */
import type { Worker } from 'node:worker_threads';

/** One number in shared memory: calls that are inside, and {@link closed} more once it is closed. */
export type NativeGate = Int32Array;

const closed = 2 ** 30;

export function createNativeGate(): NativeGate {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** In the thread: makes a call, unless the thread is to end. */
export async function throughGate<Result>(
  gate: NativeGate,
  call: () => Promise<Result>,
): Promise<Result> {
  if (Atomics.add(gate, 0, 1) >= closed) process.exit(1);
  try {
    return await call();
  } finally {
    if (Atomics.sub(gate, 0, 1) > closed) process.exit(1);
  }
}

/** Resolves when the thread has ended: at once, or with the call that it is in. Until then it keeps the process alive. */
export async function endBehindGate(worker: Worker, gate: NativeGate): Promise<void> {
  const inside = Atomics.or(gate, 0, closed) % closed;
  if (inside === 0) {
    await worker.terminate();
    return;
  }
  if (hasEnded(worker)) return;
  // Not by `once` of node:events, which would reject at an error that comes before.
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  worker.ref();
  await ended;
}

function hasEnded({ threadId }: Worker): boolean {
  return threadId === -1;
}
