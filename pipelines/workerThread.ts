/** Entry of a worker thread. */
import { runWorker } from './worker.ts';

await runWorker();
