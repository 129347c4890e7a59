/** A worker thread that kills its whole process at one step of a commit or of a recovery. */
import { workerData } from 'node:worker_threads';
import { runWorker } from '../../pipelines/worker.ts';

const { step, after } = workerData.crash as { step: string | null; after: number };
let seen = 0;

await runWorker({
  onStep(at) {
    if (at !== step) return;
    seen += 1;
    if (seen >= after) process.kill(process.pid, 'SIGKILL');
  },
});
