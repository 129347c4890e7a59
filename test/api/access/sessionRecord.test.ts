/** The record of sessions: who signed in and out, and who failed to, without what was typed. */
import { expect, test } from 'vitest';
import type { AuditFact } from '../../../control/audit/auditTrail.ts';
import { accessWorld, ada } from '../../support/accessWorld.ts';
import { auditDesk } from '../fakes.ts';

async function recording() {
  const facts: AuditFact[] = [];
  const trail = {
    async record(fact: AuditFact) {
      facts.push(fact);
    },
  };
  const world = await accessWorld({ server: { audit: { ...auditDesk, trail } } });
  facts.length = 0;
  return { ...world, facts };
}

const signIn = (login: string, password: string) => ({ payload: { login, password } });

test('signing in and out stands in the record with the name', async () => {
  const { ask, facts } = await recording();
  const { headers } = await ask('POST', '/v1/session', signIn(ada.login, ada.password));
  const cookie = String(headers['set-cookie']).split(';')[0]!;
  const session = await ask('GET', '/v1/session', { headers: { cookie } });
  const csrf = session.body.csrf as string;
  await ask('DELETE', '/v1/session', { headers: { cookie, 'millrace-csrf': csrf } });
  expect(
    facts.map(({ kind, act, status, principal: { name } }) => [kind, act, status, name]),
  ).toEqual([
    ['session', 'POST /v1/session', 200, 'Ada'],
    ['session', 'DELETE /v1/session', 204, 'Ada'],
  ]);
});

test('ending sessions stands in the record, and looking at those of others', async () => {
  const { ask, facts, headersOf, accountOf } = await recording();
  const [headers, admin] = [await headersOf('viewer'), await headersOf('admin')];
  await headersOf('viewer');
  const { id } = await accountOf('viewer');
  facts.length = 0;
  const { body } = await ask('GET', '/v1/sessions', { headers });
  expect(facts).toEqual([]);
  const other = body.sessions.find(({ isThis }: { isThis: boolean }) => !isThis).id;
  await ask('DELETE', `/v1/sessions/${other}`, { headers });
  await ask('DELETE', '/v1/sessions', { headers });
  const path = `/v1/accounts/${id}/sessions`;
  const left = await ask('GET', path, { headers: admin });
  await ask('DELETE', `${path}/${left.body.sessions[0].id}?reason=lost`, { headers: admin });
  expect(facts.map(({ act, status, subject, reason }) => [act, status, subject, reason])).toEqual([
    ['DELETE /v1/sessions/:session', 200, other, ''],
    ['DELETE /v1/sessions', 200, '', ''],
    ['GET /v1/accounts/:id/sessions', 200, id, ''],
    ['DELETE /v1/accounts/:id/sessions/:session', 0, id, 'lost'],
    ['DELETE /v1/accounts/:id/sessions/:session', 200, id, 'lost'],
  ]);
});

test('a failure names the account, and never what was typed', async () => {
  const { ask, facts } = await recording();
  await ask('POST', '/v1/session', signIn(ada.login, 'not my password'));
  await ask('POST', '/v1/session', signIn('hunter2-typed-as-login', 'ada'));
  expect(
    facts.map(({ kind, status, principal }) => [kind, status, principal.kind, principal.name]),
  ).toEqual([
    ['session', 401, 'nobody', 'Ada'],
    ['session', 401, 'nobody', 'nobody'],
  ]);
  expect(JSON.stringify(facts)).not.toMatch(/hunter2|not my password/);
});

test('what was not looked at is not written down', async () => {
  const { ask, facts } = await recording();
  for (let i = 0; i < 8; i += 1) await ask('POST', '/v1/session', signIn(ada.login, 'wrong'));
  expect(facts.length).toBeLessThan(8);
  facts.length = 0;
  await ask('POST', '/v1/session', { payload: { login: 7 } });
  await ask('DELETE', '/v1/session');
  await ask('POST', '/v1/session/password', {
    payload: { current: 'a long password', next: 'another password' },
  });
  expect(facts).toEqual([]);
});
