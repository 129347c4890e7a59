import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import { createVersionSessions } from '../../../control/predicting/versionSessions.ts';
import { exportModel } from '../../../models/onnx/exportModel.ts';
import { predictRow, type TrainedModel } from '../../../models/training/trainedModel.ts';
import { tinyFeatures, tinyModels } from '../../support/tinyModels.ts';

/** A thread runs compiled code alone. */
const thread = new URL('../../../dist/models/scoring/sessionThread.js', import.meta.url);
const [one, two] = Object.values(tinyModels) as [TrainedModel, TrainedModel];
const names = tinyFeatures.map(({ name }) => name);

function stored(models: readonly TrainedModel[]) {
  const files = new Map(
    models.map((model) => {
      const bytes = exportModel(model, { features: tinyFeatures });
      return [createHash('sha256').update(bytes).digest('hex'), bytes];
    }),
  );
  let reads = 0;
  return {
    hashes: [...files.keys()],
    reads: () => reads,
    files,
    async get(sha256: string): Promise<Uint8Array> {
      reads += 1;
      const bytes = files.get(sha256);
      if (bytes === undefined) throw new EngineError('ARTIFACT_UNAVAILABLE', 'it is not there');
      return bytes;
    },
  };
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function sessionsOf(artifacts: ReturnType<typeof stored>, threadBytes?: number) {
  const sessions = createVersionSessions({
    artifacts,
    thread,
    ...(threadBytes === undefined ? {} : { threadBytes }),
  });
  closing.push(() => sessions.close());
  return sessions;
}

const rows = Array.from({ length: 200 }, (_, i) => Float32Array.of(i / 10, i % 3 === 0 ? 2 : 5));

test.each([1, 1e9])(
  'scores by several versions at once, in a thread from %d bytes on',
  async (size) => {
    expect(names).toHaveLength(2);
    const artifacts = stored([one, two]);
    const sessions = sessionsOf(artifacts, size);
    const [first, second] = artifacts.hashes as [string, string];
    const scored = await Promise.all(
      rows.map((row, i) => sessions.score(i % 2 === 0 ? first : second, row)),
    );
    for (const [i, row] of rows.entries()) {
      expect(scored[i]).toBeCloseTo(predictRow(i % 2 === 0 ? one : two)(row, 0), 5);
    }
    expect(artifacts.reads()).toBe(2);
  },
);

test('a version that is let go answers what is under way, and is opened anew when it is asked again', async () => {
  const artifacts = stored([one, two]);
  const sessions = sessionsOf(artifacts);
  const [first, second] = artifacts.hashes as [string, string];
  const under = rows.map((row) => sessions.score(first, row));
  sessions.keep(new Set([second]));
  const after = sessions.score(first, rows[0]!);
  expect(await Promise.all(under)).toHaveLength(rows.length);
  expect(await after).toBe(await under[0]);
  expect(artifacts.reads()).toBe(2);
});

test('a swap under load drops no row', async () => {
  const artifacts = stored([one, two]);
  const sessions = sessionsOf(artifacts);
  const answers: Promise<number>[] = [];
  for (let i = 0; i < 2_000; i += 1) {
    const serving = artifacts.hashes[Math.floor(i / 100) % 2]!;
    if (i % 100 === 0) sessions.keep(new Set([serving]));
    answers.push(sessions.score(serving, rows[i % rows.length]!));
    if (i % 50 === 0) await new Promise(setImmediate);
  }
  expect((await Promise.all(answers)).every(Number.isFinite)).toBe(true);
});

test('a file that is not there is asked for again at the next use', async () => {
  const artifacts = stored([one]);
  const sessions = sessionsOf(artifacts);
  const [first] = artifacts.hashes as [string];
  const bytes = artifacts.files.get(first)!;
  artifacts.files.delete(first);
  await expect(sessions.score(first, rows[0]!)).rejects.toMatchObject({
    code: 'ARTIFACT_UNAVAILABLE',
  });
  artifacts.files.set(first, bytes);
  expect(await sessions.score(first, rows[0]!)).toBeGreaterThan(0);
});

test('a file that is no model is refused, and so is a row of another width', async () => {
  const artifacts = stored([one]);
  const sessions = sessionsOf(artifacts);
  const [first] = artifacts.hashes as [string];
  artifacts.files.set('0'.repeat(64), new Uint8Array(100));
  await expect(sessions.score('0'.repeat(64), rows[0]!)).rejects.toMatchObject({
    code: 'MODEL_UNUSABLE',
  });
  await expect(sessions.score(first, Float32Array.of(1))).rejects.toThrow(
    'row: expected 2 features, got 1',
  );
  expect(await sessions.score(first, rows[0]!)).toBeGreaterThan(0);
});
