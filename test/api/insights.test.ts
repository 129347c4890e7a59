/** Recommendations over HTTP: their order, answers to them, and what is accepted done by the engine's own routes. */
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InsightDesk } from '../../api/insightDesk.ts';
import type { WatchDesk } from '../../api/watchDesk.ts';
import type { Card, InsightAction } from '../../contracts/insight.ts';
import type { Store } from '../../contracts/store.ts';
import { newCard } from '../../control/insights/cardLife.ts';
import { readCard, writeCards } from '../../control/insights/cardRows.ts';
import { InsightBoard } from '../../control/insights/insightBoard.ts';
import { scoreFinding, weekMs } from '../../control/insights/score.ts';
import { noVotes } from '../../control/insights/usefulness.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { finding, kindOf, start, subject } from '../support/insights.ts';
import { emptyTables } from '../support/watched.ts';
import { insightDeskOf, serverOf, watchDeskOf } from './fakes.ts';

let clickhouse: TestClickHouse;
let store: Store;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('insights');
}, 60_000);
afterAll(() => clickhouse.close());

let app: FastifyInstance;
let desk: InsightDesk;
let watches: WatchDesk;
let board: InsightBoard;
let answered: number;
beforeEach(async () => {
  await emptyTables(store, ['insights', 'insight_tests', 'events']);
  answered = 0;
  board = new InsightBoard();
  watches = watchDeskOf();
  desk = insightDeskOf({
    ...{
      store,
      board,
      clock: () => start,
      kinds: [kindOf('fell', () => []), kindOf('stale', () => [])],
    },
    onAnswered: () => {
      answered += 1;
    },
  });
  app = serverOf({ insights: desk, watches });
});
afterEach(() => app.close());

async function ask(method: 'GET' | 'POST', url: string, payload?: object, actor = 'ada') {
  const headers = { host: 'localhost', 'millrace-actor': actor };
  const response = await app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: response.statusCode, body: response.json() };
}

const mute = { key: 'once', name: 'Once', when: { kind: 'once', from: 1, to: 2 } };
const action = (change: Partial<InsightAction> = {}): InsightAction => ({
  ...{ label: 'Mute the alerts', page: '/anomalies', needs: 'operate' as const },
  request: {
    ...{ method: 'PUT', path: '/v1/mutes/once', reasonField: 'reason' },
    body: { definition: mute, revision: 0 },
  },
  ...{ consequence: 'Nobody is told.', undo: 'Remove the window.', ...change },
});

async function put(id: string, change: Parameters<typeof finding>[0], more: Partial<Card> = {}) {
  const scored = scoreFinding(finding(change), { at: start, error: 0, votes: noVotes });
  const card = { ...newCard(id, subject(id), [scored], start - 1_000), ...more };
  await writeCards(store, [{ card, actor: 'engine', sentence: 'Found.', note: '' }]);
  return card;
}
const impact = (value: number) => ({ impact: { value, words: '' } });
const ids = async (query = '') =>
  (await ask('GET', `/v1/insights${query}`)).body.cards.map(({ id }: Card) => id);

describe('the order', () => {
  test('is that of scores at one moment, those that sleep last; of history the newest first', async () => {
    await put('low', impact(0.2));
    await put('high', impact(0.9));
    await put('asleep', impact(1), { state: 'snoozed', snoozedUntil: start + 1 });
    // Scored a week earlier: it would lead if it were not older by now.
    await put('old', { ...impact(1), since: start - 2 * weekMs });
    await put('done', {}, { state: 'done', changedAt: start - 5 });
    await put('over', {}, { state: 'over', changedAt: start - 4 });
    expect(await ids()).toEqual(['high', 'old', 'low', 'asleep']);
    expect(await ids('?limit=1')).toEqual(['high']);
    expect(await ids('?subject=model:low')).toEqual(['low']);
    expect(await ids('?area=data')).toEqual([]);
    expect(await ids('?standing=history')).toEqual(['over', 'done']);
    expect((await ask('GET', '/v1/insights?limit=1')).body.more).toBe(true);
    expect((await ask('GET', '/v1/insights?are=data')).status).toBe(400);
  });

  test('follows what people find useful, at once', async () => {
    await put('first', impact(0.5));
    await put('second', { kind: 'stale', ...impact(0.48) });
    await put('elsewhere', { kind: 'stale', ...impact(0.1) });
    expect(await ids()).toEqual(['first', 'second', 'elsewhere']);
    for (const [id, answer] of [
      ['first', 'not useful'],
      ['elsewhere', 'useful'],
    ]) {
      const given = await ask('POST', `/v1/insights/${id}/answer`, { answer, revision: 1 });
      expect(given).toMatchObject({ status: 200, body: { state: 'live', revision: 2 } });
    }
    expect(await ids()).toEqual(['second', 'first', 'elsewhere']);
    expect(answered).toBe(2);
    const { kinds } = (await ask('GET', '/v1/insights/kinds')).body;
    expect(kinds).toMatchObject([
      { kind: 'fell', area: 'models', shown: 1, useful: 0, notUseful: 1, accepted: 0, kept: 0 },
      { kind: 'stale', shown: 2, useful: 1, notUseful: 0 },
    ]);
  });
});

test('it says how well it was looked, by this process or by the tables', async () => {
  const looked = async () => (await ask('GET', '/v1/insights')).body.looked;
  expect(await looked()).toEqual({ at: null, kinds: 2, failing: [], tests: 0, falseShare: 0.05 });
  const failing = [{ kind: 'fell', sentence: 'Not now.' }];
  board.put({ at: 7, kinds: 2, failing, tests: 3, falseShare: 0.05 });
  expect(await looked()).toEqual({ at: 7, kinds: 2, failing, tests: 3, falseShare: 0.05 });
});

describe('an answer', () => {
  test('is noted with who gave it, and shown in the history', async () => {
    await put('one', {});
    const until = start + 1_000;
    const given = { answer: 'snooze', until, revision: 1, note: 'after the exams' };
    const put1 = await ask('POST', '/v1/insights/one/answer', given, 'Zo%C3%AB');
    expect(put1).toMatchObject({
      status: 200,
      body: {
        state: 'snoozed',
        snoozedUntil: until,
        answers: [{ actor: 'Zoë', note: 'after the exams' }],
      },
    });
    await ask('POST', '/v1/insights/one/answer', { answer: 'back', revision: 2 });
    const detail = await ask('GET', '/v1/insights/one');
    expect(detail.body.card).toMatchObject({ state: 'live', revision: 3 });
    expect(detail.body.history.map(({ sentence }: { sentence: string }) => sentence)).toEqual([
      'Found.',
      'Zoë puts it off until 2036-03-03 00:00 UTC.',
      'ada brings it back.',
    ]);
    expect(desk.insightsChangedAt()).toBeUndefined();
  });

  test('that cannot be is refused with the reason', async () => {
    await put('one', {});
    const answer = (body: object, id = 'one') => ask('POST', `/v1/insights/${id}/answer`, body);
    expect(await answer({ answer: 'done', revision: 1 }, 'none')).toMatchObject({ status: 404 });
    expect(await answer({ answer: 'done', revision: 2 })).toMatchObject({
      ...{ status: 409, body: { code: 'REVISION_STALE', revision: 1 } },
    });
    expect(await answer({ answer: 'back', revision: 1 })).toMatchObject({
      ...{ status: 422, body: { code: 'INSIGHT_REFUSED' } },
    });
    expect(await answer({ answer: 'maybe', revision: 1 })).toMatchObject({ status: 400 });
    expect((await ask('GET', '/v1/insights/none')).status).toBe(404);
    expect(answered).toBe(0);
  });

  test('of two people at once: the second sees that it was changed', async () => {
    await put('one', {});
    const given = await Promise.all(
      ['ada', 'bob'].map((actor) =>
        ask('POST', '/v1/insights/one/answer', { answer: 'done', revision: 1 }, actor),
      ),
    );
    expect(given.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('what is accepted', () => {
  const accept = (id: string, revision = 1, reason = 'exams') =>
    ask('POST', `/v1/insights/${id}/accept`, { kind: 'fell', reason, revision });

  test('is done by the route itself, in the name of who asked, and noted with its promise', async () => {
    const promise = {
      measure: { kind: 'standing' as const },
      ...{ unit: 'number' as const, better: -1 as const, low: null, high: null },
      ...{ horizonMs: weekMs, sentence: 'It is quiet.' },
    };
    await put('one', { action: action(), promise });
    const done = await accept('one');
    expect(done).toMatchObject({
      status: 200,
      body: {
        answer: { revision: 1, actor: 'ada', reason: 'exams' },
        card: {
          ...{ state: 'accepted', revision: 2, outcome: null },
          accepted: {
            actor: 'ada',
            kind: 'fell',
            label: 'Mute the alerts',
            reason: 'exams',
            promise,
          },
        },
      },
    });
    expect(watches.book.mutes.get('once')).toMatchObject({ revision: 1, actor: 'ada' });
    expect(await accept('one', 2)).toMatchObject({ status: 422 });
    expect((await ask('GET', '/v1/insights/one')).body.history.at(-1)).toMatchObject({
      ...{ actor: 'ada', note: 'exams', sentence: 'ada does what it says: Mute the alerts.' },
    });
  });

  test('is not noted where the route refuses: its answer is the answer', async () => {
    await put('one', { action: action() });
    await put('two', { action: action() });
    await accept('one');
    const again = await accept('two');
    expect(again).toMatchObject({ status: 409, body: { code: 'KEY_TAKEN' } });
    expect(await readCard(store, 'two')).toMatchObject({ state: 'live', revision: 1 });
    const nowhere = action({ request: { ...action().request!, path: '/v1/nowhere' } });
    await put('three', { action: nowhere });
    expect(await accept('three')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await readCard(store, 'three')).toMatchObject({ state: 'live' });
  });

  test('is noted again where that fails once it is done, and told where it goes on failing', async () => {
    await put('one', { action: action({ request: null }) });
    await put('two', { action: action({ request: null }) });
    let failures = 2;
    let performed = 0;
    const failing: Store = {
      ...store,
      query: (...given) => store.query(...given),
      insert: async (...given) => {
        failures -= 1;
        if (failures >= 0) throw new Error('no answer');
        await store.insert(...given);
      },
    };
    const kinds = [kindOf('fell', () => [])];
    const shaken = insightDeskOf({
      ...{ store: failing, board, clock: () => start, kinds, onAnswered: () => {} },
    });
    const by = {
      ...{ actor: 'ada', permissions: new Set(['read', 'operate'] as const) },
      perform: async () => {
        performed += 1;
        return { status: 200, body: {} };
      },
    };
    for (const id of ['one', 'two']) {
      const card = (await readCard(store, id))!;
      const done = { ...card.finding, action: action() };
      const changed = { ...card, revision: 2, finding: done, findings: [done] };
      await writeCards(store, [{ card: changed as Card, actor: 'engine', sentence: '', note: '' }]);
    }
    const given = { kind: 'fell', reason: 'exams', revision: 2 };
    expect(await shaken.accept('one', given, by)).toMatchObject({ outcome: 'accepted' });
    expect(await readCard(store, 'one')).toMatchObject({ state: 'accepted' });
    failures = Infinity;
    await expect(shaken.accept('two', given, by)).rejects.toMatchObject({
      code: 'SINK_UNAVAILABLE',
      message: expect.stringMatching(/^It is done \(Mute the alerts\), but not noted/),
    });
    expect(performed).toBe(2);
  });

  test('is only noted where it is done on a page, and can come back', async () => {
    await put('one', { action: action({ request: null }) });
    expect(await accept('one')).toMatchObject({
      ...{ status: 200, body: { answer: null, card: { state: 'accepted' } } },
    });
    const back = await ask('POST', '/v1/insights/one/answer', { answer: 'back', revision: 2 });
    expect(back.body).toMatchObject({ state: 'live', accepted: null });
  });

  test('must be proposed by the card as it is, and allowed to who asks', async () => {
    await put('one', { action: action({ needs: 'administer' }) });
    expect(await accept('one', 3)).toMatchObject({ status: 409 });
    const other = { kind: 'stale', reason: '', revision: 1 };
    expect(await ask('POST', '/v1/insights/one/accept', other)).toMatchObject({ status: 422 });
    await put('none', {});
    expect(await accept('none')).toMatchObject({ status: 422 });
    const given = { kind: 'fell', reason: '', revision: 1 };
    let asked = 0;
    const perform = async () => {
      asked += 1;
      return { status: 200, body: {} };
    };
    const by = { actor: 'ada', permissions: new Set(['read', 'operate'] as const), perform };
    expect(await desk.accept('one', given, by)).toEqual({
      ...{ outcome: 'forbidden', needs: 'administer' },
    });
    expect(asked).toBe(0);
  });

  test('goes with the headers of who asks, and without those of their body', async () => {
    await put('one', { action: action() });
    let seen: Record<string, unknown> = {};
    app.addHook('onRequest', async ({ url, headers }) => {
      if (url === '/v1/mutes/once') seen = headers;
    });
    const payload = JSON.stringify({ kind: 'fell', reason: '', revision: 1 });
    await app.inject({
      ...{ method: 'POST', url: '/v1/insights/one/accept', payload },
      headers: {
        ...{ host: 'localhost', 'content-type': 'application/json', cookie: 'session=s' },
        ...{ authorization: 'Bearer k', 'x-csrf': 't', 'millrace-actor': 'ada' },
      },
    });
    expect(seen).toMatchObject({
      ...{ cookie: 'session=s', authorization: 'Bearer k', 'x-csrf': 't', 'millrace-actor': 'ada' },
      ...{ host: 'localhost', 'content-type': 'application/json' },
    });
    expect(Number(seen['content-length'])).not.toBe(payload.length);
  });
});
