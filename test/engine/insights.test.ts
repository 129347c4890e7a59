/** Recommendations on the real engine over HTTP: found by a kind of the test's own, accepted, and the same after a restart. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LiveDelta } from '../../contracts/api.ts';
import {
  InsightAccepted,
  InsightDetail,
  InsightKindsAnswer,
  InsightsAnswer,
} from '../../contracts/insightApi.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { kindOf, type Said, subject } from '../support/insights.ts';

const day = 86_400_000;
const data = temporaryDirectory();
/** What the rules say of the facts; a test changes it. */
let tested: readonly Said[] = [];
let facts: readonly Said[] = [];
let activeUsers = 0;
const insightKinds = [
  kindOf('fell', (seen) => {
    activeUsers = seen.activeUsers;
    return tested;
  }),
  kindOf('stale', () => facts),
];
const options = { insightKinds, pace: { clock: Date.now, everyMs: 100 } };
let at: TestEngine;
beforeAll(async () => {
  at = await startTestEngine(data, {}, [], options);
}, 120_000);
afterAll(async () => {
  await at?.stop();
  removeDirectory(data);
}, 60_000);

async function ask(method: string, path: string, body: object) {
  const headers = { ...json, 'millrace-actor': 'ada' };
  const response = await fetch(`${at.url}${path}`, { method, headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

let sent = 0;
async function write() {
  sent += 1;
  const time = new Date().toISOString();
  const users = ['u1', 'u2', 'u3'];
  await at.send(
    users.map((user) => ({ id: `e${sent}-${user}`, type: 'viewed', user, item: 'x', time })),
  );
  await at.settle();
}
const open = () => at.get('/v1/insights', InsightsAnswer);

const mute = { key: 'exams', name: 'Exams', when: { kind: 'once', from: 1, to: 2 } };
const request = {
  ...{ method: 'PUT' as const, path: '/v1/mutes/exams', reasonField: 'reason' as const },
  body: { definition: mute, revision: 0 },
};
const action = {
  ...{ label: 'Mute the alerts', page: '/anomalies', request, needs: 'operate' as const },
  ...{ consequence: 'Nobody is told.', undo: 'Remove the window.' },
};
const impact = (value: number) => ({ impact: { value, words: 'some' } });

test('what a kind finds is shown, the most important first, and says what may be false', async () => {
  const judgedAt = Math.floor(Date.now() / day) * day;
  tested = [
    { judgedAt, pValue: 1e-9, told: { ...impact(0.5), action } },
    { judgedAt, pValue: 0.01, subject: subject('hint') },
  ];
  facts = [{ judgedAt, pValue: null, subject: subject('path'), told: { action, ...impact(0.48) } }];
  await write();
  await eventually(async () => {
    const { cards, looked } = await open();
    expect(cards.map((card) => card.subject.key)).toEqual(['answer', 'path']);
    // What is not small enough for the level is not shown.
    expect(looked).toMatchObject({ kinds: 2, failing: [], tests: 2, falseShare: 0.05 });
  }, 20_000);
  await eventually(async () => expect(activeUsers).toBe(3));
  const response = await fetch(`${at.url}/v1/live`);
  const reader = response.body!.getReader();
  let text = '';
  while (!text.includes('insightsChangedAt')) {
    text += new TextDecoder().decode((await reader.read()).value);
  }
  await reader.cancel();
  const ticks = [...text.matchAll(/^data: (.*)$/gm)].map(([, line]) =>
    LiveDelta.parse(JSON.parse(line!)),
  );
  expect(ticks.some(({ insightsChangedAt }) => (insightsChangedAt ?? 0) > judgedAt)).toBe(true);
}, 60_000);

test('answers rank anew, and after a restart nothing is shown or tested twice', async () => {
  const before = await open();
  const [first, second] = before.cards;
  const path = (id: string, what: string) => `/v1/insights/${id}/${what}`;
  await ask('POST', path(first!.id, 'answer'), { answer: 'not useful', revision: first!.revision });
  await ask('POST', path(second!.id, 'answer'), { answer: 'useful', revision: second!.revision });
  await eventually(async () => {
    expect((await open()).cards.map(({ id }) => id)).toEqual([second!.id, first!.id]);
  });
  await at.stop();
  at = await startTestEngine(data, {}, [], options);
  await write();
  await eventually(async () => expect((await open()).looked.at).not.toBeNull(), 20_000);
  await write();
  const after = await open();
  expect(after.cards.map(({ id }) => id)).toEqual([second!.id, first!.id]);
  expect(after.looked.tests).toBe(2);
  expect((await at.get('/v1/insights?standing=history', InsightsAnswer)).cards).toEqual([]);
}, 90_000);

test('accepted, it is done by the route, and the card leaves the inbox; it is not shown again', async () => {
  const card = (await open()).cards.find(({ subject: { key } }) => key === 'answer')!;
  const given = { kind: 'fell', reason: 'exams', revision: card.revision };
  const { status, body } = await ask('POST', `/v1/insights/${card.id}/accept`, given);
  expect(status).toBe(200);
  expect(InsightAccepted.parse(body)).toMatchObject({
    ...{ card: { state: 'accepted' }, answer: { revision: 1, actor: 'ada', reason: 'exams' } },
  });
  tested = [{ judgedAt: tested[0]!.judgedAt + 1, pValue: 1e-9, told: { ...impact(0.5), action } }];
  await write();
  await eventually(async () => expect((await open()).looked.tests).toBe(3), 20_000);
  expect((await open()).cards.map((each) => each.subject.key)).toEqual(['path']);
  const detail = await at.get(`/v1/insights/${card.id}`, InsightDetail);
  expect(detail.history.map(({ sentence }) => sentence)).toEqual([
    'Found. The model answer errs more.',
    'ada does not find it useful.',
    'ada does what it says: Mute the alerts.',
  ]);
  const { kinds } = await at.get('/v1/insights/kinds', InsightKindsAnswer);
  expect(kinds).toMatchObject([
    { kind: 'fell', shown: 1, notUseful: 1, accepted: 1, kept: 0 },
    { kind: 'stale', shown: 1, useful: 1, accepted: 0 },
  ]);
}, 60_000);
