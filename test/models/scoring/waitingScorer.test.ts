import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { exportModel } from '../../../models/onnx/exportModel.ts';
import { graphBuilder } from '../../../models/onnx/graphBuilder.ts';
import { onnxBytes } from '../../../models/onnx/onnxModel.ts';
import { openSession } from '../../../models/scoring/session.ts';
import {
  createWaitingScorer,
  type WaitingScorer,
  type WaitingScorerOptions,
} from '../../../models/scoring/waitingScorer.ts';
import { tinyFeatures, tinyModels, tinyRows } from '../../support/tinyModels.ts';

const compiled = new URL('../../../dist/models/scoring/scorerThread.js', import.meta.url);
const fileOf = (name: string) => exportModel(tinyModels[name]!, { features: tinyFeatures });
const allowsMissing = { allowsMissing: true };

/** A model of one operator that takes and gives one number. */
function operatorModel(operator: string): Uint8Array {
  const graph = graphBuilder();
  graph.add(operator, ['features']);
  return onnxBytes(
    graph.build({ name: 'features', width: 1 }, { name: 'prediction', width: 1 }, {}),
  );
}

let scorer: WaitingScorer | undefined;
function scoring(options: WaitingScorerOptions = {}, thread = compiled): WaitingScorer {
  scorer = createWaitingScorer(options, thread);
  return scorer;
}
afterEach(() => scorer?.close());

test('predicts what a session does, bit for bit, in parts of any size', async () => {
  const rows = Float32Array.from(Array.from({ length: 40 }, () => [...tinyRows]).flat());
  for (const rowsMax of [1_024, 7]) {
    const waiting = scoring({ rowsMax });
    for (const name of ['trees', 'linear', 'network', 'machine']) {
      const session = await openSession(fileOf(name), allowsMissing);
      waiting.open(name, fileOf(name), allowsMissing);
      expect(waiting.score(name, rows)).toEqual(await session.score(rows));
      await session.release();
    }
    expect(waiting.score('trees', new Float32Array(0))).toHaveLength(0);
    await waiting.close();
  }
});

test('models are held as often as they were opened', () => {
  const waiting = scoring();
  expect(waiting.open('a', fileOf('linear')).width).toBe(2);
  waiting.open('a', fileOf('linear'));
  waiting.release('a');
  expect(waiting.score('a', Float32Array.of(3, 2))).toHaveLength(1);
  waiting.release('a');
  expect(() => waiting.score('a', Float32Array.of(3, 2))).toThrow('the model is not open');
  waiting.release('a');
  waiting.open('a', fileOf('linear'));
  expect(waiting.score('a', Float32Array.of(3, 2))).toHaveLength(1);
});

test('what cannot be run or scored is an error, and the others go on', () => {
  const waiting = scoring();
  const unusable = expect.objectContaining({ code: 'MODEL_UNUSABLE' });
  waiting.open('good', fileOf('linear'));
  waiting.open('log', operatorModel('Log'));
  expect(() => waiting.open('cut', fileOf('linear').subarray(0, 300))).toThrow(unusable);
  expect(() => waiting.open('refused', operatorModel('Gemm'))).toThrow(unusable);
  expect(() => waiting.open('wide', fileOf('linear'), { width: 3 })).toThrow(unusable);
  expect(() => waiting.score('log', Float32Array.of(2, -1))).toThrow('the model predicts NaN');
  expect(() => waiting.score('good', Float32Array.of(1, NaN))).toThrow('expected finite at row 0');
  expect(() => waiting.score('good', Float32Array.of(1, 2, 3))).toThrow('a multiple of 2 numbers');
  expect(waiting.score('log', Float32Array.of(1))).toEqual(Float32Array.of(0));
  expect(waiting.score('good', Float32Array.of(3, 2))).toHaveLength(1);
});

describe('a thread that fails', () => {
  /** Obeys as the compiled one does, but for a model that is named `bad`. */
  const failing = (how: string) =>
    new URL(
      `data:text/javascript,${encodeURIComponent(`
        import { receiveMessageOnPort, workerData } from 'node:worker_threads';
        const { flag, predictions, port } = workerData;
        const wake = (value) => { Atomics.store(flag, 0, value); Atomics.notify(flag, 0); };
        process.once('exit', () => wake(4));
        const open = new Set();
        for (;;) {
          for (let now = flag[0]; now !== 1; now = flag[0]) Atomics.wait(flag, 0, now);
          const { message: command } = receiveMessageOnPort(port);
          if ('open' in command) {
            open.add(command.open);
            port.postMessage({ signature: { width: 2 } });
          }
          if (command.score === 'bad') { ${how} }
          if ('score' in command && !open.has(command.score)) throw new Error('not open');
          predictions.fill(0.25);
          wake(2);
        }`)}`,
    );

  test.each([
    ['hanging', 'for (;;);', 'the model takes more than 500 ms'],
    ['dying', 'throw new Error("no memory");', 'the thread of models ended'],
    ['leaving', 'process.exit(3);', 'the thread of models ended'],
  ])('by %s, takes its model with it and no other', (_, how, reason) => {
    const waiting = scoring({ timeoutMs: 500 }, failing(how));
    const row = Float32Array.of(1, 2);
    waiting.open('good', new Uint8Array(1));
    waiting.open('bad', new Uint8Array(1));
    expect(waiting.score('good', row)[0]).toBe(0.25);
    expect(() => waiting.score('bad', row)).toThrow(
      expect.objectContaining({ code: 'MODEL_UNUSABLE', message: reason }),
    );
    expect(waiting.score('good', row)[0]).toBe(0.25);
    expect(() => waiting.score('bad', row)).toThrow('the model is not open');
    waiting.open('bad', new Uint8Array(1));
    expect(() => waiting.score('bad', row)).toThrow(reason);
    expect(waiting.score('good', row)[0]).toBe(0.25);
  });

  test('at once, is an error of what it was to open', () => {
    const waiting = scoring({ timeoutMs: 500 }, new URL('data:text/javascript,for (;;);'));
    expect(() => waiting.open('good', new Uint8Array(1))).toThrow('takes more than 500 ms');
  });
});

test('idle, it takes no time of the processor', async () => {
  const waiting = scoring();
  waiting.open('a', fileOf('trees'), allowsMissing);
  waiting.score('a', tinyRows);
  await sleep(50);
  const before = process.cpuUsage();
  await sleep(400);
  const { user, system } = process.cpuUsage(before);
  expect(user + system).toBeLessThan(200_000); // µs: one that spins takes 400,000
});

test('it does not keep the process alive', () => {
  const code = `
    import { createWaitingScorer } from ${JSON.stringify(new URL('waitingScorer.js', compiled).href)};
    const scorer = createWaitingScorer();
    scorer.open('a', Buffer.from('${Buffer.from(fileOf('linear')).toString('base64')}', 'base64'));
    console.log(scorer.score('a', Float32Array.of(3, 2)).length);`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    timeout: 20_000,
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '1\n' });
});
