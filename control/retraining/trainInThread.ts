/**
 * Does a job of a training in a thread of its own, which may hang, die or run out of memory without harm to anything else.
 *
 * A thread that is told to stop has a moment to do so, then it is ended; one that takes too long is ended at once.
 */
import { Worker } from 'node:worker_threads';
import { compiledModule } from '../../contracts/compiledModule.ts';
import { EngineError, type ErrorCode } from '../../contracts/errors.ts';
import { cancelFlag, type TrainingProgress } from '../../models/training/control.ts';
import { memoryOf } from './exampleSet.ts';
import type { JobResult, JobResults, ThreadJob } from './trainingJob.ts';

export type ThreadMessage =
  | { readonly progress: TrainingProgress }
  | { readonly result: JobResults[ThreadJob['kind']] }
  /** `code` null: a parameter out of its range. */
  | { readonly failed: { readonly code: ErrorCode | null; readonly message: string } };

export interface ThreadOptions {
  /** Longest time of the job; then the thread is ended, ms. */
  readonly timeoutMs: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** What it is called in errors; "training" by default. */
  readonly name?: string;
  /** At most four a second. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Heap that the thread may have, MiB; rows and histograms lie outside of it. */
  readonly heapMb?: number;
  /** Where the thread begins; another one is for tests. */
  readonly thread?: URL;
}

const entry = compiledModule('trainingThread', import.meta.url);
const heapMbDefault = 1_024;
/** A thread that was told to stop is ended after so long, ms. */
const graceMs = 2_000;

/**
 * @param job its set's memory goes to the thread: give a copy
 * @throws RangeError for a parameter
 * @throws EngineError TRAINING_IMPOSSIBLE, TRAINING_CANCELLED, TRAINING_DIED, MODEL_UNUSABLE
 */
export function trainInThread<Job extends ThreadJob>(
  job: Job,
  options: ThreadOptions,
): Promise<JobResult<Job>> {
  const { timeoutMs, signal, onProgress, heapMb = heapMbDefault, thread = entry } = options;
  const { name = 'training' } = options;
  const cancelled = () => new EngineError('TRAINING_CANCELLED', `the ${name} was cancelled`);
  if (signal?.aborted === true) return Promise.reject(cancelled());
  const flag = cancelFlag();
  const worker = new Worker(thread, {
    workerData: { job, buffer: flag.buffer },
    transferList: 'set' in job ? memoryOf(job.set) : [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  return new Promise((resolve, reject) => {
    let grace: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => {
      fail(died(`the ${name} takes more than ${timeoutMs} ms and was ended`));
    }, timeoutMs);
    const onAbort = () => {
      flag.cancel();
      grace = setTimeout(() => fail(cancelled()), graceMs);
    };
    signal?.addEventListener('abort', onAbort);

    /** The first outcome counts. It is told when the thread has gone: whoever comes next has its memory. */
    let isDecided = false;
    function decide(settle: () => void): void {
      if (isDecided) return;
      isDecided = true;
      clearTimeout(timer);
      clearTimeout(grace);
      signal?.removeEventListener('abort', onAbort);
      worker.terminate().then(settle, settle);
    }
    const fail = (error: Error) => decide(() => reject(error));
    worker.on('message', (message: ThreadMessage) => {
      if ('progress' in message) return onProgress?.(message.progress);
      if ('failed' in message) return fail(errorOf(message.failed));
      decide(() => resolve(message.result as JobResult<Job>));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const why = isMemory
        ? `the ${name} ran out of memory: its heap may have ${heapMb} MiB`
        : `the thread of the ${name} failed: ${error.message}`;
      fail(died(why));
    });
    worker.on('exit', (code) => fail(died(`the thread of the ${name} ended with code ${code}`)));
  });
}

function died(reason: string): EngineError {
  return new EngineError('TRAINING_DIED', reason);
}

function errorOf({ code, message }: { code: ErrorCode | null; message: string }): Error {
  return code === null ? new RangeError(message) : new EngineError(code, message);
}
