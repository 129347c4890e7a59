/** What is recorded of requests: every action and every view, before its answer; and what is answered when that cannot be. */
import { type FastifyInstance, fastify, type InjectOptions } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { recordRoutes } from '../../api/access/auditHook.ts';
import { localPrincipal } from '../../api/access/principal.ts';
import { routePolicy } from '../../api/access/routePolicy.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { AuditDesk } from '../../control/audit/auditDesk.ts';
import type { AuditFact, AuditTrail, RecordOptions } from '../../control/audit/auditTrail.ts';
import { chainOf } from '../support/auditEntries.ts';
import { auditDesk, serverOf, userDesk } from './fakes.ts';

let app: FastifyInstance;
afterEach(() => app?.close());

/** Keeps what is recorded, and what else happened between. */
function keptTrail(takes: (fact: AuditFact) => boolean = () => true) {
  const happened: (AuditFact | string)[] = [];
  const options: RecordOptions[] = [];
  const trail: AuditTrail = {
    async record(fact, given = {}) {
      options.push(given);
      if (!takes(fact)) throw new EngineError('AUDIT_UNAVAILABLE', 'Not written.');
      happened.push(fact);
    },
  };
  const desk: AuditDesk = { ...auditDesk, trail };
  return { happened, options, desk };
}

const facts = (happened: readonly (AuditFact | string)[]) =>
  happened.map((each) => (typeof each === 'string' ? each : [each.act, each.status]));

const policy = {
  ...{ key: 'bench', name: 'Measured', algorithm: { name: 'linucb' } },
  actions: [
    { key: 'a', name: 'A' },
    { key: 'b', name: 'B' },
  ],
};
const json = { 'content-type': 'application/json', host: 'localhost' };
const post = (url: string, payload: object, headers: object = {}): InjectOptions => ({
  ...{ method: 'POST', url, payload, headers: { ...json, ...headers } },
});

describe('an action', () => {
  test('has an entry before it is done and one before it is answered', async () => {
    const { happened, desk } = keptTrail();
    const users = {
      ...userDesk,
      erase: async (user: string) => {
        happened.push(`erased ${user}`);
        return userDesk.erase(user);
      },
    };
    app = serverOf({ audit: desk, users });
    const headers = { 'x-request-id': 'r-7', 'millrace-actor': 'Ada', host: 'localhost' };
    const { statusCode } = await app.inject({ method: 'DELETE', url: '/v1/users/u%201', headers });
    expect(statusCode).toBe(200);
    const act = 'DELETE /v1/users/:user';
    expect(facts(happened)).toEqual([[act, 0], 'erased u 1', [act, 200]]);
    expect(happened[2]).toEqual({
      ...{ kind: 'action', principal: { kind: 'local', id: '', name: 'Ada' } },
      ...{ act, subject: 'u 1', reason: '', status: 200, request: 'r-7' },
    });
  });

  test('says what it was about by its body, and why', async () => {
    const { happened, desk } = keptTrail();
    app = serverOf({ audit: desk });
    await app.inject(post('/v1/policies', { policy, reason: 'to be "tried"' }));
    expect(happened).toMatchObject([
      { status: 0, subject: 'bench', reason: 'to be "tried"' },
      { status: 201, subject: 'bench', principal: { name: 'administrator' } },
    ]);
  });

  test('that was refused was tried', async () => {
    const { happened, desk } = keptTrail();
    app = serverOf({ audit: desk });
    await app.inject(post('/v1/policies', { policy: { key: 'x' }, reason: 'r' }));
    await app.inject(post('/v1/policies', { wrong: true }));
    const act = 'POST /v1/policies';
    // What is not even a request of the route begins nothing.
    expect(facts(happened)).toEqual([
      ...[
        [act, 0],
        [act, 400],
      ],
      [act, 400],
    ]);
  });

  test('whose beginning cannot be written is not done, and says so', async () => {
    const { happened, options, desk } = keptTrail(({ status }) => status !== 0);
    let isDone = false;
    const users = {
      ...userDesk,
      erase: async (user: string) => {
        isDone = true;
        return userDesk.erase(user);
      },
    };
    app = serverOf({ audit: desk, users });
    const headers = { host: 'localhost' };
    const answer = await app.inject({ method: 'DELETE', url: '/v1/users/u', headers });
    expect([answer.statusCode, isDone]).toEqual([503, false]);
    expect(answer.json()).toMatchObject({
      ...{ code: 'AUDIT_UNAVAILABLE', retry: 'backoff' },
      detail: 'Not written. Nothing was done.',
    });
    // That it was tried is written as soon as it can be.
    expect(facts(happened)).toEqual([['DELETE /v1/users/:user', 503]]);
    expect(options[1]).toEqual({ persist: true });
  });

  test('whose end cannot be written says that it was done, and goes on trying', async () => {
    const { options, desk } = keptTrail(({ status }) => status === 0);
    app = serverOf({ audit: desk });
    const answer = await app.inject(post('/v1/policies', { policy, reason: 'r' }));
    expect(answer.statusCode).toBe(503);
    expect(answer.headers).toMatchObject({
      ...{ 'content-type': 'application/problem+json', 'retry-after': '5' },
    });
    expect(answer.json()).toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
      detail:
        'Not written. It ended with status 201 all the same; its beginning stands in the log.',
      requestId: expect.any(String) as string,
    });
    expect(options).toEqual([{}, { persist: true }]);
    expect((await app.inject({ url: '/v1/policies/bench', headers: json })).statusCode).toBe(200);
  });
});

describe('a view of data of a single person', () => {
  test.each<[InjectOptions, string, string]>([
    [{ url: '/v1/users/u1' }, 'GET /v1/users/:user', 'u1'],
    [{ method: 'HEAD', url: '/v1/users/u1' }, 'GET /v1/users/:user', 'u1'],
    [{ url: '/v1/users/u1/export' }, 'GET /v1/users/:user/export', 'u1'],
    [{ url: '/v1/dead-letters' }, 'GET /v1/dead-letters', ''],
    [{ url: '/v1/audit?subject=u1' }, 'GET /v1/audit', ''],
    [{ url: '/v1/audit/export' }, 'GET /v1/audit/export', ''],
  ])('is recorded: %o', async (request, act, subject) => {
    const { happened, desk } = keptTrail();
    app = serverOf({ audit: desk });
    await app.inject({ ...request, headers: { host: 'localhost' } });
    expect(happened).toMatchObject([{ kind: 'view', act, subject, status: 200 }]);
  });

  test('names the user of an explanation, not the policy', async () => {
    const { happened, desk } = keptTrail();
    app = serverOf({ audit: desk });
    await app.inject(post('/v1/policies/none/explain', { user: 'u2' }));
    expect(happened).toMatchObject([{ kind: 'view', subject: 'u2', status: 404 }]);
  });

  test.each(['/v1/users/u1', '/v1/users/u1/export'])(
    'that cannot be recorded is not shown: %s',
    async (url) => {
      const { desk } = keptTrail(() => false);
      const users = {
        ...userDesk,
        read: async () => ({ user: 'secret', preferences: [], decisions: [] }),
        exported: async function* () {
          yield 'secret\n';
        },
      };
      app = serverOf({ audit: desk, users });
      const answer = await app.inject({ url, headers: { host: 'localhost' } });
      expect(answer.statusCode).toBe(503);
      expect(answer.body).not.toContain('secret');
      expect(answer.headers['content-disposition']).toBeUndefined();
      expect(answer.json()).toMatchObject({
        ...{ code: 'AUDIT_UNAVAILABLE', detail: 'Not written. Nothing is shown.' },
      });
    },
  );
});

test('groups, events and decisions are not recorded', async () => {
  const { happened, desk } = keptTrail(() => false);
  app = serverOf({ audit: desk });
  for (const url of ['/v1/models', '/v1/metrics', '/v1/policies', '/v1/retention', '/livez']) {
    expect((await app.inject({ url, headers: json })).statusCode).toBe(200);
  }
  const events = await app.inject(post('/v1/events', { type: 'viewed' }));
  expect(events.statusCode).toBe(202);
  await app.inject(post('/v1/decisions', { user: 'u', decisions: [] }));
  expect(happened).toEqual([]);
});

test('who has not said who they are leaves no trace, and who may not do it leaves one', async () => {
  const { happened, desk } = keptTrail();
  app = fastify();
  app.decorateRequest('principal');
  app.addHook('onRequest', async (request, reply) => {
    const may = request.headers['x-may'];
    const principal = { ...localPrincipal, kind: 'key', name: 'K' } as const;
    if (may !== undefined) {
      request.principal = { ...principal, permissions: new Set(may === '' ? [] : ['read']) };
    }
    return reply.code(403).send('no');
  });
  recordRoutes(app, desk.trail, {
    'DELETE /x/:id': { needs: 'operate', within: 'whole', record: 'action', subject: 'id' },
  });
  app.delete('/x/:id', () => 'done');
  for (const headers of [{}, { 'x-may': '' }, { 'x-may': 'read', 'millrace-actor': 'Eve' }]) {
    await app.inject({ method: 'DELETE', url: '/x/7', headers });
  }
  // The name that a header gives is believed of nobody who has a key.
  expect(happened).toMatchObject([
    { act: 'DELETE /x/:id', subject: '7', status: 403, principal: { kind: 'key', name: 'K' } },
  ]);
});

test('each route that the policy records is one', async () => {
  app = serverOf();
  await app.ready();
  for (const act of Object.keys(routePolicy)) {
    const [method, url] = act.split(' ') as ['GET', string];
    expect([act, app.hasRoute({ method, url })]).toEqual([act, true]);
  }
});

test('what cannot be hashed, or is endless, is made fit', async () => {
  const { happened, desk } = keptTrail();
  app = serverOf({ audit: desk });
  const user = `${'x'.repeat(255)}😀`;
  const half = '{"user":"\\ud800","reason":"r"}';
  await app.inject({ method: 'POST', url: '/v1/policies/p/explain', headers: json, payload: half });
  await app.inject(post('/v1/policies/p/explain', { user }));
  await app.inject(post('/v1/policies', { policy: { key: 7 }, reason: 'y'.repeat(2_000) }));
  const told = happened.flatMap((each) => (typeof each === 'string' ? [] : each));
  expect(told.map(({ subject }) => subject)).toContain('\ufffd');
  expect(told.map(({ subject }) => subject)).toContain(`${'x'.repeat(255)}\ufffd`);
  expect(told.at(-1)).toMatchObject({ subject: '', reason: 'y'.repeat(1_000) });
});

describe('an export', () => {
  const entries = chainOf('c', 3).map((entry, i) =>
    i === 2 ? { ...entry, reason: '=1+1, "so"\nit is' } : entry,
  );
  const desk: AuditDesk = {
    ...auditDesk,
    exported: async function* () {
      yield* entries;
    },
  };

  test('is lines of JSON', async () => {
    app = serverOf({ audit: desk });
    const { body, headers } = await app.inject({ url: '/v1/audit/export', headers: json });
    expect(headers['content-type']).toBe('application/x-ndjson');
    expect(
      body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(entries);
  });

  test('is CSV in which no text is taken for a formula', async () => {
    app = serverOf({ audit: desk });
    const url = '/v1/audit/export?format=csv';
    const { body, headers } = await app.inject({ url, headers: json });
    expect(headers['content-disposition']).toBe('attachment; filename="audit.csv"');
    const [head, first] = body.split('\r\n');
    expect(head).toBe(
      'chain,number,at,kind,who,who_kind,who_id,act,subject,reason,status,request,before,hash',
    );
    expect(first).toMatch(
      /^c,0,1970-01-01T00:00:01\.000Z,action,engine,nobody,,begin,,\[\],0,,0+,/,
    );
    expect(body).toContain(`"'=1+1, ""so""\nit is"`);
  });

  test('refuses what it does not know, and a cursor that is none', async () => {
    app = serverOf({ audit: { ...desk, isCursor: () => false } });
    for (const url of ['export?limit=3', 'export?format=xml', '?after=x', '?from=1.5', '?form=1']) {
      const path = `/v1/audit/${url}`.replace('/?', '?');
      const answer = await app.inject({ url: path, headers: json });
      expect([url, answer.statusCode]).toEqual([url, 400]);
    }
  });
});
