/** Entry of the thread of a training: does one job, tells how far it is, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { EngineError } from '../../contracts/errors.ts';
import { cancelFlag } from '../../models/training/control.ts';
import type { ThreadMessage } from './trainInThread.ts';
import { doJob, type JobResults, type ThreadJob } from './trainingJob.ts';

/** Between two messages on progress, ms. */
const tellEveryMs = 250;

const { job, buffer } = workerData as { job: ThreadJob; buffer: SharedArrayBuffer };
const { isCancelled } = cancelFlag(buffer);
let toldAt = Number.NEGATIVE_INFINITY;

function post(message: ThreadMessage, transfer: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, transfer);
}

try {
  const result = doJob(job, {
    isCancelled,
    onProgress(progress) {
      const now = performance.now();
      if (now - toldAt < tellEveryMs) return;
      toldAt = now;
      post({ progress });
    },
  });
  post({ result }, buffersOf(result));
} catch (error) {
  const { message } = error as Error;
  if (error instanceof EngineError) post({ failed: { code: error.code, message } });
  else if (error instanceof RangeError) post({ failed: { code: null, message } });
  else throw error;
}

function buffersOf(result: JobResults[ThreadJob['kind']]): ArrayBuffer[] {
  if (result === true) return [];
  const parts = result instanceof Uint8Array ? [result] : Object.values(result);
  const views = parts.filter((part): part is Uint8Array => ArrayBuffer.isView(part));
  return [...new Set(views.map(({ buffer: memory }) => memory as ArrayBuffer))];
}
