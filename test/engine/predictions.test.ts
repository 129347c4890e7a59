/** A prediction on request is the one that the stream makes next: the same rows, the same files, the same combiners. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { simulatedAnswers } from '../../benchmarks/support/answers.ts';
import { PredictionsAnswer } from '../../contracts/predictionApi.ts';
import { selectExamples } from '../../control/examples/selectExamples.ts';
import { exportModel } from '../../models/onnx/exportModel.ts';
import { trainers } from '../../models/training/registry.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { newVersion } from '../support/modelSamples.ts';

const data = temporaryDirectory();
let engine: TestEngine;

beforeAll(async () => {
  engine = await startTestEngine(data, { partitions: 2 });
});

afterAll(async () => {
  await engine?.stop();
  removeDirectory(data);
});

interface Asked {
  readonly user: string;
  readonly item?: string;
  readonly skill?: string;
}

const eventOf = ({ user, item, skill }: Asked, id: string, time: number, correct: number) => ({
  ...{ id, type: 'answered', time: new Date(time).toISOString(), user, value: correct },
  ...(item === undefined ? {} : { item }),
  context: skill === undefined ? {} : { skill },
});

async function request(rows: readonly Asked[], more: object = { log: false }, model = 'answer') {
  const asked = rows.map(({ skill, ...row }) => ({ ...row, context: skill ? { skill } : {} }));
  const body = JSON.stringify({ rows: asked, ...more });
  const url = `${engine.url}/v1/models/${model}/predictions`;
  return fetch(url, { method: 'POST', headers: json, body });
}

async function predict(rows: readonly Asked[], more?: object) {
  const response = await request(rows, more);
  expect(response.status).toBe(200);
  return PredictionsAnswer.parse(await response.json()).predictions;
}

/** Until what has been committed is known to who predicts: a checkpoint and a look. */
async function settle(): Promise<void> {
  await engine.settle();
  await sleep(1_000);
}

const people: readonly Asked[] = [
  { user: 'user-1', item: 'item-3', skill: 'skill-3' },
  { user: 'user-2', item: 'item-4', skill: 'skill-9' },
  { user: 'user-3', item: 'item-new' },
  { user: 'user-new', item: 'item-11', skill: 'skill-1' },
  { user: 'user-nobody' },
];

/** Asks for each, then sends its answer, and compares with what the stream predicted. */
async function compare(run: string): Promise<Set<string>> {
  const served = new Set<string>();
  for (const [i, each] of people.entries()) {
    const [asked] = await predict([each]);
    expect(asked!.fallback).toBeNull();
    // Time is a feature: the stream sees the moment that was asked about as nearly as a clock tells.
    const id = `${run}-${i}`;
    await engine.send([eventOf(each, id, Date.now(), 1)]);
    await settle();
    const [row] = await engine.engine.store.query<{ p: number; version: string }>(
      `SELECT probability AS p, model_version AS version FROM predictions FINAL
       WHERE (partition, offset) IN (SELECT partition, offset FROM events WHERE id = {id:String})`,
      { id },
    );
    expect(asked!.probability).toBeCloseTo(row!.p, 3);
    expect(asked!.version).toBe(row!.version);
    served.add(asked!.version);
  }
  return served;
}

test('predicts what the stream predicts next: the online learner, then a version that serves', async () => {
  const answers = simulatedAnswers(6_000, 11);
  // Up to a moment ago, one a second.
  const start = Date.now() - answers.length * 1_000 - 60_000;
  const lines = answers.map((answer, i) =>
    eventOf(answer as Asked, `a-${i}`, start + i * 1_000, answer.correct),
  );
  await engine.send(lines.slice(0, 5_000));
  await settle();
  expect(await compare('online')).toEqual(new Set(['1']));

  const { set } = await selectExamples(engine.engine.store, {
    ...{ pipeline: 'learning', model: 'answer', featureVersion: '1' },
  });
  const model = trainers.get('trees')!.train(set, { rounds: 20, leaves: 7 });
  const { features } = set;
  const artifact = await engine.engine.artifacts!.put(exportModel(model, { features }));
  const by = { actor: 'ada', reason: 'to try' };
  await engine.engine.models!.register(newVersion('a', { artifact }), by);
  await engine.engine.models!.rollback('answer', '1.1', by);
  await engine.send(lines.slice(5_000));
  await settle();
  expect(await compare('version')).toEqual(new Set(['1.1']));
});

test('a prediction is in the log under its id, so that a label can name it', async () => {
  const [given, made] = await predict([{ user: 'user-5' }, { user: 'user-6' }], {
    log: true,
  });
  await settle();
  const rows = await engine.engine.store.query<{ id: string; value: number; raw: string }>(
    `SELECT id, value FROM events FINAL WHERE type = 'prediction' ORDER BY id`,
  );
  const expected = [given!, made!].map(({ id, probability }) => ({ id, value: probability }));
  expect(rows).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
});

test('a version whose file is gone is told, and the online learner predicts in its place', async () => {
  const by = { actor: 'ada', reason: 'to try' };
  const artifact = await engine.engine.artifacts!.put(new TextEncoder().encode('no model at all'));
  await engine.engine.models!.register(newVersion('b', { artifact, run: 'other' }), by);
  await engine.engine.models!.rollback('answer', '1.2', by);
  rmSync(join(data, 'artifacts'), { recursive: true });
  const [asked] = await predict([people[0]!]);
  expect(asked).toMatchObject({ version: '1' });
  expect(asked!.fallback).toMatch(/^Version 1\.2 could not predict: /);
});

test.each([
  ['no rows', [], {}, 400],
  ['a user without a name', [{ user: '' }], {}, 400],
  ['something unknown', [{ user: 'a', color: 'red' } as Asked], {}, 400],
  ['too many', Array.from({ length: 1_001 }, () => ({ user: 'a' })), {}, 400],
])('refuses %s', async (_name, rows, more, status) => {
  expect((await request(rows, more)).status).toBe(status);
});

test('there is no such model', async () => {
  const response = await request([{ user: 'a' }], {}, 'nothing');
  expect(response.status).toBe(404);
  expect(((await response.json()) as { detail: string }).detail).toContain('nothing');
});
