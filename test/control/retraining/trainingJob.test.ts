import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { copyOf } from '../../../control/retraining/exampleSet.ts';
import { doJob } from '../../../control/retraining/trainingJob.ts';
import { readGolden } from '../../../models/scoring/goldenRows.ts';
import { openSession } from '../../../models/scoring/session.ts';
import { trainers } from '../../../models/training/registry.ts';
import { rowsOf } from '../../../models/training/trainingSet.ts';
import { drawSet } from '../../support/trainingRows.ts';

const drawn = drawSet({ rows: 1_200, missing: 0.1, categorical: [4] });
const parts = {
  train: rowsOf(drawn, 0, 800),
  calibrate: rowsOf(drawn, 800, 1_000),
  hold: rowsOf(drawn, 1_000, 1_200),
};
const few: Readonly<Record<string, object>> = {
  trees: { rounds: 10 },
  network: { epochs: 20 },
  machine: { epochs: 20 },
};

function made(trainer: string) {
  const parameters = { ...few[trainer] };
  const { model } = doJob({ kind: 'train', trainer, parameters, set: copyOf(parts.train) });
  const set = copyOf(parts.calibrate);
  const calibration = doJob({ kind: 'calibrate', calibration: 'platt', model, set });
  const metadata = { model: 'answers', seed: '1' };
  return doJob({ kind: 'export', model, calibration, metadata, set: copyOf(parts.hold) });
}

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe.each([...trainers.keys()])('a training of %s', (trainer) => {
  const first = made(trainer);

  test('gives the same bytes again', () => {
    const again = made(trainer);
    expect(sha(again.file)).toBe(sha(first.file));
    expect(sha(again.golden)).toBe(sha(first.golden));
    expect(again.metrics).toEqual(first.metrics);
  });

  test('the runtime predicts the golden rows as the trainer does, missing values included', async () => {
    const { values, predictions } = readGolden(first.golden);
    const session = await openSession(first.file, { allowsMissing: true });
    const found = await session.score(values);
    expect(found).toHaveLength(206 + 1);
    for (const [i, prediction] of found.entries()) {
      expect(Math.abs(prediction - predictions[i]!)).toBeLessThan(1e-5);
    }
    await session.release();
  });

  test('says how well it does on the latest rows', () => {
    const names = ['accuracy', 'auc', 'brier', 'calibrationError', 'logLoss'];
    expect(Object.keys(first.metrics).sort()).toEqual(names);
    // Better than the share of ones, whose log loss is at most ln 2.
    expect(first.metrics['logLoss']).toBeLessThan(Math.log(2));
  });
});

test('a search tells what it has tried, and its parameters train', () => {
  const set = copyOf(parts.train);
  const job = {
    kind: 'search',
    trainer: 'linear',
    given: {},
    seed: 3,
    budgetMs: 60_000,
    set,
  } as const;
  let time = 0;
  const found = doJob(job, {}, () => {
    time += 5_000;
    return time;
  });
  expect(found.endedBy).toBe('time');
  expect(found.losses.length).toBeGreaterThan(1);
  const { parameters } = found;
  const { losses, curve } = doJob({ kind: 'train', trainer: 'linear', parameters, set });
  expect(losses.length).toBeGreaterThan(0);
  expect(curve).toBe('training');
});

test('a trainer or parameter that there is not is named', () => {
  const set = copyOf(parts.train);
  expect(() => doJob({ kind: 'train', trainer: 'oracle', parameters: {}, set })).toThrow(
    'trainer: expected one of linear, trees, network, machine, got oracle',
  );
  expect(() => doJob({ kind: 'train', trainer: 'trees', parameters: { wit: 1 }, set })).toThrow(
    'wit: expected one of',
  );
});
