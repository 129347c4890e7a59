/** Entry of a thread that runs one model: opens it, then scores what it is sent. */
import { parentPort, workerData } from 'node:worker_threads';
import { EngineError } from '../../contracts/errors.ts';
import { throughGate } from './nativeGate.ts';
import { openSession } from './session.ts';
import type { SessionThread, ThreadAnswer } from './startSession.ts';

const { bytes, options, gate } = workerData as SessionThread;

function post(answer: ThreadAnswer, transfer: ArrayBuffer[] = []): void {
  parentPort!.postMessage(answer, transfer);
}

function failed(id: number, error: unknown): void {
  const isUnusable = error instanceof EngineError;
  post({ id, isUnusable, message: (error as Error).message });
}

try {
  const session = await throughGate(gate, () => openSession(bytes, options));
  parentPort!.on('message', ({ id, rows }: { id: number; rows: Float32Array }) => {
    throughGate(gate, () => session.score(rows)).then(
      (predictions) => {
        // The runtime's own memory cannot be given away.
        const copy = predictions.slice();
        post({ id, predictions: copy }, [copy.buffer]);
      },
      (error) => failed(id, error),
    );
  });
  post({ id: 0, signature: session.signature });
} catch (error) {
  failed(0, error);
}
