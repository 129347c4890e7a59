/** Entry of a thread that gets one file of a model from a bucket into a directory, while another thread waits for it. */
import { workerData } from 'node:worker_threads';
import { EngineError } from '../../contracts/errors.ts';
import type { ReadFailure, ReadTask } from './readArtifactNow.ts';

const { access, sha256, answer } = workerData as ReadTask;

async function fetchIntoCache(): Promise<void> {
  const { createS3Artifacts } = await import('./s3Artifacts.ts');
  const { openFileArtifacts } = await import('./fileArtifacts.ts');
  const cache = await openFileArtifacts(access.cache);
  await cache.put(await createS3Artifacts(access).get(sha256));
}

function tell(failure?: ReadFailure): void {
  const numbers = new Int32Array(answer, 0, 2);
  if (failure !== undefined) {
    const message = failure.message.slice(0, 1_000);
    const bytes = new TextEncoder().encode(JSON.stringify({ ...failure, message }));
    new Uint8Array(answer, 8).set(bytes);
    Atomics.store(numbers, 1, bytes.length);
  }
  Atomics.store(numbers, 0, 1);
  Atomics.notify(numbers, 0);
}

fetchIntoCache().then(
  () => tell(),
  (error: unknown) => {
    const code = error instanceof EngineError ? error.code : undefined;
    tell({ code, message: error instanceof Error ? error.message : String(error) });
  },
);
