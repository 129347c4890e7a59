import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { exportModel } from '../../../models/onnx/exportModel.ts';
import { graphBuilder } from '../../../models/onnx/graphBuilder.ts';
import { onnxBytes } from '../../../models/onnx/onnxModel.ts';
import { microBatcher } from '../../../models/scoring/microBatcher.ts';
import { maxDifference } from '../../../models/scoring/parity.ts';
import { openSession, type ScoringSession } from '../../../models/scoring/session.ts';
import { startSession } from '../../../models/scoring/startSession.ts';
import { predictRow } from '../../../models/training/trainedModel.ts';
import { tinyFeatures, tinyModels } from '../../support/tinyModels.ts';

const model = tinyModels['linear']!;
const file = exportModel(model, { features: tinyFeatures });
const predict = predictRow(model);
const rows = Float32Array.of(3, 2, 8, 70, 40, 1);
const expected = [0, 2, 4].map((at) => predict(rows, at));
const compiled = new URL('../../../dist/models/scoring/sessionThread.js', import.meta.url);

/** A model of one operator that takes and gives one number. */
function operatorModel(operator: string): Uint8Array {
  const graph = graphBuilder();
  graph.add(operator, ['features']);
  return onnxBytes(
    graph.build({ name: 'features', width: 1 }, { name: 'prediction', width: 1 }, {}),
  );
}

const ways: readonly [string, (bytes: Uint8Array, missing?: boolean) => Promise<ScoringSession>][] =
  [
    ['on this thread', (bytes, allowsMissing = false) => openSession(bytes, { allowsMissing })],
    [
      'in a thread',
      (bytes, allowsMissing = false) => startSession(bytes, { allowsMissing }, compiled),
    ],
  ];

describe.each(ways)('a session %s', (_, open) => {
  test('predicts as the reference does', async () => {
    const session = await open(file);
    const found = await session.score(rows);
    for (const [i, prediction] of found.entries()) expect(prediction).toBeCloseTo(expected[i]!, 6);
    expect(await session.score(new Float32Array(0))).toHaveLength(0);
    await session.release();
  });

  test('a row gets the same bits alone and among others', async () => {
    const session = await open(file);
    const many = Float32Array.from({ length: 2_000 }, (__, i) => Math.sin(i) * 10);
    const together = await session.score(many);
    for (const row of [0, 1, 500, 999]) {
      const [alone] = await session.score(many.slice(2 * row, 2 * row + 2));
      expect(alone).toBe(together[row]);
    }
    await session.release();
  });

  test('refuses what is no number, unless a missing value is allowed', async () => {
    const strict = await open(file);
    const missing = Float32Array.of(1, 2, NaN, 2);
    await expect(strict.score(missing)).rejects.toThrow(
      'rows: expected finite at row 1, feature 0, got NaN',
    );
    await expect(strict.score(new Float32Array(3))).rejects.toThrow('expected a multiple of 2');
    await strict.release();
    const lenient = await open(file, true);
    expect(await lenient.score(missing)).toHaveLength(2);
    await expect(lenient.score(Float32Array.of(1, -Infinity))).rejects.toThrow(
      'rows: expected finite or missing at row 0, feature 1, got -Infinity',
    );
    await lenient.release();
  });

  test('a prediction that is no number is an error', async () => {
    const session = await open(operatorModel('Log'));
    await expect(session.score(Float32Array.of(2, -1))).rejects.toMatchObject({
      code: 'MODEL_UNUSABLE',
      message: 'the model predicts NaN',
    });
    expect(await session.score(Float32Array.of(1))).toEqual(Float32Array.of(0));
    await session.release();
  });

  test('what the runtime does not take is an error', async () => {
    const unusable = { code: 'MODEL_UNUSABLE' };
    await expect(open(file.subarray(0, 300))).rejects.toMatchObject(unusable);
    await expect(open(operatorModel('Gemm'))).rejects.toMatchObject(unusable);
  });

  test('it lives until the last hold is given up, and the rows under way are answered', async () => {
    const session = await open(file);
    session.retain();
    await session.release();
    const underWay = session.score(rows);
    const released = session.release();
    await expect(underWay).resolves.toHaveLength(3);
    await released;
    await expect(session.score(rows)).rejects.toThrow();
    expect(() => session.retain()).toThrow();
    await expect(session.release()).rejects.toThrow(RangeError);
  });
});

test('of two numbers the last is the prediction', async () => {
  const graph = graphBuilder();
  graph.add('Mul', ['features', graph.floats([1, 2], [2])]);
  const two = graph.build({ name: 'features', width: 2 }, { name: 'prediction', width: 2 }, {});
  const session = await openSession(onnxBytes(two));
  expect(await session.score(Float32Array.of(5, 6, 7, 8))).toEqual(Float32Array.of(12, 16));
  await session.release();
});

test('a difference from the reference is found, also when that is no number', async () => {
  const session = await openSession(file);
  expect(await maxDifference(session, predict, rows)).toBeLessThan(1e-6);
  const off = (values: Float32Array, at: number) => predict(values, at) + (at === 2 ? 0.25 : 0);
  expect(await maxDifference(session, off, rows)).toBeCloseTo(0.25, 6);
  expect(await maxDifference(session, () => NaN, rows)).toBe(Infinity);
  expect(await maxDifference(session, predict, new Float32Array(0))).toBe(0);
  await session.release();
});

describe('a thread that fails', () => {
  const thread = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const opens = `import { parentPort as port } from 'node:worker_threads';
    port.postMessage({ id: 0, signature: { width: 2 } });`;

  test('by hanging at once, is ended', async () => {
    const started = startSession(file, { timeoutMs: 200 }, thread('for (;;);'));
    await expect(started).rejects.toMatchObject({
      code: 'MODEL_UNUSABLE',
      message: 'the model takes more than 200 ms',
    });
  });

  test('by hanging later, fails every call that waits, and those after', async () => {
    const code = `${opens} port.on('message', () => { for (;;); });`;
    const session = await startSession(file, { timeoutMs: 1_000 }, thread(code));
    const calls = [session.score(rows), session.score(rows)];
    for (const call of calls) await expect(call).rejects.toThrow('takes more than 1000 ms');
    await expect(session.score(rows)).rejects.toMatchObject({ code: 'MODEL_UNUSABLE' });
    await session.release();
  });

  test('by dying, fails the call', async () => {
    const code = `${opens} port.on('message', () => { throw new Error('no memory'); });`;
    const session = await startSession(file, {}, thread(code));
    await expect(session.score(rows)).rejects.toThrow('the thread of the model fails: no memory');
    await session.release();
  });
});

describe('microBatcher', () => {
  /** A session that notes the sizes of its batches. */
  async function noting(): Promise<{ session: ScoringSession; sizes: number[] }> {
    const inner = await openSession(file);
    const sizes: number[] = [];
    const session = {
      ...inner,
      score: (batch: Float32Array) => {
        sizes.push(batch.length / 2);
        return inner.score(batch);
      },
    };
    return { session, sizes };
  }

  test('rows of one turn go together, at most so many', async () => {
    const { session, sizes } = await noting();
    const batcher = microBatcher(session, 4);
    const row = new Float32Array(2);
    const asked = Array.from({ length: 10 }, (_, i) => {
      row.set([i, 2]);
      return batcher.score(row);
    });
    const found = await Promise.all(asked);
    for (const [i, prediction] of found.entries()) {
      expect(prediction).toBeCloseTo(predict(Float32Array.of(i, 2), 0), 6);
    }
    expect(sizes).toEqual([4, 4, 2]);
    await batcher.score(row);
    expect(sizes).toEqual([4, 4, 2, 1]);
    await session.release();
  });

  test('a row that cannot be scored is refused alone', async () => {
    const { session } = await noting();
    const batcher = microBatcher(session);
    const results = await Promise.allSettled([
      batcher.score(Float32Array.of(1, 2)),
      batcher.score(Float32Array.of(NaN, 2)),
      batcher.score(Float32Array.of(1)),
      batcher.score(Float32Array.of(3, 2)),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    await session.release();
  });

  test('drain waits for all', async () => {
    const { session, sizes } = await noting();
    const batcher = microBatcher(session);
    const asked = batcher.score(Float32Array.of(1, 2));
    await batcher.drain();
    expect(sizes).toEqual([1]);
    await session.release();
    expect(await asked).toBeGreaterThan(0);
  });
});

test('a thread that is ended while its model runs does not take the process with it', () => {
  const graph = graphBuilder();
  let last = 'features';
  for (let layer = 0; layer < 4_000; layer += 1) last = graph.add('Sigmoid', [last]);
  const slow = onnxBytes(
    graph.build({ name: 'features', width: 1 }, { name: 'prediction', width: 1 }, {}),
  );
  const module = new URL('../../../dist/models/scoring/startSession.js', import.meta.url);
  // Some seconds of runtime: more than it may take, and than opening takes.
  const code = `
    import { startSession } from ${JSON.stringify(module.href)};
    import { readFileSync } from 'node:fs';
    const session = await startSession(readFileSync(0), { timeoutMs: 2_000 });
    await session.score(new Float32Array(4_000_000)).catch(({ message }) => console.log(message));
    process.once('exit', () => console.log('went on'));`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', code],
    { input: slow, timeout: 50_000, encoding: 'utf8' },
  );
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: 'the model takes more than 2000 ms\nwent on\n',
    stderr: '',
  });
}, 60_000);
