/** Files from elsewhere over HTTP: what reaches the desk, what is refused before, and what a run is afterwards. */
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import type { ImportedFile, ModelDesk } from '../../api/modelDesk.ts';
import type { By } from '../../control/definitions/written.ts';
import { openTrainingBook } from '../../control/retraining/trainingBook.ts';
import { failing } from '../support/fakeRetraining.ts';
import { ask as askForFile, importWorld } from '../support/importCases.ts';
import { modelDeskOf, serverOf } from './fakes.ts';

const open: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

function served(change: Partial<ModelDesk> = {}) {
  const given: [ImportedFile, By][] = [];
  const importModel: ModelDesk['importModel'] = async (file, by) => {
    given.push([{ ...file, bytes: Uint8Array.from(file.bytes) }, by]);
    return { id: 'import-1', cause: { kind: 'import', sentence: 's', figures: {} } };
  };
  const app = serverOf({ models: { ...modelDeskOf(), importModel, ...change } });
  open.push(app);
  const send = async (query: Record<string, string>, payload: Buffer, type?: string) => {
    const response = await app.inject({
      ...{ method: 'POST', payload },
      url: `/v1/models/answer/imports?${new URLSearchParams(query)}`,
      headers: {
        ...{ host: 'localhost', 'millrace-actor': 'ada' },
        'content-type': type ?? 'application/octet-stream',
      },
    });
    return { status: response.statusCode, body: response.json() };
  };
  return { app, given, send };
}

const bytes = Buffer.from('tree\n');

test('a file reaches the desk with what its maker says of it', async () => {
  const { given, send } = served();
  const snapshot = 'a'.repeat(64);
  const parameters = { leaves: 31, objective: 'binary', sure: true };
  const told = { trainer: 'LightGBM 4.7', notes: 'n', snapshot };
  const all = { reason: 'why', ...told, parameters: JSON.stringify(parameters) };
  expect(await send(all, bytes)).toMatchObject({ status: 201, body: { id: 'import-1' } });
  expect((await send({ reason: 'why' }, bytes)).status).toBe(201);
  const file = { model: 'answer', bytes: Uint8Array.from(bytes) };
  const by = { actor: 'ada', reason: 'why' };
  expect(given).toEqual([
    [{ ...file, ...told, parameters }, by],
    [{ ...file, trainer: '', notes: '', parameters: {}, snapshot: null }, by],
  ]);
});

test.each([
  ['no reason', {}, bytes, undefined, /reason/],
  [
    'parameters that are no JSON',
    { reason: 'r', parameters: '{' },
    bytes,
    undefined,
    /^parameters: expected a JSON object/,
  ],
  [
    'parameters that are lists',
    { reason: 'r', parameters: '{"a":[1]}' },
    bytes,
    undefined,
    /^parameters: expected a JSON/,
  ],
  ['a snapshot that is none', { reason: 'r', snapshot: 'x' }, bytes, undefined, /SHA-256/],
  ['no file', { reason: 'r' }, Buffer.alloc(0), undefined, /^body: expected the bytes of a model/],
] as const)('%s is told', async (_, query, payload, type, detail) => {
  const { given, send } = served();
  const { status, body } = await send(query, payload, type);
  expect([status, body.code]).toEqual([400, 'REQUEST_INVALID']);
  expect(body.detail).toMatch(detail);
  expect(given).toEqual([]);
});

test('what the desk declines is told in its words', async () => {
  const sentence = 'The file is cut off.';
  const { send } = served({ importModel: async () => ({ outcome: 'refused', sentence }) });
  expect(await send({ reason: 'r' }, bytes)).toMatchObject({
    ...{ status: 422, body: { code: 'MODEL_REFUSED', detail: sentence } },
  });
  const { send: absent } = served({ importModel: async () => ({ outcome: 'absent', sentence }) });
  expect((await absent({ reason: 'r' }, bytes)).status).toBe(404);
});

test('a run of one tells what each gate has said; the list of runs does not', async () => {
  const all = importWorld();
  const { runs: asked } = await askForFile(all);
  const [stored] = asked;
  const book = await openTrainingBook({ store: all.store, say: () => {} });
  const run = { ...stored!.run, state: 'refused' as const, gates: failing };
  await book.write({ ...stored!, run }, { actor: 'engine', reason: '' });
  const app = serverOf({ models: modelDeskOf({ runs: book }) });
  open.push(app);
  const headers = { host: 'localhost' };
  const one = await app.inject({ url: `/v1/retraining/${run.id}`, headers });
  expect(one.json()).toMatchObject({ run: { id: run.id, gates: failing } });
  const list = await app.inject({ url: '/v1/retraining', headers });
  expect(list.statusCode).toBe(200);
  expect(list.json().runs).toHaveLength(1);
  expect(list.json().runs[0]).not.toHaveProperty('gates');
  await book.close();
});
