import { describe, expect, test } from 'vitest';
import { copyOf } from '../../../control/retraining/exampleSet.ts';
import { type ThreadOptions, trainInThread } from '../../../control/retraining/trainInThread.ts';
import { doJob, type TrainJob } from '../../../control/retraining/trainingJob.ts';
import type { TrainingProgress } from '../../../models/training/control.ts';
import { importFeatures, lightGbm } from '../../support/importCases.ts';
import { drawSet } from '../../support/trainingRows.ts';

const compiled = new URL('../../../dist/control/retraining/trainingThread.js', import.meta.url);
const drawn = drawSet({ rows: 600, missing: 0.1 });

function job(parameters: Record<string, number> = { rounds: 5 }): TrainJob {
  return { kind: 'train', trainer: 'trees', parameters, set: copyOf(drawn) };
}

const code = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`);
const inThread = (of: TrainJob, options: Partial<ThreadOptions> = {}) =>
  trainInThread(of, { timeoutMs: 20_000, thread: compiled, ...options });

describe('a training in a thread', () => {
  test('makes what it makes without one, and takes the memory of the set', async () => {
    const given = job();
    const made = await inThread(given);
    expect(given.set.values).toHaveLength(0);
    expect(made).toEqual(doJob(job()));
  });

  test('tells how far it is', async () => {
    const told: TrainingProgress[] = [];
    await inThread(job(), { onProgress: (progress) => told.push(progress) });
    expect(told[0]).toMatchObject({ round: 1, rounds: 5 });
  });

  test('does the other jobs as well', async () => {
    const { model } = doJob(job());
    const check = { kind: 'check', set: copyOf(drawn) } as const;
    expect(await trainInThread(check, { timeoutMs: 20_000, thread: compiled })).toBe(true);
    const options = { timeoutMs: 20_000, thread: compiled };
    const fit = { kind: 'calibrate', calibration: 'isotonic', model } as const;
    const calibration = await trainInThread({ ...fit, set: copyOf(drawn) }, options);
    expect(calibration).toEqual(doJob({ ...fit, set: drawn }));
    const write = { kind: 'export', model, calibration, metadata: {} } as const;
    const made = await trainInThread({ ...write, set: copyOf(drawn) }, options);
    expect(made).toEqual(doJob({ ...write, set: drawn }));
  });

  test('takes in files from elsewhere, and says what is wrong with them', async () => {
    const options = { timeoutMs: 20_000, thread: compiled, name: 'conversion' };
    const model = { task: 'binary', features: importFeatures } as const;
    const of = (bytes: Uint8Array) =>
      ({ kind: 'import', bytes, model, trainer: undefined }) as const;
    expect(await trainInThread(of(lightGbm), options)).toEqual(doJob(of(lightGbm)));
    expect(lightGbm.length).toBeGreaterThan(0);
    await expect(trainInThread(of(lightGbm.subarray(0, 900)), options)).rejects.toMatchObject({
      ...{ code: 'MODEL_UNUSABLE', message: expect.stringMatching(/cut off/) },
    });
    await expect(trainInThread(of(lightGbm), { ...options, timeoutMs: 1 })).rejects.toMatchObject({
      ...{ code: 'TRAINING_DIED' },
      message: 'the conversion takes more than 1 ms and was ended',
    });
  });

  test('is cancelled while it works', async () => {
    const abort = new AbortController();
    const long = job({ rounds: 5_000, validationShare: 0, leaves: 200, childRows: 1 });
    const ended = inThread(long, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(ended).rejects.toMatchObject({ code: 'TRAINING_CANCELLED' });
    const never = inThread(job(), { signal: abort.signal });
    await expect(never).rejects.toMatchObject({ code: 'TRAINING_CANCELLED' });
  });

  test('says why it is impossible', async () => {
    const alike = { ...job(), set: { ...copyOf(drawn), labels: new Float64Array(600) } };
    await expect(inThread(alike)).rejects.toMatchObject({
      code: 'TRAINING_IMPOSSIBLE',
      message: 'the training set has one class: 0',
    });
    await expect(inThread(job({ rounds: -1 }))).rejects.toThrow(RangeError);
  });
});

describe('a thread that fails', () => {
  const dies = { code: 'TRAINING_DIED' };

  test('by hanging, is ended when its time is up', async () => {
    const ended = inThread(job(), { timeoutMs: 300, thread: code('for (;;);') });
    await expect(ended).rejects.toMatchObject({
      ...dies,
      message: 'the training takes more than 300 ms and was ended',
    });
  });

  test('by not heeding a cancellation, is ended after a moment', async () => {
    const signal = AbortSignal.timeout(200);
    const ended = inThread(job(), { signal, thread: code('for (;;);') });
    await expect(ended).rejects.toMatchObject({ code: 'TRAINING_CANCELLED' });
  });

  test('by running out of memory, says so', async () => {
    const greedy = 'const all = []; for (;;) all.push(Array.from({ length: 1000 }, () => ({})));';
    const ended = inThread(job(), { heapMb: 16, thread: code(greedy) });
    await expect(ended).rejects.toMatchObject({
      ...dies,
      message: 'the training ran out of memory: its heap may have 16 MiB',
    });
  });

  test('by an error or an end without an answer, says so', async () => {
    const thrown = inThread(job(), { thread: code('throw new Error("no luck");') });
    await expect(thrown).rejects.toMatchObject({
      ...dies,
      message: 'the thread of the training failed: no luck',
    });
    const left = inThread(job(), { thread: code('process.exit(3);') });
    await expect(left).rejects.toMatchObject({
      ...dies,
      message: 'the thread of the training ended with code 3',
    });
  });
});
