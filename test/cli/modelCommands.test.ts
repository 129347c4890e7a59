/** The commands of model life, before an engine that answers as one would. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { ModelPlan } from '../../contracts/modelPlan.ts';
import type { Release } from '../../contracts/release.ts';
import { type RunStep, runSteps, type TrainingRun } from '../../contracts/trainingRun.ts';
import { removeDirectory, temporaryDirectory } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { failing, passing } from '../support/fakeRetraining.ts';
import { begin, run } from './run.ts';
import { type Answer, type StubEngine, startStubEngine } from './stubEngine.ts';

const directory = temporaryDirectory();
afterAll(() => removeDirectory(directory));
const slow = 60_000;
const nobody = 'http://127.0.0.1:9';

const engines: StubEngine[] = [];
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close();
});
async function engineOf(answers: Readonly<Record<string, Answer | readonly Answer[]>>) {
  const engine = await startStubEngine(answers);
  engines.push(engine);
  return engine;
}

const at = Date.UTC(2026, 10, 12, 12);
const release: Release = {
  ...{ id: 'r', version: '1.4', against: '1.3', phase: 'canary', step: 0, share: 0.05 },
  ...{ since: at, paused: true, awaits: 'champion' },
  steps: [
    {
      ...{ at, actor: 'engine', phase: 'canary', share: 0.05, evidence: null },
      sentence: 'It serves 5 % of the users.',
    },
  ],
};
const life: ModelLife = {
  ...{ model: 'answer', revision: 7, sentence: 'Version 1.3 serves\u001b[31m.', champion: '1.3' },
  ...{ plan: ModelPlan.parse({}), release, releases: [], served: [] },
  versions: [
    {
      ...{ version: '1.4', kind: 'imported', trainer: 'LightGBM 4.7', parent: '1.3', run: 'i' },
      ...{ metrics: { logLoss: 0.51234, brier: 0.17, auc: 0.8 }, data: null, madeAt: at },
      ...{ actor: 'ada', roles: ['challenger'], gatesPassed: true, deleted: false },
    },
    {
      ...{ version: '1', kind: 'online', trainer: 'online', parent: null, run: null },
      ...{ metrics: {}, data: null, madeAt: at - 86_400_000 },
      ...{ actor: 'engine', roles: ['champion'], gatesPassed: null, deleted: false },
    },
  ],
};
const lives = {
  models: [{ model: 'answer', revision: 7, sentence: life.sentence, champion: '1.3' }],
};
const problem = (status: number, code: string, detail: string, title: string): Answer => ({
  status,
  body: { type: 'about:blank', status, code, detail, title },
});
const refused = problem(422, 'MODEL_REFUSED', 'Version 1.9 was deleted.', 'this cannot be done');
const stale = problem(409, 'REVISION_STALE', 'It is at revision 8 now.', 'it was changed');
const unknown = problem(404, 'NOT_FOUND', 'There is no model answer.', 'there is nothing');

const why = ['--reason', 'as agreed', '--actor', 'Adá'];
/** What the engine was asked to do. */
function wished({ asked }: StubEngine) {
  return asked
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, headers, body }) => ({
      ...{ method, path, actor: headers['millrace-actor'] },
      body: body.length === 0 ? null : (JSON.parse(body.toString()) as unknown),
    }));
}

describe('models', () => {
  test(
    'are told with champion, release and sentence, harmless for a terminal',
    async () => {
      const { url } = await engineOf({
        '/v1/model-lives': { body: lives },
        '/v1/models/answer/life': { body: life },
      });
      const told = await run('models', '--url', url);
      expect(told).toEqual({
        ...{ status: 0, stderr: '' },
        stdout:
          'answer  champion 1.3, release 1.4 in canary, 5 % of users, paused, waits for consent before champion\n' +
          '  Version 1.3 serves\\u{1b}[31m.\n',
      });
      const json = await run('models', '--json', '--url', url);
      expect(JSON.parse(json.stdout)).toEqual(lives);
    },
    slow,
  );

  test(
    'are shown with their versions',
    async () => {
      const { url } = await engineOf({ '/v1/models/answer/life': { body: life } });
      const { stdout, status } = await run('models', 'show', 'answer', '--url', url);
      expect(stdout).toBe(`Version 1.3 serves\\u{1b}[31m.
Release: 1.4 in canary, 5 % of users, paused, waits for consent before champion. It serves 5 % of the users.

version  made              by      trainer                  gates   log loss  Brier   AUC     is
1.4      2026-11-12T12:00  ada     LightGBM 4.7 (imported)  passed  0.5123    0.1700  0.8000  challenger
1        2026-11-11T12:00  engine  online                   –       –         –       –       champion
`);
      expect(status).toBe(0);
      const json = await run('models', 'show', 'answer', '--json', '--url', url);
      expect(JSON.parse(json.stdout)).toEqual(life);
    },
    slow,
  );

  test(
    'that there are none, or not this one, is told',
    async () => {
      const { url } = await engineOf({
        '/v1/model-lives': { body: { models: [] } },
        '/v1/models/answer/life': unknown,
      });
      expect((await run('models', '--url', url)).stdout).toBe('No model has versions yet.\n');
      expect(await run('models', 'show', 'answer', '--url', url)).toEqual({
        ...{ status: 1, stdout: '' },
        stderr: 'millrace: There is no model answer.\n  NOT_FOUND: there is nothing\n',
      });
    },
    slow,
  );
});

describe('rollback', () => {
  const preview = {
    ...{ to: '1.2', from: '1.3', users: 1_234, before: 0.17, after: 0.1812 },
    sentence: 'Version 1.2 would serve everybody.',
  };
  const answers = {
    '/v1/models/answer/rollback-preview?version=1.2': { body: preview },
    '/v1/models/answer/rollback': { body: { ...life, sentence: 'Version 1.2 serves.' } },
  };
  const told = 'Version 1.2 would serve everybody.\n';

  test(
    'says what it does, and does it',
    async () => {
      const engine = await engineOf(answers);
      const all = ['answer', '1.2', ...why, '--url', engine.url];
      expect(await run('rollback', ...all, '--yes')).toEqual({
        ...{ status: 0, stderr: '', stdout: `${told}Version 1.2 serves.\n` },
      });
      expect(wished(engine)).toEqual([
        {
          ...{ method: 'POST', path: '/v1/models/answer/rollback', actor: 'Ad%C3%A1' },
          body: { version: '1.2', reason: 'as agreed' },
        },
      ]);
    },
    slow,
  );

  test(
    'does nothing where nobody can be asked',
    async () => {
      const engine = await engineOf(answers);
      const { status, stdout, stderr } = await run(
        ...['rollback', 'answer', '1.2', ...why, '--url', engine.url],
      );
      expect([status, stdout]).toEqual([1, told]);
      expect(stderr).toMatch(/^millrace: yes: nobody can be asked here: add --yes\n/);
      expect(wished(engine)).toEqual([]);
    },
    slow,
  );
});

describe('release', () => {
  test(
    'begins, and goes on as people say',
    async () => {
      const answer = { body: { ...life, sentence: 'So it is.' } };
      const engine = await engineOf({
        '/v1/models/answer/releases': { status: 201, ...answer },
        '/v1/models/answer/release': answer,
      });
      const moves = ['pause', 'resume', 'abort', 'approve'];
      const all = [['start', 'answer', '1.4'], ...moves.map((move) => [move, 'answer'])];
      for (const args of all) {
        const ended = await run('release', ...args, '--reason', 'as agreed', '--url', engine.url);
        expect(ended).toEqual({ status: 0, stdout: 'So it is.\n', stderr: '' });
      }
      const reason = 'as agreed';
      const post = { method: 'POST', actor: undefined };
      expect(wished(engine)).toEqual([
        { ...post, path: '/v1/models/answer/releases', body: { version: '1.4', reason } },
        ...moves.map((move) => ({
          ...{ ...post, path: '/v1/models/answer/release', body: { move, reason } },
        })),
      ]);
    },
    slow,
  );
});

describe('what cannot be done is told in the words of the engine', () => {
  const started = ['answer', '1.9', '--reason', 'r'];
  test.each([
    [
      'refused',
      ['release', 'start', ...started],
      refused,
      /^millrace: Version 1\.9 was deleted\.\n/,
    ],
    [
      'changed by others',
      ['release', 'start', ...started],
      stale,
      /REVISION_STALE: it was changed/,
    ],
    ['of no engine’s', ['release', 'start', ...started], { status: 404, body: 'x' }, /404/],
  ] as const)(
    '%s',
    async (_name, args, answer, sentence) => {
      const { url } = await engineOf({ '/v1/models/answer/releases': answer });
      const { status, stdout, stderr } = await run(...args, '--url', url);
      expect(stderr).toMatch(sentence);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect([status, stdout]).toEqual([1, '']);
    },
    slow,
  );

  const file = join(directory, 'model.txt');
  writeFileSync(file, 'tree\n');
  const broken = join(directory, 'manifest.json');
  writeFileSync(broken, '{"snapshot":"x"}');
  const wordy = join(directory, 'wordy.json');
  writeFileSync(wordy, JSON.stringify({ parameters: { a: 'b'.repeat(14_000) } }));
  const imported = ['import-model', file, '--model', 'answer', '--reason', 'r'];
  test.each([
    ['no engine', ['models', '--url', nobody], /no engine answers on http:\/\/127\.0\.0\.1:9/],
    ['no engine to import to', [...imported, '--url', nobody], /no engine answers on/],
    ['no reason', ['retrain', 'answer'], /required option '--reason <text>' not specified/],
    [
      'a name that is the engine’s',
      ['retrain', 'answer', '--reason', 'r', '--actor', 'engine'],
      /expected the name of a person, got "engine"/,
    ],
    [
      'no file',
      ['import-model', join(directory, 'none'), '--model', 'answer', '--reason', 'r'],
      /FILE_UNREADABLE/,
    ],
    [
      'a manifest that is none',
      [...imported, '--manifest', broken],
      /manifest\.json: snapshot: expected a SHA-256 in hexadecimal/,
    ],
    [
      'more words than a request takes',
      [...imported, '--manifest', wordy],
      /too long for a request, 14,\d+ characters of 14,000/,
    ],
  ] as const)(
    '%s',
    async (_name, args, sentence) => {
      const { status, stdout, stderr } = await run(...args);
      expect(stderr).toMatch(sentence);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect([status, stdout]).toEqual([1, '']);
    },
    slow,
  );
});

/** A run whose first steps are done. */
function runOf(done: number, change: Partial<TrainingRun> = {}): { body: object } {
  const steps = runSteps.map((name, i): RunStep => {
    const state = i < done ? 'done' : i === done ? 'running' : 'waiting';
    const sentence = i < done ? `${name} is over.` : i === done ? `${name}: half.` : '';
    return { name, state, startedAt: null, endedAt: null, sentence };
  });
  const of: TrainingRun = {
    ...{ id: 'manual-1', model: 'answer', state: 'running', startedAt: at, endedAt: null },
    cause: { kind: 'manual', sentence: 'as agreed', figures: {} },
    ...{ steps, snapshot: null, version: null, curves: [], log: [], sentence: 'It trains.' },
    ...change,
  };
  return { body: { run: of, release: null } };
}
const begun = {
  status: 201,
  body: { id: 'manual-1', cause: { kind: 'manual', sentence: 'as agreed', figures: {} } },
};

describe('retrain', () => {
  test(
    'says that it has begun',
    async () => {
      const engine = await engineOf({ '/v1/retraining': begun });
      expect(await run('retrain', 'answer', ...why, '--url', engine.url)).toEqual({
        ...{ status: 0, stdout: 'Run manual-1 has begun.\n', stderr: '' },
      });
      expect(wished(engine)).toEqual([
        {
          ...{ method: 'POST', path: '/v1/retraining', actor: 'Ad%C3%A1' },
          body: { model: 'answer', reason: 'as agreed' },
        },
      ]);
    },
    slow,
  );

  const made = runOf(6, {
    ...{ state: 'done', version: '1.4', gates: passing },
    sentence: 'Version 1.4 passed all gates.',
  });
  const steps = (count: number) =>
    runSteps
      .slice(0, count)
      .map((name) => `${name.padEnd(10)} done     ${name} is over.\n`)
      .join('');

  test(
    'is followed to its version, also over an engine that is away for a while',
    async () => {
      const away = { status: 503, body: { code: 'SINK_UNAVAILABLE', detail: 'away' } };
      const { url } = await engineOf({
        '/v1/retraining': begun,
        '/v1/retraining/manual-1': [runOf(1), away, made],
      });
      const { status, stdout } = await run('retrain', 'answer', ...why, '--follow', '--url', url);
      expect(stdout).toBe(
        `Run manual-1 has begun.
${steps(1)}train      running  train: half.
${steps(6).slice(steps(1).length)}Version 1.4 passed all gates.
  holdout      passed   It is better.
`,
      );
      expect(status).toBe(0);
    },
    slow,
  );

  test(
    'that makes no version is no success: what failed is told',
    async () => {
      const end = runOf(5, {
        ...{ state: 'refused', gates: failing, sentence: 'Refused: Its log loss is 0.0041 above.' },
      });
      const { run: of } = end.body as { run: TrainingRun };
      of.steps[5] = { ...of.steps[5]!, state: 'skipped', sentence: 'It did not come to this.' };
      const { url } = await engineOf({
        '/v1/retraining': begun,
        '/v1/retraining/manual-1': end,
      });
      const { status, stdout } = await run('retrain', 'answer', ...why, '--follow', '--url', url);
      expect(stdout).toMatch(
        /register {3}skipped {2}It did not come to this\.\nRefused: Its log loss is 0\.0041 above\.\n {2}holdout {6}failed {3}Its log loss is 0\.0041 above the champion's/,
      );
      expect(status).toBe(1);
    },
    slow,
  );

  test(
    'is left to the engine on Ctrl-C',
    async () => {
      const engine = await engineOf({
        '/v1/retraining': begun,
        '/v1/retraining/manual-1': runOf(1),
      });
      const running = begin('retrain', 'answer', ...why, '--follow', '--url', engine.url);
      try {
        await eventually(() => expect(running.said()).toContain('train: half.'));
      } finally {
        running.process.kill('SIGINT');
      }
      const { status, stdout, stderr } = await running.ended;
      expect(stdout).toMatch(/It goes on in the engine\.\n$/);
      expect([status, stderr]).toEqual([1, '']);
      expect(wished(engine)).toHaveLength(1);
    },
    slow,
  );
});

describe('import-model', () => {
  const file = join(directory, 'answers.lightgbm.txt');
  writeFileSync(file, 'tree\nversion=v4\n');
  const manifest = join(directory, 'answers.json');
  const snapshot = 'a'.repeat(64);
  writeFileSync(
    manifest,
    JSON.stringify({ trainer: 'LightGBM 4.7', parameters: { leaves: 31 }, notes: 'n', snapshot }),
  );
  const query = (change: object) =>
    new URLSearchParams({
      ...{ reason: 'as agreed', trainer: 'LightGBM 4.7', notes: 'n' },
      ...{ parameters: '{"leaves":31}', snapshot },
      ...change,
    });

  test.each([
    ['its maker says', [], {}],
    [
      'the options say instead',
      ['--trainer', 'ours 3', '--notes', 'm & n'],
      { trainer: 'ours 3', notes: 'm & n' },
    ],
  ])(
    'sends the file with what %s, and tells what each gate said',
    async (_name, args, change) => {
      const path = `/v1/models/answer/imports?${query(change)}`;
      const engine = await engineOf({
        [path]: begun,
        '/v1/retraining/manual-1': runOf(6, { state: 'done', version: '1.4', gates: passing }),
      });
      const all = [file, '--model', 'answer', '--manifest', manifest, ...args, ...why, '--follow'];
      const { status, stdout, stderr } = await run('import-model', ...all, '--url', engine.url);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Run manual-1 has begun\.\n/);
      expect(stdout).toMatch(/\n {2}holdout {6}passed {3}It is better\.\n$/);
      const [sent] = engine.asked;
      expect(sent).toMatchObject({ method: 'POST', body: Buffer.from('tree\nversion=v4\n') });
      expect(sent!.headers).toMatchObject({
        ...{ 'content-type': 'application/octet-stream', 'millrace-actor': 'Ad%C3%A1' },
      });
    },
    slow,
  );

  test(
    'tells why a file is none',
    async () => {
      const told = new URLSearchParams({ reason: 'as agreed', notes: '', parameters: '{}' });
      const { url } = await engineOf({
        [`/v1/models/answer/imports?${told}`]: problem(
          ...([422, 'MODEL_REFUSED', 'The file is cut off.', 'this cannot be done'] as const),
        ),
      });
      expect(await run('import-model', file, '--model', 'answer', ...why, '--url', url)).toEqual({
        ...{ status: 1, stdout: '' },
        stderr: 'millrace: The file is cut off.\n  MODEL_REFUSED: this cannot be done\n',
      });
    },
    slow,
  );
});
