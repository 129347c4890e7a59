import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { cancelFlag } from '../../../models/training/control.ts';
import { trainTrees } from '../../../models/trees/trainTrees.ts';
import { drawSet } from '../../support/trainingRows.ts';

const dist = new URL('../../../dist/models/', import.meta.url);

/** A thread that trains trees, tells its progress, and then what it made or why it did not. */
function startTraining(data: unknown): {
  worker: Worker;
  messages: unknown[];
  ended: Promise<void>;
} {
  const code = `
    import { parentPort as port, workerData } from 'node:worker_threads';
    import { cancelFlag } from '${dist}training/control.js';
    import { trainTrees } from '${dist}trees/trainTrees.js';
    const { set, options, buffer } = workerData;
    const { isCancelled } = cancelFlag(buffer);
    const onProgress = (progress) => port.postMessage(progress);
    try {
      port.postMessage(trainTrees(set, options, { onProgress, isCancelled }));
    } catch (error) {
      port.postMessage({ code: error.code });
    }`;
  const entry = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const worker = new Worker(entry, { workerData: data });
  const messages: unknown[] = [];
  worker.on('message', (message) => messages.push(message));
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return { worker, messages, ended };
}

test('a thread trains the same model, and tells each round', async () => {
  const set = drawSet({ rows: 500, missing: 0.1, categorical: [5] });
  const options = { rounds: 5, rowShare: 0.5 };
  const { buffer } = cancelFlag();
  const { messages, ended } = startTraining({ set, options, buffer });
  await ended;
  expect(messages.at(-1)).toEqual(trainTrees(set, options));
  expect(messages.slice(0, -1).map((each) => (each as { round: number }).round)).toEqual([
    1, 2, 3, 4, 5,
  ]);
});

test('it is cancelled from outside while it works', async () => {
  const set = drawSet({ rows: 3_000 });
  const options = { rounds: 5_000, validationShare: 0 };
  const flag = cancelFlag();
  const { worker, messages, ended } = startTraining({ set, options, buffer: flag.buffer });
  worker.once('message', () => flag.cancel());
  await ended;
  expect(messages.at(-1)).toEqual({ code: 'TRAINING_CANCELLED' });
  expect(messages.length).toBeLessThan(2_000);
});
