/** Watches, routes, mute windows and calendar over HTTP: what each wrong request is told. Alerts are in test/engine/watching.test.ts. */
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WatchDesk } from '../../api/watchDesk.ts';
import { WatchBoard } from '../../control/watching/watchBoard.ts';
import { limitWatch } from '../support/watched.ts';
import { serverOf, watchDeskOf } from './fakes.ts';

let app: FastifyInstance;
let board: WatchBoard;
let desk: WatchDesk;
let answered: number;
beforeEach(() => {
  board = new WatchBoard();
  answered = 0;
  desk = watchDeskOf({
    board,
    onAnswered: () => {
      answered += 1;
    },
  });
  app = serverOf({ watches: desk });
});
afterEach(() => app.close());

async function ask(method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object) {
  const headers = { host: 'localhost', 'millrace-actor': 'ada' };
  const response = await app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: response.statusCode, body: response.json() };
}

const change = (definition: unknown, revision = 0, actor = '') => ({
  ...{ definition, revision, reason: 'a try', ...(actor === '' ? {} : { actor }) },
});
const chat = { key: 'chat', name: 'Chat', to: { kind: 'chat', urlVariable: 'CHAT_URL' } };

test('each kind is made, listed, and has its revisions; who did it is in the body or the header', async () => {
  const mute = { key: 'once', name: 'Once', when: { kind: 'once', from: 1, to: 2 } };
  const days = { key: 'may', name: 'May', kind: 'holiday', from: '2026-05-01', to: '2026-05-01' };
  const kinds = [
    ['routes', chat],
    ['mutes', mute],
    ['calendar', days],
  ] as const;
  for (const [path, definition] of kinds) {
    const made = await ask('PUT', `/v1/${path}/${definition.key}`, change(definition, 0, 'bob'));
    expect(made).toMatchObject({ status: 201, body: { revision: 1, actor: 'bob', problems: [] } });
    const listed = await ask('GET', `/v1/${path}`);
    expect(listed.body).toMatchObject({ [path]: [{ definition: { key: definition.key } }] });
    const again = await ask('PUT', `/v1/${path}/${definition.key}`, change(definition, 1));
    expect(again).toMatchObject({ status: 200, body: { revision: 2, actor: 'ada' } });
    const revisions = await ask('GET', `/v1/${path}/${definition.key}/revisions`);
    expect(revisions.body.revisions).toMatchObject([{ revision: 2 }, { revision: 1 }]);
  }
  expect(answered).toBe(6);
});

test('a watch stands as it is: starting, off, or with what its process knows', async () => {
  const source = { kind: 'metric', metric: 'refused_share', figure: 'mean' };
  const made = await ask('PUT', '/v1/watches/many', change(limitWatch({ source })));
  expect(made).toMatchObject({ status: 201, body: { problems: [{ severity: 'remark' }] } });
  const standing = async () => (await ask('GET', '/v1/watches')).body.watches[0];
  expect(await standing()).toMatchObject({ state: 'starting', judgedTo: null, problem: null });
  const known = { hasBegun: true, judgedTo: 5, keys: 3, problem: 'It is too large.' };
  const counts = { pending: 0, firing: 2, 'no-data': 0, error: 0 };
  board.put(new Map([['many', known]]), counts);
  const { hasBegun: _, ...told } = known;
  expect(await standing()).toMatchObject({ state: 'ok', ...told });
  await ask('PUT', '/v1/watches/many', change(limitWatch({ source, isActive: false }), 1));
  expect(await standing()).toMatchObject({ state: 'off' });
  const metrics = await app.inject({ url: '/metrics', headers: { host: 'localhost' } });
  expect(metrics.body).toContain('millrace_alerts_open{state="firing"} 2\n');
});

test.each([
  ['PUT', '/v1/routes/chat', change({ ...chat, key: 'other' }), 400, 'REQUEST_INVALID'],
  ['PUT', '/v1/routes/chat', change({}), 400, 'REQUEST_INVALID'],
  ['PUT', '/v1/routes/chat', change(chat, 0, 'engine'), 400, 'REQUEST_INVALID'],
  ['PUT', '/v1/routes/chat', change(chat, 4), 404, 'NOT_FOUND'],
  ['PUT', '/v1/watches/many', change(limitWatch({ routes: ['chat'] })), 422, 'WATCH_REFUSED'],
  ['DELETE', '/v1/routes/chat', undefined, 404, 'NOT_FOUND'],
  ['GET', '/v1/mutes/never/revisions', undefined, 404, 'NOT_FOUND'],
  ['POST', '/v1/routes/chat/test', {}, 404, 'NOT_FOUND'],
  ['GET', '/v1/alerts/none', undefined, 404, 'NOT_FOUND'],
  ['POST', '/v1/alerts/none/close', { actor: 'ada' }, 404, 'NOT_FOUND'],
  ['POST', '/v1/alerts/none/acknowledge', {}, 400, 'REQUEST_INVALID'],
  ['GET', '/v1/alerts?state=odd', undefined, 400, 'REQUEST_INVALID'],
  ['GET', '/v1/alerts?limit=501', undefined, 400, 'REQUEST_INVALID'],
  ['GET', '/v1/happenings?from=5&to=4', undefined, 400, 'REQUEST_INVALID'],
] as const)('%s %s: %#', async (method, url, body, status, code) => {
  expect(await ask(method, url, body)).toMatchObject({ status, body: { code } });
});

test('a check of what is no definition says what is missing, and of a sound one that nothing is stored', async () => {
  const wrong = await ask('POST', '/v1/watches/check', { definition: { key: 'x' } });
  expect(wrong).toMatchObject({ status: 200, body: { alerts: null, weeks: 0 } });
  expect(wrong.body.problems.length).toBeGreaterThan(2);
  const { body } = await ask('POST', '/v1/watches/check', { definition: limitWatch() });
  expect(body).toMatchObject({ alerts: null, weeks: 0, examples: [] });
  expect((await ask('GET', '/v1/watches')).body.watches).toEqual([]);
});

test('without alerts there are none', async () => {
  expect((await ask('GET', '/v1/alerts')).body).toEqual({ alerts: [], more: false });
});
