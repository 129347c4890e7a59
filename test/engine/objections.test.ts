/** An objection on a real engine: at once where it is told, in what is learnt, after a restart, and taken back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Objection, ObjectionReceipt, ObjectionsAnswer } from '../../contracts/objectionApi.ts';
import type { PolicyDecision } from '../../contracts/policyApi.ts';
import { PredictionsAnswer } from '../../contracts/predictionApi.ts';
import { ErasureReceipt } from '../../contracts/userApi.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';

const data = temporaryDirectory();
let engine: TestEngine;

beforeAll(async () => {
  engine = await startTestEngine(data);
}, 60_000);
afterAll(async () => {
  await engine?.stop();
  removeDirectory(data);
}, 60_000);

async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${engine.url}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: json, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  expect(response.ok, JSON.stringify(answer)).toBe(true);
  return answer;
}

const decide = async (user: string) =>
  (await ask('POST', '/v1/decisions', { policy: 'tutor', user })) as PolicyDecision;
const object = async (user: string, body: object = {}) =>
  ObjectionReceipt.parse(await ask('PUT', `/v1/users/${user}/objection`, body));
const predictionOf = async (user: string) => {
  const body = { rows: [{ user, item: 'i-1', context: { skill: 'adding' } }] };
  const answer = await ask('POST', '/v1/models/answer/predictions', body);
  return PredictionsAnswer.parse(answer).predictions[0]!;
};

let ids = 0;
function eventOf(type: string, user: string, value: number): object {
  ids += 1;
  const context = { topic: 'sports', skill: 'adding' };
  return { id: `e-${ids}`, type, time: Date.now(), user, item: 'i-1', value, context };
}
const countOf = async (sql: string) =>
  (
    await engine.engine.store.query<{ rows: number }>(
      `SELECT toUInt32(count()) AS rows FROM ${sql}`,
    )
  )[0]!.rows;

test('who objects is answered by nothing that is learnt of them, and nothing more is learnt', async () => {
  const actions = ['video', 'text'].map((key) => ({ key, name: key }));
  const policy = { key: 'tutor', name: 'Tutor', algorithm: { name: 'linucb' }, actions };
  await ask('POST', '/v1/policies', { policy: { ...policy, holdout: 0, control: 'text' } });
  await ask('POST', '/v1/policies/tutor/start', {});
  const people = ['ada', 'bob'];
  const activity = people.flatMap((user) =>
    Array.from({ length: 8 }, (_, i) => [
      eventOf('answered', user, i % 2),
      eventOf('rated', user, 5),
    ]),
  );
  await engine.send(activity.flat());
  await engine.settle();
  expect((await decide('ada')).way).toBe('policy');
  const before = await predictionOf('ada');
  expect(before.fallback).toBeNull();

  const receipt = await object('ada', { reason: 'by letter', actor: 'dean' });
  expect(receipt).toMatchObject({
    ...{ to: ['personalization', 'experiments', 'training'], isHeard: true },
    removed: [{ table: 'user_preferences', rows: 1 }],
  });
  expect(receipt.consequences).toEqual(
    expect.arrayContaining([expect.stringMatching(/^8 examples stored before are left out/)]),
  );
  expect(await decide('ada')).toMatchObject({ way: 'objection', chosen: [{ action: 'text' }] });
  expect((await decide('bob')).way).toBe('policy');
  const stranger = await predictionOf('ada');
  expect(stranger.fallback).toMatch(/^The user objects to personalization/);
  // But for the moment in which each was asked: time is a feature.
  expect(stranger.probability).toBeCloseTo((await predictionOf('nobody-ever')).probability, 6);
  expect(Math.abs(stranger.probability - before.probability)).toBeGreaterThan(1e-3);

  const examples = await countOf("examples FINAL WHERE user = 'ada'");
  await engine.send(activity.flat().map((each, i) => ({ ...each, id: `again-${i}` })));
  await engine.settle();
  expect(await countOf("examples FINAL WHERE user = 'ada'")).toBe(examples);
  expect(await countOf("examples FINAL WHERE user = 'bob'")).toBe(2 * examples);
  expect(await countOf("user_preferences FINAL WHERE user = 'ada' AND erased = 0")).toBe(0);
  expect(await countOf("policy_decisions FINAL WHERE user = 'ada' AND way = 'objection'")).toBe(0);
  // What only the engine writes is refused from others.
  const forged = { ...eventOf('millrace.objection', 'bob', 1), context: { objects: true, to: [] } };
  const refused = await engine.post(JSON.stringify(forged));
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('PUT /v1/users/:id/objection');
}, 60_000);

test('it outlives a restart and an erasure, is listed and given out, and taken back', async () => {
  await engine.stop();
  engine = await startTestEngine(data);
  expect((await decide('ada')).way).toBe('objection');
  const page = await engine.get('/v1/objections', ObjectionsAnswer);
  expect(page).toMatchObject({
    total: 1,
    objections: [{ user: 'ada', actor: 'dean' }],
    next: null,
  });
  const lines = await (await fetch(`${engine.url}/v1/users/ada/export`)).text();
  expect(lines).toContain('"table":"objections"');
  const erased = ErasureReceipt.parse(await ask('DELETE', '/v1/users/ada'));
  expect(erased.kept.some((sentence) => sentence.startsWith('An objection stays'))).toBe(true);
  expect((await decide('ada')).way).toBe('objection');
  // The archive has no event of hers but those that say so.
  const types = await engine.engine.store.query(
    "SELECT DISTINCT type FROM events FINAL WHERE user = 'ada'",
  );
  expect(types).toEqual([{ type: 'millrace.objection' }]);

  const back = ObjectionReceipt.parse(
    await ask('DELETE', '/v1/users/ada/objection?reason=changed'),
  );
  expect(back).toMatchObject({ to: [], before: ['personalization', 'experiments', 'training'] });
  expect((await decide('ada')).way).toBe('policy');
  expect(await engine.get('/v1/users/ada/objection', Objection)).toMatchObject({
    ...{ to: [], actor: 'administrator', reason: 'changed' },
  });
  await engine.send([eventOf('answered', 'ada', 1)]);
  await engine.settle();
  await eventually(async () => {
    expect(await countOf("examples FINAL WHERE user = 'ada'")).toBe(1);
  });
  ErasureReceipt.parse(await ask('DELETE', '/v1/users/ada'));
  expect(await countOf("events FINAL WHERE user = 'ada'")).toBe(0);
  expect(await countOf("objections FINAL WHERE user = 'ada'")).toBe(0);
}, 60_000);
