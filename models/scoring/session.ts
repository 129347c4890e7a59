/**
 * A model in ONNX Runtime, on one thread; it lives as long as somebody holds it.
 *
 * `run` works on the calling thread: a large model belongs in a worker, see `startSession`. The runtime takes NaN for a number and
 * answers with one, so what is missing or infinite is judged here.
 */
import type { InferenceSession } from 'onnxruntime-node';
import { EngineError } from '../../contracts/errors.ts';
import { checkOnnx, type OnnxLimits, type OnnxSignature } from '../onnx/checkOnnx.ts';

export interface ScoringSession {
  readonly signature: OnnxSignature;
  /**
   * @param rows row-major, as many features a row as the signature says; NaN for a missing value only where that is allowed
   * @returns a prediction for each row
   * @throws RangeError when it is no whole number of rows, or a value is infinite, or missing where it must not be
   * @throws EngineError MODEL_UNUSABLE when the runtime fails, or a prediction is not finite
   */
  score(rows: Float32Array): Promise<Float32Array>;
  /** Holds it once more. @throws RangeError when it has ended */
  retain(): void;
  /** Lets go of it; with the last hold it ends, after the rows that are under way. */
  release(): Promise<void>;
}

export interface SessionOptions extends OnnxLimits {
  /** Whether the model knows what a missing value is; all that the engine trained do. By default it must not see one. */
  readonly allowsMissing?: boolean;
}

/**
 * Opens a model; who opens it holds it.
 *
 * @throws EngineError MODEL_UNUSABLE
 */
export async function openSession(
  bytes: Uint8Array,
  options: SessionOptions = {},
): Promise<ScoringSession> {
  const signature = checkOnnx(bytes, options);
  const { runtime, session } = await create(bytes);
  const { input, width, output, outputWidth } = signature;
  const allowsMissing = options.allowsMissing === true;
  let holds = 1;
  let running = 0;
  let whenIdle: (() => void) | undefined;

  async function run(rows: Float32Array): Promise<Float32Array> {
    const count = rows.length / width;
    if (count === 0) return new Float32Array(0);
    let found: Float32Array;
    try {
      const feeds = { [input]: new runtime.Tensor('float32', rows, [count, width]) };
      const answer = await session.run(feeds, [output]);
      found = answer[output]!.data as Float32Array;
    } catch (error) {
      throw new EngineError('MODEL_UNUSABLE', `the model fails: ${(error as Error).message}`);
    }
    if (found.length !== count * outputWidth) {
      const told = `${found.length} numbers for ${count} rows`;
      throw new EngineError('MODEL_UNUSABLE', `the model answers with ${told}`);
    }
    const predictions = outputWidth === 1 ? found : found.filter((_, i) => i % 2 === 1);
    for (let row = 0; row < count; row += 1) {
      if (Number.isFinite(predictions[row]!)) continue;
      throw new EngineError('MODEL_UNUSABLE', `the model predicts ${predictions[row]}`);
    }
    return predictions;
  }

  return {
    signature,
    async score(rows) {
      if (holds === 0) throw new RangeError('session: expected one that has not ended');
      checkRows(rows, width, allowsMissing);
      running += 1;
      try {
        return await run(rows);
      } finally {
        running -= 1;
        if (running === 0) whenIdle?.();
      }
    },
    retain() {
      if (holds === 0) throw new RangeError('session: expected one that has not ended');
      holds += 1;
    },
    async release() {
      if (holds === 0) throw new RangeError('session: expected one that has not ended');
      holds -= 1;
      if (holds > 0) return;
      // The runtime would reject what is queued.
      if (running > 0) {
        await new Promise<void>((resolve) => {
          whenIdle = resolve;
        });
      }
      await session.release();
    },
  };
}

async function create(bytes: Uint8Array) {
  try {
    const runtime = await import('onnxruntime-node');
    const options: InferenceSession.SessionOptions = {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    };
    return { runtime, session: await runtime.InferenceSession.create(bytes, options) };
  } catch (error) {
    const { message } = error as Error;
    throw new EngineError('MODEL_UNUSABLE', `the runtime does not take the model: ${message}`);
  }
}

/** @throws RangeError that names row and feature */
export function checkRows(rows: Float32Array, width: number, allowsMissing: boolean): void {
  if (rows.length % width !== 0) {
    throw new RangeError(`rows: expected a multiple of ${width} numbers, got ${rows.length}`);
  }
  for (let at = 0; at < rows.length; at += 1) {
    const value = rows[at]!;
    if (value - value === 0 || (allowsMissing && Number.isNaN(value))) continue;
    const wanted = allowsMissing ? 'finite or missing' : 'finite';
    const place = `row ${Math.floor(at / width)}, feature ${at % width}`;
    throw new RangeError(`rows: expected ${wanted} at ${place}, got ${value}`);
  }
}
