/**
 * Reads a file of a model while the thread waits, as the data plane does between two batches.
 *
 * From a bucket another thread gets it, into a directory of this host, where it is the next time.
 */
import { Worker } from 'node:worker_threads';
import { compiledModule } from '../../contracts/compiledModule.ts';
import { EngineError, type ErrorCode } from '../../contracts/errors.ts';
import type { ArtifactAccess, S3Access } from './artifactAccess.ts';
import { readFileArtifact } from './fileArtifacts.ts';

/** What the thread is told. */
export interface ReadTask {
  readonly access: S3Access;
  readonly sha256: string;
  /** Its first number is not 0 any more when the thread has ended; from the second on, the length and the JSON of why it failed. */
  readonly answer: SharedArrayBuffer;
}

export interface ReadFailure {
  readonly code: ErrorCode | undefined;
  readonly message: string;
}

const entry = compiledModule('readArtifactThread', import.meta.url);
const answerBytes = 8_192;
/** Longer than all tries of a request together, ms. */
const waitMs = 180_000;
/** A notification may be lost: it is looked again after this time, ms. */
const lookMs = 20;

/**
 * @param access plain data: a thread may have been told of it
 * @throws EngineError ARTIFACT_UNAVAILABLE, ARTIFACT_CORRUPT
 */
export function readArtifactNow(access: ArtifactAccess, sha256: string): Uint8Array {
  if (access.kind === 'directory') return readFileArtifact(access.directory, sha256);
  try {
    return readFileArtifact(access.cache, sha256);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
  fetchIntoCache(access, sha256);
  return readFileArtifact(access.cache, sha256);
}

function fetchIntoCache(access: S3Access, sha256: string): void {
  const answer = new SharedArrayBuffer(answerBytes);
  const numbers = new Int32Array(answer, 0, 2);
  const worker = new Worker(entry, { workerData: { access, sha256, answer } satisfies ReadTask });
  worker.on('error', () => undefined); // its answer says why
  worker.unref();
  const deadline = performance.now() + waitMs;
  while (Atomics.load(numbers, 0) === 0 && performance.now() < deadline) {
    Atomics.wait(numbers, 0, 0, lookMs);
  }
  void worker.terminate();
  if (Atomics.load(numbers, 0) === 0) {
    const seconds = waitMs / 1_000;
    throw new EngineError('ARTIFACT_UNAVAILABLE', `${sha256} was not read within ${seconds} s.`);
  }
  const length = Atomics.load(numbers, 1);
  if (length === 0) return;
  const text = new TextDecoder().decode(new Uint8Array(answer, 8, length).slice());
  const { code, message } = JSON.parse(text) as ReadFailure;
  throw new EngineError(code ?? 'ARTIFACT_UNAVAILABLE', message);
}
