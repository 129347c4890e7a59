/** A worker thread of a played campus: it tells the time by the shared clock, and stands still while it is held. */
import { workerData } from 'node:worker_threads';
import { runWorker } from '../../pipelines/worker.ts';
import { openSharedClock, takeTime } from './sharedClock.ts';

const clock = openSharedClock(workerData.clock as SharedArrayBuffer);
takeTime(clock);
await runWorker({ onStep: () => clock.waitWhileHeld() });
