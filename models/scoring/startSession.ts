/**
 * A model in a thread of its own, so that a large one does not hold up the event loop, and one that hangs can be ended.
 *
 * Scoring cannot be interrupted: a call that takes too long fails, and with it every call that waits; the thread ends when the runtime
 * returns.
 */
import { Worker } from 'node:worker_threads';
import { compiledModule } from '../../contracts/compiledModule.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { OnnxSignature } from '../onnx/checkOnnx.ts';
import { createNativeGate, endBehindGate, type NativeGate } from './nativeGate.ts';
import { checkRows, type ScoringSession, type SessionOptions } from './session.ts';

export type ThreadAnswer =
  | { readonly id: 0; readonly signature: OnnxSignature }
  | { readonly id: number; readonly predictions: Float32Array }
  | { readonly id: number; readonly isUnusable: boolean; readonly message: string };

/** What the thread is made with. */
export interface SessionThread {
  readonly bytes: Uint8Array;
  readonly options: SessionOptions;
  readonly gate: NativeGate;
}

export interface ThreadOptions extends SessionOptions {
  /** Longest time to open the model, and for one call from when it is asked; 10,000 by default. */
  readonly timeoutMs?: number;
}

interface Call {
  readonly resolve: (answer: ThreadAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

const entry = compiledModule('sessionThread', import.meta.url);

/**
 * As `openSession`, in a thread.
 *
 * @param thread where the thread begins; another one is for tests
 * @throws EngineError MODEL_UNUSABLE, also when the thread dies or takes too long
 */
export async function startSession(
  bytes: Uint8Array,
  { timeoutMs = 10_000, ...options }: ThreadOptions = {},
  thread: URL = entry,
): Promise<ScoringSession> {
  const calls = new Map<number, Call>();
  let next = 0;
  let holds = 1;
  let death: EngineError | undefined;
  let whenIdle: (() => void) | undefined;
  const gate = createNativeGate();
  const workerData = { bytes, options, gate } satisfies SessionThread;
  // Without the flags of the process, some of which no thread takes.
  const worker = new Worker(thread, { workerData, execArgv: [] });

  function die(reason: string): void {
    death ??= new EngineError('MODEL_UNUSABLE', reason);
    void endBehindGate(worker, gate);
    for (const { reject, timer } of calls.values()) {
      clearTimeout(timer);
      reject(death);
    }
    calls.clear();
    whenIdle?.();
  }

  worker.on('error', (error) => die(`the thread of the model fails: ${error.message}`));
  worker.on('exit', (code) => die(`the thread of the model ended with code ${code}`));
  worker.on('message', (answer: ThreadAnswer) => {
    const call = calls.get(answer.id);
    if (call === undefined) return;
    calls.delete(answer.id);
    clearTimeout(call.timer);
    call.resolve(answer);
    if (calls.size === 0) whenIdle?.();
  });

  function ask(rows?: Float32Array): Promise<ThreadAnswer> {
    const id = next;
    next += 1;
    return new Promise((resolve, reject) => {
      const late = () => die(`the model takes more than ${timeoutMs} ms`);
      calls.set(id, { resolve, reject, timer: setTimeout(late, timeoutMs) });
      if (rows !== undefined) worker.postMessage({ id, rows });
    });
  }

  const opened = await ask();
  if (!('signature' in opened)) {
    const message = 'message' in opened ? opened.message : 'no signature';
    die(message);
    throw death!;
  }
  const { signature } = opened;
  const throwIfEnded = () => {
    if (death !== undefined) throw death;
    if (holds === 0) throw new RangeError('session: expected one that has not ended');
  };

  return {
    signature,
    async score(rows) {
      throwIfEnded();
      checkRows(rows, signature.width, options.allowsMissing === true);
      const answer = await ask(rows);
      if ('predictions' in answer) return answer.predictions;
      const message = 'message' in answer ? answer.message : 'no predictions';
      if ('isUnusable' in answer && !answer.isUnusable) throw new RangeError(message);
      throw new EngineError('MODEL_UNUSABLE', message);
    },
    retain() {
      throwIfEnded();
      holds += 1;
    },
    async release() {
      if (holds === 0) throw new RangeError('session: expected one that has not ended');
      holds -= 1;
      if (holds > 0) return;
      if (calls.size > 0) {
        await new Promise<void>((resolve) => {
          whenIdle = resolve;
        });
      }
      death ??= new EngineError('MODEL_UNUSABLE', 'the model was released');
      await endBehindGate(worker, gate);
    },
  };
}
