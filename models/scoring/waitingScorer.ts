/**
 * Scores rows for a thread that must not go on before it has them: a thread beside it runs the models, the caller waits.
 *
 * Rows and predictions lie in memory that both share, at most so many rows a call; each waits for the other on one flag, so that
 * neither spins. A thread that dies or hangs takes with it the model that it was asked of; the others are opened again in the
 * next.
 */
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';
import { compiledModule } from '../../contracts/compiledModule.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { OnnxSignature } from '../onnx/checkOnnx.ts';
import { createNativeGate, endBehindGate, type NativeGate } from './nativeGate.ts';
import type { SessionOptions } from './session.ts';

/** Values of the flag: the thread waits until it is asked, the caller until it is not. */
export const flags = { idle: 0, asked: 1, done: 2, failed: 3, dead: 4 } as const;

export type ScorerCommand =
  | {
      readonly open: string;
      readonly bytes: Uint8Array;
      readonly options: SessionOptions;
    }
  | { readonly score: string; readonly numbers: number; readonly rows: number }
  | { readonly release: string };

/** What the thread is made with. */
export interface ScorerThread {
  /** One number, of {@link flags}. */
  readonly flag: Int32Array;
  readonly rows: Float32Array;
  readonly predictions: Float32Array;
  /** Commands and answers, each there before the flag changes. */
  readonly port: MessagePort;
  /** What it does for a command lies behind it. */
  readonly gate: NativeGate;
}

export type ScorerAnswer = { readonly signature: OnnxSignature } | { readonly message: string };

export interface WaitingScorer {
  /**
   * Opens a model; each `open` holds it once more.
   *
   * @param key under which it is scored, such as the file's SHA-256
   * @throws EngineError MODEL_UNUSABLE
   */
  open(key: string, bytes: Uint8Array, options?: SessionOptions): OnnxSignature;
  /**
   * Predictions of rows, in any number.
   *
   * @param rows row-major, as many features a row as the signature says
   * @throws EngineError MODEL_UNUSABLE when it is not open, fails, takes too long, or a value is not as it must be; one that has
   *   ended its thread must be opened again
   */
  score(key: string, rows: Float32Array): Float32Array;
  /** Lets go of it; nothing happens when it is not open. */
  release(key: string): void;
  /** Ends the thread. */
  close(): Promise<void>;
}

export interface WaitingScorerOptions {
  /** Longest time to open a model, or to score one part of the rows; 10,000 by default. */
  readonly timeoutMs?: number;
  /** Most rows that go over at a time; 1,024 by default. */
  readonly rowsMax?: number;
}

interface Held {
  readonly bytes: Uint8Array;
  readonly options: SessionOptions;
  readonly signature: OnnxSignature;
  holds: number;
  /** Thread in which it is open. */
  thread: Thread | undefined;
}

interface Thread extends ScorerThread {
  readonly worker: Worker;
}

/** Features of a row for which the shared memory suffices. */
const widthMax = 1_024;

/** The other thread is notified again after so long: of wake-ups some in a hundred thousand are lost (glibc bug 25847). */
const nudgeMs = 20;

const entry = compiledModule('scorerThread', import.meta.url);

/**
 * The thread begins with the first model, and does not keep the process alive.
 *
 * @param thread where the thread begins; another one is for tests
 */
export function createWaitingScorer(
  { timeoutMs = 10_000, rowsMax = 1_024 }: WaitingScorerOptions = {},
  thread: URL = entry,
): WaitingScorer {
  const models = new Map<string, Held>();
  let current: Thread | undefined;

  function running(): Thread {
    if (current !== undefined && Atomics.load(current.flag, 0) === flags.dead) end();
    current ??= startThread(thread, rowsMax);
    return current;
  }

  async function end(): Promise<void> {
    const ending = current;
    current = undefined;
    if (ending === undefined) return;
    ending.port.close();
    await endBehindGate(ending.worker, ending.gate);
  }

  /** @returns whether it went well */
  function ask(command: ScorerCommand): boolean {
    const { flag, port } = running();
    port.postMessage(command);
    Atomics.store(flag, 0, flags.asked);
    const late = performance.now() + timeoutMs;
    do {
      Atomics.notify(flag, 0);
      Atomics.wait(flag, 0, flags.asked, Math.min(timeoutMs, nudgeMs));
    } while (Atomics.load(flag, 0) === flags.asked && performance.now() < late);
    const found = Atomics.load(flag, 0);
    if (found === flags.done || found === flags.failed) return found === flags.done;
    void end();
    if (found === flags.dead) refuse('the thread of models ended');
    return refuse(`the model takes more than ${timeoutMs} ms`);
  }

  function told(): ScorerAnswer {
    return receiveMessageOnPort(current!.port)!.message as ScorerAnswer;
  }

  function start(key: string, bytes: Uint8Array, options: SessionOptions): OnnxSignature {
    ask({ open: key, bytes, options });
    const answer = told();
    return 'signature' in answer ? answer.signature : refuse(answer.message);
  }

  function release(key: string): void {
    const held = models.get(key);
    if (held === undefined) return;
    held.holds -= 1;
    if (held.holds > 0) return;
    models.delete(key);
    if (current === undefined || held.thread !== current) return;
    try {
      ask({ release: key });
    } catch (error) {
      // A thread that has ended holds nothing.
      if (!(error instanceof EngineError)) throw error;
    }
  }

  function scorePart(key: string, part: Float32Array, into: Float32Array): void {
    const { rows, predictions } = running();
    rows.set(part);
    if (!ask({ score: key, numbers: part.length, rows: into.length })) {
      const answer = told();
      refuse('message' in answer ? answer.message : 'no reason was told');
    }
    into.set(predictions.subarray(0, into.length));
  }

  return {
    open(key, bytes, options = {}) {
      const known = models.get(key);
      if (known !== undefined) {
        known.holds += 1;
        return known.signature;
      }
      const signature = start(key, bytes, options);
      if (signature.width > widthMax) {
        ask({ release: key });
        refuse(`the model takes ${signature.width} features, of which ${widthMax} are allowed`);
      }
      models.set(key, { bytes, options, signature, holds: 1, thread: current });
      return signature;
    },

    score(key, rows) {
      const held = models.get(key) ?? refuse('the model is not open');
      const { width } = held.signature;
      const count = rows.length / width;
      if (!Number.isInteger(count)) {
        refuse(`rows: expected a multiple of ${width} numbers, got ${rows.length}`);
      }
      const predictions = new Float32Array(count);
      try {
        if (held.thread !== running()) {
          start(key, held.bytes, held.options);
          held.thread = current;
        }
        for (let from = 0; from < count; from += rowsMax) {
          const to = Math.min(count, from + rowsMax);
          scorePart(key, rows.subarray(from * width, to * width), predictions.subarray(from, to));
        }
      } catch (error) {
        // It has ended the thread, and would end the next.
        if (current === undefined) models.delete(key);
        throw error;
      }
      return predictions;
    },

    release,

    async close() {
      models.clear();
      await end();
    },
  };
}

function startThread(url: URL, rowsMax: number): Thread {
  const { port1: port, port2 } = new MessageChannel();
  const shared = {
    flag: new Int32Array(new SharedArrayBuffer(4)),
    rows: new Float32Array(new SharedArrayBuffer(4 * rowsMax * widthMax)),
    predictions: new Float32Array(new SharedArrayBuffer(4 * rowsMax)),
    gate: createNativeGate(),
  };
  const workerData = { ...shared, port: port2 } satisfies ScorerThread;
  // Without the flags of the process, some of which no thread takes.
  const worker = new Worker(url, { workerData, transferList: [port2], execArgv: [] });
  const die = () => Atomics.store(shared.flag, 0, flags.dead);
  worker.on('error', die);
  worker.on('exit', die);
  worker.unref();
  return { ...shared, port, worker };
}

function refuse(reason: string): never {
  throw new EngineError('MODEL_UNUSABLE', reason);
}
