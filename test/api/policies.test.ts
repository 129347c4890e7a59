/** Policies over HTTP: defined, started, asked, and what each wrong request is told. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, test } from 'vitest';
import { createClient } from '../../api/client/client.ts';
import type { PolicyDesk } from '../../api/decisions/policyDesk.ts';
import type { EventIngest } from '../../api/routes/events.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { PolicyDecision } from '../../contracts/policyApi.ts';
import { accepted, policyDeskOf, serverOf } from './fakes.ts';

const tutor = {
  key: 'tutor',
  name: 'What the tutor suggests',
  algorithm: { name: 'linucb' },
  actions: ['video', 'text', 'exercise'].map((key) => ({ key, name: key, payload: { kind: key } })),
  context: { features: [{ kind: 'numeric', field: 'grade', missing: 'refuse' }] },
  holdout: 0,
};

let app: FastifyInstance;
let lines: Record<string, unknown>[];
let appends: number;
/** Appends that fail from now on. */
let failing: number;
let ingest: EventIngest;
let desk: PolicyDesk;

beforeEach(() => {
  lines = [];
  failing = 0;
  appends = 0;
  ingest = {
    ingest: async (body: Uint8Array) => {
      appends += 1;
      await nextTurn();
      if (failing > 0) {
        failing -= 1;
        throw new EngineError('LOG_UNAVAILABLE', 'the log is away');
      }
      const text = new TextDecoder().decode(body);
      lines.push(...text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>));
      return accepted;
    },
  };
  desk = policyDeskOf(ingest);
  app = serverOf({ ingest, policies: desk });
});

async function ask(url: string, payload?: unknown, method: 'POST' | 'GET' | 'PUT' = 'POST') {
  const response = await app.inject({
    ...{ url, method, headers: { host: 'localhost' } },
    ...(payload === undefined ? {} : { payload: payload as object }),
  });
  return { status: response.statusCode, body: response.json() };
}

async function started(policy: object = tutor): Promise<void> {
  const created = await ask('/v1/policies', { policy, reason: 'a try' });
  expect(created).toMatchObject({ status: 201, body: { outcome: 'created', revision: 1 } });
  const { key } = policy as { key: string };
  const start = await ask(`/v1/policies/${key}/start`);
  expect(start).toMatchObject({ status: 200, body: { outcome: 'new stage', revision: 2 } });
}

const decide = (more: object = {}) =>
  ask('/v1/decisions', { policy: 'tutor', user: 'ada', attributes: { grade: 7 }, ...more });

describe('a policy', () => {
  test('is drafted, started, changed by stages and stopped, and its record tells', async () => {
    await started();
    const { body: detail } = await ask('/v1/policies/tutor', undefined, 'GET');
    const changed = await ask(
      '/v1/policies/tutor',
      { policy: { ...detail.policy, floor: 0.2 }, revision: 2, reason: 'more exploring' },
      'PUT',
    );
    expect(changed.body).toMatchObject({ outcome: 'new stage', revision: 3 });
    expect((await ask('/v1/policies/tutor/stop')).status).toBe(200);
    const { body } = await ask('/v1/policies/tutor', undefined, 'GET');
    expect(body.record.map(({ change }: { change: string }) => change)).toEqual([
      'Stopped',
      'Changed: least probability 0.05 → 0.2',
      'Started',
      'Created',
    ]);
    expect((await ask('/v1/policies', undefined, 'GET')).body.policies).toMatchObject([
      { key: 'tutor', state: 'stopped', algorithm: 'linucb', actions: 3 },
    ]);
    expect(await decide()).toMatchObject({ status: 404 });
  });

  test.each([
    [{ ...tutor, algorithm: { name: 'oracle' } }, /expected one of linucb/],
    [{ ...tutor, algorithm: { name: 'linucb', parameters: { alpha: -1 } } }, /alpha/],
    [{ ...tutor, open: true }, /learns by traits/],
    [{ ...tutor, actions: tutor.actions.map((each) => ({ ...each, offered: false })) }, /offered/],
    [{ ...tutor, reward: { absent: 7 } }, /absent/],
  ])('that is not sound is not started: %#', async (policy, reason) => {
    expect((await ask('/v1/policies', { policy })).status).toBe(201);
    const { status, body } = await ask('/v1/policies/tutor/start');
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'POLICY_REFUSED' });
    expect(body.detail).toMatch(reason);
  });

  test.each([
    [{ ...tutor, actions: [...tutor.actions, tutor.actions[0]] }, /"video" twice/],
    [{ ...tutor, control: 'song' }, /control/],
    [{ ...tutor, actions: [] }, /at least one action/],
    [{ ...tutor, floor: 2 }, /floor/],
    ['nothing', /policy/],
  ])('that is no definition is refused: %#', async (policy, reason) => {
    const { status, body } = await ask('/v1/policies', { policy });
    expect(status).toBe(400);
    expect(body.detail).toMatch(reason);
  });

  test.each([
    [{ context: {} }, /features of the context/],
    [{ reward: { combine: 'sum' } }, /reward/],
    [
      {
        algorithm: {
          name: 'linucb',
          learner: { name: 'linear-disjoint', parameters: { ridge: 3 } },
        },
      },
      /learner/,
    ],
  ])('keeps the meaning of what it has learnt while it serves: %#', async (change, reason) => {
    await started();
    const { body: detail } = await ask('/v1/policies/tutor', undefined, 'GET');
    const { status, body } = await ask(
      '/v1/policies/tutor',
      { policy: { ...detail.policy, ...change }, revision: 2 },
      'PUT',
    );
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'POLICY_REFUSED' });
    expect(body.detail).toMatch(reason);
  });
});

test.each([
  ['floor', 0.5],
  ['context', {}],
  ['reward', { combine: 'sum' }],
])('a stopped policy keeps its %s: what it earned is read by it', async (part, value) => {
  await started();
  await ask('/v1/policies/tutor/stop');
  const { body: detail } = await ask('/v1/policies/tutor', undefined, 'GET');
  const { status, body } = await ask(
    '/v1/policies/tutor',
    { policy: { ...detail.policy, [part]: value }, revision: 3 },
    'PUT',
  );
  expect({ status, code: body.code }).toEqual({ status: 422, code: 'POLICY_REFUSED' });
  expect(body.detail).toMatch(/stopped is not changed/);
});

test('a wrong parameter is told by where it stands', async () => {
  const policy = {
    ...tutor,
    algorithm: { name: 'linucb', learner: { name: 'linear-disjoint', parameters: { ridge: -1 } } },
  };
  const { body } = await ask('/v1/policies/check', { policy });
  expect(body.problems[0]).toMatchObject({ field: 'algorithm.learner.parameters.ridge' });
  const other = { ...tutor, algorithm: { name: 'linucb', parameters: { alpha: -1 } } };
  const checked = await ask('/v1/policies/check', { policy: other });
  expect(checked.body.problems[0]).toMatchObject({ field: 'algorithm.parameters.alpha' });
});

describe('a decision', () => {
  test('says what the user gets, and is in the log with all that it looked at', async () => {
    await started();
    const { status, body } = await decide();
    expect(status).toBe(200);
    const [chosen] = (body as PolicyDecision).chosen;
    expect(body).toMatchObject({
      policy: 'tutor',
      user: 'ada',
      revision: 2,
      stage: 1,
      way: 'policy',
    });
    expect(chosen).toMatchObject({ position: 1, payload: { kind: chosen!.action } });
    expect(chosen!.probability).toBeCloseTo(1 / 3, 12);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      ...{ id: chosen!.decision, type: 'decision', user: 'ada', item: chosen!.action },
      context: {
        ...{ policy: 'tutor', revision: 2, stage: 1, action: chosen!.action, way: 'policy' },
        attributes: { grade: 7 },
        probability: chosen!.probability,
      },
    });
    const { offered } = lines[0]!['context'] as { offered: { action: string }[] };
    expect(offered.map(({ action }) => action)).toEqual(['video', 'text', 'exercise']);
  });

  test('repeated with its id is the same, and is written once', async () => {
    await started();
    const first = await decide({ id: 'd-1' });
    expect((await decide({ id: 'd-1' })).body).toEqual(first.body);
    expect(lines).toHaveLength(1);
  });

  test('repeated while the first is being written is the same; with a failed write it is made anew', async () => {
    await started();
    const both = await Promise.all([decide({ id: 'd-2' }), decide({ id: 'd-2' })]);
    expect(both[1]).toEqual(both[0]);
    expect(lines).toHaveLength(1);
    failing = 1;
    expect((await decide({ id: 'd-3' })).status).toBe(503);
    expect((await decide({ id: 'd-3' })).status).toBe(200);
    expect(lines.map(({ id }) => id)).toEqual(['d-2', 'd-3']);
  });

  test('of another policy with the same id and user is refused, of another user it is not', async () => {
    await started();
    await started({ ...tutor, key: 'other' });
    await decide({ id: 'd-1' });
    const { status, body } = await decide({ id: 'd-1', policy: 'other' });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'DECISION_INVALID' });
    expect(body.detail).toMatch(/id: .*tutor/);
    expect((await decide({ id: 'd-1', user: 'bob' })).status).toBe(200);
    expect((await decide({ id: 'd-1' })).body.user).toBe('ada');
    expect(lines).toHaveLength(2);
  });

  test('with an id so long that its positions could not be named is refused', async () => {
    await started();
    expect((await decide({ id: 'x'.repeat(200), positions: 3 })).status).toBe(200);
    expect((await decide({ id: 'x'.repeat(255), positions: 3 })).status).toBe(400);
  });

  test('can be asked for without being made', async () => {
    await started();
    expect((await decide({ log: false })).status).toBe(200);
    expect(lines).toEqual([]);
  });

  test('of several positions has different actions, each an event of its own', async () => {
    await started();
    const { body } = await decide({ positions: 3, id: 's' });
    const { chosen } = body as PolicyDecision;
    expect(new Set(chosen.map(({ action }) => action)).size).toBe(3);
    expect(chosen.map(({ decision }) => decision)).toEqual(['s', 's.2', 's.3']);
    expect(chosen.map(({ probability }) => probability)).toEqual([1 / 3, 1 / 2, 1]);
    expect(lines.map(({ id }) => id)).toEqual(['s', 's.2', 's.3']);
  });

  test('among some actions only chooses one of them', async () => {
    await started();
    for (let i = 0; i < 20; i += 1) {
      const { body } = await decide({ actions: ['text', 'video'] });
      const [chosen] = (body as PolicyDecision).chosen;
      expect(['text', 'video']).toContain(chosen!.action);
      expect(chosen!.probability).toBe(0.5);
    }
  });

  test('of a held-out user is the control', async () => {
    await started({ ...tutor, holdout: 0.999_999, control: 'text' });
    const { body } = await decide();
    expect(body).toMatchObject({ way: 'holdout', chosen: [{ action: 'text', probability: 1 }] });
  });

  test('respects pins, what is off, who is eligible, and caps', async () => {
    const [video, text, exercise] = tutor.actions;
    await started({
      ...tutor,
      actions: [
        { ...video, offered: false },
        { ...text, cap: { times: 2, withinMs: 3_600_000 } },
        { ...exercise, eligible: { field: 'grade', atLeast: 9 } },
      ],
      pins: [{ if: { field: 'vip', is: true }, action: 'exercise' }],
    });
    const pinned = await decide({ attributes: { grade: 9, vip: true } });
    expect(pinned.body).toMatchObject({ way: 'pin', chosen: [{ action: 'exercise' }] });
    for (let i = 0; i < 2; i += 1) {
      expect((await decide()).body).toMatchObject({ chosen: [{ action: 'text', probability: 1 }] });
    }
    const { status, body } = await decide();
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'DECISION_IMPOSSIBLE' });
  });

  test('of somebody who is forgotten begins anew: ids and caps; those of others stay', async () => {
    const [video, text] = tutor.actions;
    const capped = { ...video, cap: { times: 1, withinMs: 3_600_000 } };
    await started({
      ...tutor,
      actions: [capped, text],
      pins: [{ if: { all: [] }, action: 'video' }],
    });
    const wayOf = async (user: string, id: string) => (await decide({ user, id })).body.way;
    // "da" is the end of "ada".
    for (const user of ['ada', 'da']) expect(await wayOf(user, 'd-1')).toBe('pin');
    for (const user of ['ada', 'da']) expect(await wayOf(user, 'd-2')).toBe('policy');
    desk.forget('da');
    expect(await wayOf('da', 'd-2')).toBe('pin');
    expect(await wayOf('ada', 'd-2')).toBe('policy');
    expect(await wayOf('ada', 'd-3')).toBe('policy');
    expect(lines.map(({ user, id }) => `${user} ${id}`)).toEqual([
      'ada d-1',
      'da d-1',
      'ada d-2',
      'da d-2',
      'da d-2',
      'ada d-3',
    ]);
  });

  test('keeps a cap, however often the user gets other actions meanwhile', async () => {
    const [video, text] = tutor.actions;
    const often = { times: 1, withinMs: 3_600_000 };
    await started({ ...tutor, actions: [{ ...video, cap: often }, text] });
    expect((await decide({ actions: ['video'] })).status).toBe(200);
    const decisions = Array.from({ length: 1_000 }, () => ({
      ...{ policy: 'tutor', user: 'ada', attributes: { grade: 7 }, actions: ['text'] },
    }));
    await ask('/v1/decisions/batch', { decisions });
    expect((await decide({ actions: ['video'] })).status).toBe(422);
  });

  test.each([
    [{ policy: 'nobody' }, 404, /no policy nobody/],
    [{ actions: [] }, 400, /actions/],
    [{ actions: ['text', 'text'] }, 422, /"text" twice/],
    [{ actions: ['song'] }, 422, /got "song"/],
    [{ actions: [{ key: 'song', traits: {} }] }, 422, /got "song"/],
    [{ attributes: {} }, 422, /grade: expected a number/],
    [{ attributes: { grade: 'seven' } }, 422, /grade: expected a number/],
    [{ user: '' }, 400, /user/],
    [{ positions: 9 }, 422, /9 are wanted/],
    [{ strange: 1 }, 400, /strange/],
  ])('asked wrongly is told so: %j', async (more, status, reason) => {
    await started();
    const answer = await decide(more);
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toMatch(reason);
    expect(lines).toEqual([]);
  });

  test.each([
    ['{ "grade": 1e999 }', 'attributes.grade: expected a finite number, got Infinity'],
    [
      '{ "grade": 7, "deep": { "list": [1, -1e400] } }',
      'attributes.deep.list.1: expected a finite number, got -Infinity',
    ],
  ])(
    'with a number that JSON may have and no number is, %s, is refused with its place',
    async (attributes, reason) => {
      await started();
      const about = `"policy": "tutor", "user": "ada", "attributes": ${attributes}`;
      const send = (url: string, payload: string) =>
        app.inject({
          ...{ url, method: 'POST', payload },
          headers: { host: 'localhost', 'content-type': 'application/json' },
        });
      for (const [url, payload] of [
        ['/v1/decisions', `{ ${about} }`],
        ['/v1/decisions', `{ "user": "ada", "attributes": ${attributes} }`],
        ['/v1/policies/tutor/explain', `{ "user": "ada", "attributes": ${attributes} }`],
      ] as const) {
        const response = await send(url, payload);
        expect({ url, status: response.statusCode }).toEqual({ url, status: 400 });
        expect(response.json().detail).toContain(reason);
      }
      const batch = await send('/v1/decisions/batch', `{ "decisions": [{ ${about} }] }`);
      expect(batch.json().decisions).toMatchObject([{ code: 'REQUEST_INVALID' }]);
      expect(batch.json().decisions[0].problem).toContain(reason);
      expect(lines).toEqual([]);
    },
  );

  test('in a batch is judged by itself', async () => {
    await started();
    const { body } = await ask('/v1/decisions/batch', {
      decisions: [
        { policy: 'tutor', user: 'ada', attributes: { grade: 7 } },
        { policy: 'nobody', user: 'ada' },
        { policy: 'tutor' },
      ],
    });
    expect(body.decisions).toMatchObject([
      { policy: 'tutor', chosen: [{ position: 1 }] },
      { code: 'NOT_FOUND' },
      { code: 'REQUEST_INVALID' },
    ]);
    expect(lines).toHaveLength(1);
  });

  test('in a long batch gives others their turn', async () => {
    await started();
    const decisions = Array.from({ length: 1_000 }, () => ({
      ...{ policy: 'tutor', user: 'ada', attributes: { grade: 7 }, positions: 3 },
    }));
    const { body } = await ask('/v1/decisions/batch', { decisions });
    expect(body.decisions).toHaveLength(1_000);
    expect(lines).toHaveLength(3_000);
    // What is written in one turn is written at once, 2,000 at most.
    expect(appends).toBeGreaterThan(2);
  });

  test('that brings its actions is scored by their traits', async () => {
    await started({
      ...tutor,
      actions: [],
      open: true,
      algorithm: { name: 'softmax', learner: { name: 'linear-shared' } },
      traits: { features: [{ kind: 'categorical', field: 'topic' }] },
    });
    const actions = [
      { key: 'a', traits: { topic: 'sports' } },
      { key: 'b', traits: { topic: 'arts' } },
    ];
    const { status, body } = await decide({ actions });
    expect(status).toBe(200);
    expect((body as PolicyDecision).chosen[0]!.probability).toBe(0.5);
    expect(lines[0]).toMatchObject({
      context: { offered: [{ traits: { topic: 'sports' } }, { traits: { topic: 'arts' } }] },
    });
  });
});

test('the client of an application gets its fallback while the policy does not serve, and no exception', async () => {
  const client = createClient({
    url: '',
    flushMs: 60_000,
    async fetch(url, init) {
      const { statusCode, body } = await app.inject({
        ...{ url: url as string, method: 'POST', payload: init!.body as string },
        headers: { host: 'localhost', ...(init!.headers as Record<string, string>) },
      });
      return new Response(body, { status: statusCode });
    },
  });
  const asked = async (query: object = {}) =>
    client.decide(
      { policy: 'tutor', user: 'ada', attributes: { grade: 7 }, ...query },
      { action: 'plain' },
    );
  expect(await asked()).toMatchObject({ way: 'fallback', reason: 'There is no policy tutor.' });
  await started();
  expect(await asked()).toMatchObject({ way: 'policy' });
  await ask('/v1/policies/tutor/pause');
  expect(await asked()).toMatchObject({
    way: 'fallback',
    reason: expect.stringMatching(/does not serve: it is paused/) as string,
    chosen: [{ action: 'plain' }],
  });
  await ask('/v1/policies/tutor/resume');
  expect(await asked({ positions: 9 })).toMatchObject({ way: 'fallback' });
  await expect(asked({ actions: ['song'] })).rejects.toThrow(/decide tutor: .*got "song"/);
  await expect(asked({ user: '' })).rejects.toThrow(/decide tutor: .*user/);
});

test('two processes answer one id alike, unless they know different things; then the log gets both answers', async () => {
  const [video, text] = tutor.actions;
  const capped = {
    ...tutor,
    actions: [{ ...video, cap: { times: 1, withinMs: 3_600_000 } }, text],
  };
  const servers = [app, serverOf({ ingest, policies: policyDeskOf(ingest) })];
  const answered = async (query: object): Promise<string[]> => {
    const actions: string[] = [];
    for (const server of servers) {
      app = server;
      actions.push(((await decide(query)).body as PolicyDecision).chosen[0]!.action);
    }
    return actions;
  };
  for (const server of servers) {
    app = server;
    await started(capped);
  }
  // The draw belongs to the id.
  for (const id of ['a', 'b', 'c', 'd']) {
    const [one, other] = await answered({ id, log: false });
    expect(other).toBe(one);
  }
  // What one has given, the other does not know.
  app = servers[0]!;
  await decide({ actions: ['video'] });
  let id = 0;
  while ((await answered({ id: `i${id}` })).join() !== 'text,video') id += 1;
  const both = lines.filter((line) => line['id'] === `i${id}`).map(({ item }) => item);
  expect(both).toEqual(['text', 'video']);
});
