/** What somebody gets who objects: no decision by what is learnt, no variant, no prediction of their own; and the routes that tell it. */
import { afterEach, describe, expect, test } from 'vitest';
import type { ObjectionDesk } from '../../api/objectionDesk.ts';
import { createPredictionDesk } from '../../api/predictionDesk.ts';
import type { ServerDependencies } from '../../api/server.ts';
import { type ObjectionKind, objectionKinds } from '../../contracts/objection.ts';
import type { AskedRow } from '../../control/predicting/storedLearner.ts';
import { makeMetric, makeRunning, startAt } from '../support/experiments.ts';
import { accepted, objectionDesk, policyDeskOf, registryOf, serverOf } from './fakes.ts';

let app: ReturnType<typeof serverOf>;
afterEach(() => app?.close());

/** Those who object, each to all of it or to some. */
function objecting(people: Readonly<Record<string, readonly ObjectionKind[]>>) {
  return { objects: (user: string, to: ObjectionKind) => people[user]?.includes(to) ?? false };
}
const ada = objecting({ ada: objectionKinds });

/** A server on whose log the lines stand. */
function serve(objections: Pick<ObjectionDesk, 'objects'>, more: Partial<ServerDependencies> = {}) {
  const lines: { user: string; type: string }[] = [];
  const ingest = {
    ingest: async (body: Uint8Array) => {
      const text = new TextDecoder().decode(body).trim();
      lines.push(...text.split('\n').map((line) => JSON.parse(line)));
      return accepted;
    },
  };
  app = serverOf({
    ...{ ingest, policies: policyDeskOf(ingest, { objections }) },
    objections: { ...objectionDesk, ...objections },
    ...more,
  });
  const post = async (url: string, payload: object, headers = {}) => {
    const response = await app.inject({ method: 'POST', url, payload, headers });
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  };
  return { lines, post };
}

const tutor = {
  ...{ key: 'tutor', name: 'Tutor', algorithm: { name: 'linucb' }, control: 'text' },
  actions: ['video', 'text', 'exercise'].map((key) => ({ key, name: key })),
  context: { features: [{ kind: 'numeric', field: 'grade' }] },
};

describe('a decision of a policy', () => {
  async function begun(changes: object = {}) {
    const server = serve(ada);
    const made = await server.post('/v1/policies', {
      policy: { ...tutor, holdout: 0, ...changes },
    });
    expect(made.status).toBe(201);
    expect((await server.post('/v1/policies/tutor/start', {})).status).toBe(200);
    const decide = async (user: string, more: object = {}) =>
      server.post('/v1/decisions', { policy: 'tutor', user, ...more });
    return { ...server, decide };
  }

  test('is the control, says why, has an id, and is not written', async () => {
    const { decide, lines } = await begun();
    const { body } = await decide('ada', { attributes: { grade: 7 } });
    expect(body).toMatchObject({
      way: 'objection',
      reason: 'The user objects to personalization and gets the control, text.',
      chosen: [{ action: 'text', probability: 1 }],
    });
    expect(body.chosen[0].decision).toBeTruthy();
    expect(lines).toEqual([]);
    expect((await decide('bob')).body.way).toBe('policy');
    expect(lines).toMatchObject([{ type: 'decision', user: 'bob' }]);
  });

  test('without a control is any action with equal probability, the same at each repetition', async () => {
    const { decide, lines } = await begun({ control: null });
    const actions = new Set<string>();
    for (let i = 0; i < 40; i += 1) {
      const [{ body }, again] = [
        await decide('ada', { id: `d${i}` }),
        await decide('ada', { id: `d${i}` }),
      ];
      expect(body.chosen[0].probability).toBeCloseTo(1 / 3);
      expect(again.body).toEqual(body);
      actions.add(body.chosen[0].action);
    }
    expect(actions.size).toBe(3);
    expect(lines).toEqual([]);
  });

  test('is never one that is not eligible, nor one that is pinned for such users', async () => {
    const [video, text, exercise] = tutor.actions;
    const { decide } = await begun({
      actions: [video, { ...text, eligible: { field: 'grade', atLeast: 9 } }, exercise],
      pins: [{ if: { all: [] }, action: 'video' }],
    });
    const { body } = await decide('ada', { attributes: { grade: 7 } });
    expect(body).toMatchObject({ way: 'objection', chosen: [{ probability: 0.5 }] });
    expect((await decide('ada', { attributes: { grade: 9 } })).body.chosen[0].action).toBe('text');
    expect((await decide('bob', { attributes: { grade: 9 } })).body.way).toBe('pin');
  });

  test('that was made before an objection is not repeated after it', async () => {
    const people: Record<string, readonly ObjectionKind[]> = {};
    const { post } = serve(objecting(people));
    await post('/v1/policies', { policy: { ...tutor, holdout: 0 } });
    await post('/v1/policies/tutor/start', {});
    const decide = async () =>
      (await post('/v1/decisions', { policy: 'tutor', user: 'ada', id: 'd1' })).body.way;
    expect(await decide()).toBe('policy');
    people['ada'] = ['experiments'];
    expect(await decide()).toBe('policy');
    people['ada'] = ['personalization'];
    expect(await decide()).toBe('objection');
  });

  test('is explained as it is made', async () => {
    const { post } = await begun();
    const { body } = await post('/v1/policies/tutor/explain', { user: 'ada', attributes: {} });
    expect(body).toMatchObject({
      way: 'objection',
      actions: [{ action: 'text', probability: 1 }, {}, {}],
    });
  });
});

describe('a variant', () => {
  async function running(objections = ada) {
    const clock = () => startAt + 1_000;
    const registry = registryOf({ clock });
    const server = serve(objections, {
      experiments: { registry, fresh: () => undefined, certificate: async () => undefined },
      clock,
    });
    const variants = [
      { key: 'without', name: 'Without', weight: 0.5, payload: { hints: 0 } },
      { key: 'with', name: 'With', weight: 0.5, payload: { hints: 3 } },
    ];
    const experiment = makeRunning({ variants }, [{ traffic: 1, weights: [0.000_001, 0.999_999] }]);
    const by = { actor: 'dean', reason: '' };
    await registry.createMetric(makeMetric(), by);
    expect((await registry.adopt(experiment, by)).outcome).toBe('created');
    return { ...server, experiment };
  }

  test('is none in a running experiment: the control is served, and nobody is exposed', async () => {
    const { experiment, post, lines } = await running();
    const ask = async (user: string) =>
      (await post('/v1/decisions', { user, attributes: {} })).body.decisions;
    expect(await ask('ada')).toMatchObject([
      {
        ...{ experiment: experiment.key, variant: null, probability: null, stage: null },
        ...{ reason: 'objection', exposed: false, payload: { hints: 0 } },
      },
    ]);
    expect(lines).toEqual([]);
    expect(await ask('bob')).toMatchObject([{ variant: 'with', exposed: true }]);
    expect(lines).toMatchObject([{ user: 'bob', type: 'exposure' }]);
  });

  test('of a flag is disabled, with the value of the control; in bulk the tag changes with the objection', async () => {
    const people: Record<string, readonly ObjectionKind[]> = {};
    const { experiment, post, lines } = await running(objecting(people));
    const context = { targetingKey: 'ada' };
    const bulk = await post('/ofrep/v1/evaluate/flags', { context });
    expect(bulk.body.flags).toMatchObject([{ variant: 'with' }]);
    people['ada'] = ['experiments'];
    const after = await post(
      '/ofrep/v1/evaluate/flags',
      { context },
      { 'if-none-match': bulk.headers['etag'] as string },
    );
    const expected = {
      ...{ key: experiment.key, reason: 'DISABLED', value: { hints: 0 } },
      metadata: { assignment: 'objection' },
    };
    expect(after.body.flags).toEqual([expected]);
    const one = await post(`/ofrep/v1/evaluate/flags/${experiment.key}`, { context });
    expect(one.body).toEqual(expected);
    expect(lines).toEqual([]);
  });
});

describe('a prediction on request', () => {
  test('is that of somebody of whom nothing is known, says so, and is not written', async () => {
    const asked: AskedRow[] = [];
    const written: string[] = [];
    const desk = createPredictionDesk({
      predictorOf: () => async (rows) => {
        asked.push(...rows);
        return rows.map(() => ({ probability: 0.5, version: '1.4', fallback: undefined }));
      },
      writer: { write: async (line) => void written.push(line) },
      objections: ada,
      clock: () => 5,
    });
    const context = { skill: 'adding' };
    const answer = await desk.predict(
      'answer',
      [
        { user: 'ada', item: 'i1', context },
        { user: 'bob', item: 'i1', context },
      ],
      true,
    );
    expect(asked.map(({ strings }) => strings.get('user'))).toEqual(['\0', 'bob']);
    expect(asked.map(({ strings }) => strings.get('item'))).toEqual(['i1', 'i1']);
    expect(answer!.predictions).toMatchObject(
      [
        { user: 'ada', probability: 0.5, version: '1.4', fallback: /objects to personalization/ },
        { user: 'bob', fallback: null },
      ].map(({ fallback, ...rest }) => rest),
    );
    expect(answer!.predictions[0]!.fallback).toMatch(/objects to personalization/);
    expect(written.map((line) => JSON.parse(line).user)).toEqual(['bob']);
  });
});

describe('the routes', () => {
  test('take what is objected to, all of it by default, with who told it and why', async () => {
    const told: unknown[] = [];
    const { post } = serve(ada, {
      objections: {
        ...objectionDesk,
        change: async (user, to, by) => {
          told.push([user, to, by]);
          return objectionDesk.change(user, to, by);
        },
        changeAll: async (given, by) => {
          told.push([given, by]);
          return objectionDesk.changeAll(given, by);
        },
      },
    });
    const url = '/v1/users/ada/objection';
    const put = (payload: object, headers = {}) =>
      app.inject({ method: 'PUT', url, payload, headers });
    expect((await put({ reason: 'by letter', actor: 'dean' })).statusCode).toBe(200);
    expect((await put({ to: ['training'] }, { 'millrace-actor': 'J%C3%B6rg' })).statusCode).toBe(
      200,
    );
    await app.inject({ method: 'DELETE', url: `${url}?reason=changed%20her%20mind` });
    await post('/v1/objections', { objections: [{ user: 'bob' }], reason: 'list of 7b' });
    expect(told).toEqual([
      ['ada', [...objectionKinds], { actor: 'dean', reason: 'by letter' }],
      ['ada', ['training'], { actor: 'Jörg', reason: '' }],
      ['ada', [], { actor: 'administrator', reason: 'changed her mind' }],
      [[{ user: 'bob' }], { actor: 'administrator', reason: 'list of 7b' }],
    ]);
    for (const payload of [{ to: [] }, { to: ['cookies'] }, { to: 'training' }, { why: '' }]) {
      expect((await put(payload)).statusCode).toBe(400);
    }
    expect((await app.inject('/v1/users/ada/objection')).json()).toMatchObject({ to: [] });
    expect((await app.inject('/v1/objections?limit=0')).statusCode).toBe(400);
    expect((await app.inject('/v1/objections?to=cookies')).statusCode).toBe(400);
    expect((await app.inject('/v1/objections?to=training')).statusCode).toBe(200);
    expect((await post('/v1/objections', { objections: [] })).status).toBe(400);
  });
});
