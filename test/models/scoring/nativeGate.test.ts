import { spawnSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { createNativeGate, endBehindGate } from '../../../models/scoring/nativeGate.ts';

const compiled = new URL('../../../dist/models/scoring/nativeGate.js', import.meta.url).href;

/** A thread that says when it is inside, and stays there for a while. */
const stays = (ms: number) => `
  import { parentPort, workerData } from 'node:worker_threads';
  import { throughGate } from ${JSON.stringify(compiled)};
  process.once('exit', () => parentPort.postMessage('exit'));
  await throughGate(workerData, async () => {
    parentPort.postMessage('inside');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${ms});
    parentPort.postMessage('out');
  });
  parentPort.postMessage('behind');
  setInterval(() => undefined, 1_000);`;

function begin(code: string) {
  const gate = createNativeGate();
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    workerData: gate,
    execArgv: [],
  });
  const said: string[] = [];
  const wait = (word: string) =>
    new Promise<void>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', (message: string) => {
        said.push(message);
        if (message === word) resolve();
      });
    });
  return { gate, worker, said, wait };
}

test('a thread that is inside ends on the way out, and not before', async () => {
  const { gate, worker, said, wait } = begin(stays(200));
  await wait('inside');
  await endBehindGate(worker, gate);
  expect(said).toEqual(['inside', 'out', 'exit']);
  await endBehindGate(worker, gate);
});

test('one that is outside ends at once', async () => {
  const { gate, worker, said, wait } = begin(stays(1));
  await wait('behind');
  await endBehindGate(worker, gate);
  expect(said).toEqual(['inside', 'out', 'behind']);
});

test('a closed gate lets nobody in', async () => {
  const gate = createNativeGate();
  const over = new Worker('', { eval: true, execArgv: [] });
  await new Promise((resolve) => over.once('exit', resolve));
  await endBehindGate(over, gate);
  const code = `${stays(1)}`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    workerData: gate,
    execArgv: [],
  });
  const said: string[] = [];
  worker.on('message', (message) => said.push(message));
  await new Promise((resolve) => worker.once('exit', resolve));
  expect(said).toEqual(['exit']);
});

test('a thread that died inside has ended', async () => {
  const code = stays(1).replace("parentPort.postMessage('out');", 'process.exit(3);');
  const { gate, worker, wait } = begin(code);
  await wait('exit');
  await endBehindGate(worker, gate);
});

test('who waits for the end keeps the process alive', () => {
  const code = `(async () => {
    const { Worker } = require('node:worker_threads');
    const { createNativeGate, endBehindGate } = await import(${JSON.stringify(compiled)});
    const gate = createNativeGate();
    const worker = new Worker(new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(stays(300))})), { workerData: gate });
    await new Promise((resolve) => worker.once('message', resolve));
    worker.unref();
    await endBehindGate(worker, gate);
    console.log('ended');
  })()`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--eval', code], {
    timeout: 20_000,
    encoding: 'utf8',
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'ended\n', stderr: '' });
});
