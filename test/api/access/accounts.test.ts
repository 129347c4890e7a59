/** Signing in and out, the own password, and what administrators do with accounts and keys; over HTTP. */
import { afterEach, describe, expect, test } from 'vitest';
import { AccessBook } from '../../../control/access/accessBook.ts';
import { firstAccount } from '../../../control/access/accountLog.ts';
import { type AccessWorld, type Answer, accessWorld, ada } from '../../support/accessWorld.ts';

let world: AccessWorld;
afterEach(() => world?.app.close());

const { login, password } = ada;
const signIn = (payload: object = { login, password }) =>
  world.ask('POST', '/v1/session', { payload });

/** What a page of this session sends. */
function headersOf({ headers, body }: Answer): Record<string, string> {
  const cookie = String(headers['set-cookie']).split(';')[0]!;
  return { cookie, 'millrace-csrf': body.csrf };
}

describe('signing in', () => {
  test('gives a cookie that no script reads, and says who it is', async () => {
    world = await accessWorld();
    const signed = await signIn();
    expect(signed).toMatchObject({
      status: 200,
      body: {
        access: 'required',
        hasAccounts: true,
        principal: { kind: 'person', id: firstAccount, name: 'Ada', role: 'admin' },
        expiresAt: world.clock.now + 12 * 3_600_000,
        mustChangePassword: false,
        now: world.clock.now,
      },
    });
    expect(String(signed.headers['set-cookie'])).toMatch(
      /^millrace=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
    const headers = headersOf(signed);
    const { body } = await world.ask('GET', '/v1/session', { headers });
    expect(body).toEqual(signed.body);
    const out = await world.ask('DELETE', '/v1/session', { headers });
    expect([out.status, String(out.headers['set-cookie'])]).toEqual([
      204,
      'millrace=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0',
    ]);
    expect((await world.ask('GET', '/v1/accounts', { headers })).code).toBe('SESSION_EXPIRED');
  });

  test('a clock of the browser that is an hour off changes nothing', async () => {
    world = await accessWorld();
    const signed = await signIn();
    expect(String(signed.headers['set-cookie'])).not.toMatch(/Expires/i);
    const headers = {
      ...headersOf(signed),
      date: new Date(world.clock.now - 3_600_000).toUTCString(),
    };
    expect((await world.ask('GET', '/v1/accounts', { headers })).status).toBe(200);
  });

  test('again ends the session before', async () => {
    world = await accessWorld();
    const before = headersOf(await signIn());
    const again = await world.ask('POST', '/v1/session', {
      headers: { cookie: before['cookie']! },
      payload: { login, password },
    });
    expect(again.status).toBe(200);
    expect((await world.ask('GET', '/v1/accounts', { headers: before })).code).toBe(
      'SESSION_EXPIRED',
    );
  });

  test.each([
    ['another password', { login, password: 'another' }],
    ['a login that is none', { login: 'eve', password }],
    ['one that looks alike', { login: 'аda', password }],
    ['one with a zero', { login: 'ada\u0000', password }],
    ['script', { login: '<script>alert(1)</script>', password }],
  ])('with %s is refused in the same words', async (_what, payload) => {
    world = await accessWorld();
    const { status, code, body, headers } = await signIn(payload);
    expect([status, code]).toEqual([401, 'SIGN_IN_FAILED']);
    expect(body.detail).toBe('Login or password is wrong, or the account is switched off.');
    expect(headers['set-cookie']).toBeUndefined();
  });

  test.each([
    ['a password of 10 MB', { login, password: 'x'.repeat(10_000_000) }, 413],
    ['a login of 10 MB', { login: 'x'.repeat(10_000_000), password }, 413],
    ['a password of 2 kB', { login, password: 'x'.repeat(2_000) }, 400],
    ['a login of 300 letters', { login: 'x'.repeat(300), password }, 400],
    ['no password', { login }, 400],
    ['a list', [login, password], 400],
    ['more', { login, password, role: 'admin' }, 400],
  ])('with %s is refused by its form', async (_what, payload, status) => {
    world = await accessWorld();
    expect((await signIn(payload)).status).toBe(status);
  });

  test('is slowed down, and told for how long', async () => {
    world = await accessWorld();
    const codes = [];
    for (let i = 0; i < 6; i += 1) codes.push((await signIn({ login, password: 'no' })).code);
    expect(codes).toEqual([...Array(5).fill('SIGN_IN_FAILED'), 'SIGN_IN_THROTTLED']);
    const { status, headers } = await signIn();
    expect([status, headers['retry-after']]).toEqual([429, '1']);
    world.clock.now += 1_000;
    expect((await signIn()).status).toBe(200);
  });
});

describe('sessions', () => {
  const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

  async function signedIn(headers: Record<string, string> = {}) {
    return headersOf(
      await world.ask('POST', '/v1/session', { headers, payload: { login, password } }),
    );
  }
  const listOf = (headers: Record<string, string>) => world.ask('GET', '/v1/sessions', { headers });

  test('of one’s own are listed with browser and address; the one that asks is marked', async () => {
    world = await accessWorld();
    const there = await signedIn({ 'user-agent': agent });
    world.clock.now += 60_000;
    const here = await signedIn();
    const { status, body } = await listOf(here);
    expect([status, body.sessions.length]).toEqual([200, 2]);
    expect(body.sessions).toMatchObject([
      { isThis: true, madeAt: world.clock.now, browser: '', system: '' },
      {
        ...{ isThis: false, browser: 'Firefox', system: 'Windows', address: '127.0.0.1' },
        ...{ madeAt: world.clock.now - 60_000, usedAt: world.clock.now - 60_000 },
      },
    ]);
    // Neither the cookie nor the hash by which it is known.
    const hash = world.store.sessions.map(({ id }) => id);
    expect(JSON.stringify(body)).not.toMatch(new RegExp(hash.join('|')));
    expect(JSON.stringify(body)).not.toContain(there['cookie']!.split('=')[1]!);
    expect((await listOf({})).code).toBe('SIGN_IN_NEEDED');
    expect((await listOf(await world.keyWith(['administer']))).code).toBe('SIGN_IN_NEEDED');
  });

  test('are ended one by one, or all but the one that asks; each with the token of its page', async () => {
    world = await accessWorld();
    const [here, second, third] = [await signedIn(), await signedIn(), await signedIn()];
    const stranger = await world.headersOf('viewer');
    const { body } = await listOf(second);
    const { id } = body.sessions.find(({ isThis }: { isThis: boolean }) => isThis);
    const one = `/v1/sessions/${id}`;
    const { cookie } = here;
    expect((await world.ask('DELETE', one, { headers: { cookie: cookie! } })).code).toBe(
      'CSRF_REFUSED',
    );
    expect((await world.ask('DELETE', one, { headers: stranger })).code).toBe('NOT_FOUND');
    expect((await world.ask('DELETE', '/v1/sessions/abc', { headers: here })).status).toBe(400);
    const ended = await world.ask('DELETE', one, { headers: here });
    expect([ended.status, ended.body.sessions.length]).toEqual([200, 2]);
    expect((await world.ask('DELETE', one, { headers: here })).code).toBe('NOT_FOUND');
    expect((await world.ask('GET', '/v1/accounts', { headers: second })).code).toBe(
      'SESSION_EXPIRED',
    );
    expect((await world.ask('GET', '/v1/accounts', { headers: third })).status).toBe(200);
    const others = await world.ask('DELETE', '/v1/sessions', { headers: here });
    expect(others.body.sessions).toMatchObject([{ isThis: true }]);
    expect((await world.ask('GET', '/v1/accounts', { headers: third })).code).toBe(
      'SESSION_EXPIRED',
    );
    expect((await world.ask('GET', '/v1/accounts', { headers: here })).status).toBe(200);
    expect((await listOf(stranger)).body.sessions.length).toBe(1);
    // Another process, or this one after a restart, knows it as well.
    const book = new AccessBook({
      ...{ store: world.store, say: () => {}, clock: () => world.clock.now, pollMs: 1_000_000 },
    });
    await book.refresh();
    const ada = book.byLogin(login)!;
    expect(book.openSessions(ada.id).map(({ address }) => address)).toEqual(['127.0.0.1']);
    await book.close();
  });

  test('of an account are seen and ended by an administrator who may act for it', async () => {
    world = await accessWorld();
    const admin = await signedIn();
    const viewer = await world.accountOf('viewer');
    const theirs = await world.sessionOf(viewer);
    const path = `/v1/accounts/${viewer.id}/sessions`;
    const { body } = await world.ask('GET', path, { headers: admin });
    expect(body.sessions).toMatchObject([{ isThis: false, address: '' }]);
    const one = `${path}/${body.sessions[0].id}`;
    expect((await world.ask('DELETE', one, { headers: theirs })).code).toBe('PERMISSION_MISSING');
    // Who may administer alone does not act for somebody who may read.
    const lesser = await world.keyWith(['administer']);
    expect((await world.ask('DELETE', one, { headers: lesser })).code).toBe('PERMISSION_MISSING');
    const ended = await world.ask('DELETE', `${one}?reason=lost`, { headers: admin });
    expect([ended.status, ended.body.sessions]).toEqual([200, []]);
    expect((await world.ask('DELETE', one, { headers: admin })).code).toBe('NOT_FOUND');
    expect((await world.ask('GET', '/v1/models', { headers: theirs })).code).toBe(
      'SESSION_EXPIRED',
    );
    const unknown = await world.ask('GET', '/v1/accounts/none/sessions', { headers: admin });
    expect(unknown.code).toBe('NOT_FOUND');
  });
});

describe('the own password', () => {
  const next = 'another long password';

  test('is changed with the present one; every other session ends, this one goes on anew', async () => {
    world = await accessWorld();
    const [here, there] = [headersOf(await signIn()), headersOf(await signIn())];
    const payload = { current: password, next };
    const changed = await world.ask('POST', '/v1/session/password', { headers: here, payload });
    expect(changed.status).toBe(200);
    for (const headers of [here, there]) {
      expect((await world.ask('GET', '/v1/accounts', { headers })).code).toBe('SESSION_EXPIRED');
    }
    const headers = headersOf(changed);
    expect((await world.ask('GET', '/v1/accounts', { headers })).status).toBe(200);
    expect((await signIn()).code).toBe('SIGN_IN_FAILED');
    expect((await signIn({ login, password: next })).status).toBe(200);
  });

  test.each([
    [{ current: 'wrong', next }, 401, 'SIGN_IN_FAILED'],
    [{ current: password, next: password }, 422, 'ACCOUNT_REFUSED'],
    [{ current: password, next: 'short' }, 400, 'REQUEST_INVALID'],
    [{ current: password, next: 'x'.repeat(10_000_000) }, 413, 'BODY_TOO_LARGE'],
  ] as const)('is refused: %#', async (payload, status, code) => {
    world = await accessWorld();
    const headers = headersOf(await signIn());
    const answer = await world.ask('POST', '/v1/session/password', { headers, payload });
    expect([answer.status, answer.code]).toEqual([status, code]);
  });

  test('is a person’s: keys and nobody have none', async () => {
    world = await accessWorld();
    const payload = { current: password, next };
    for (const headers of [{}, await world.keyWith(['administer'])]) {
      const { code } = await world.ask('POST', '/v1/session/password', { headers, payload });
      expect(code).toBe('SIGN_IN_NEEDED');
    }
  });

  test('guessing the present one is slowed down as well', async () => {
    world = await accessWorld();
    const headers = headersOf(await signIn());
    const codes = [];
    for (let i = 0; i < 6; i += 1) {
      const payload = { current: `guess ${i}`, next };
      codes.push((await world.ask('POST', '/v1/session/password', { headers, payload })).code);
    }
    expect(codes.at(-1)).toBe('SIGN_IN_THROTTLED');
  });
});

describe('accounts', () => {
  const bob = { login: 'bob', name: 'Bob', role: 'operator' };

  test('are made with a password that is shown once and must be changed first', async () => {
    world = await accessWorld();
    const headers = await world.headersOf('admin');
    const made = await world.ask('POST', '/v1/accounts', { headers, payload: bob });
    expect(made).toMatchObject({
      status: 201,
      body: {
        account: { login: 'bob', role: 'operator', isActive: true, revision: 1, sessions: 0 },
      },
    });
    expect(JSON.stringify(world.store.accounts)).not.toContain(made.body.password);
    const signed = await signIn({ login: 'BOB', password: made.body.password });
    expect(signed.body.mustChangePassword).toBe(true);
    const his = headersOf(signed);
    expect((await world.ask('GET', '/v1/models', { headers: his })).code).toBe(
      'PASSWORD_CHANGE_NEEDED',
    );
    const payload = { current: made.body.password, next: 'one of his own' };
    const changed = await world.ask('POST', '/v1/session/password', { headers: his, payload });
    expect(changed.body.mustChangePassword).toBe(false);
    const now = headersOf(changed);
    expect((await world.ask('GET', '/v1/models', { headers: now })).status).toBe(200);
  });

  test('two of one login at once: one is made', async () => {
    world = await accessWorld();
    const headers = await world.headersOf('admin');
    const made = await Promise.all(
      ['bob', 'BOB'].map((each) =>
        world.ask('POST', '/v1/accounts', { headers, payload: { ...bob, login: each } }),
      ),
    );
    expect(made.map(({ status, code }) => code ?? status).sort()).toEqual([201, 'KEY_TAKEN']);
  });

  test('what is taken away ends at once, and comes back by changing it back', async () => {
    world = await accessWorld();
    const headers = await world.headersOf('admin');
    const operator = await world.accountOf('operator', 'bob');
    const his = await world.sessionOf(operator);
    const change = (revision: number, given: object) =>
      world.ask('PUT', `/v1/accounts/${operator.id}`, {
        headers,
        payload: {
          ...{ name: 'Bob', role: 'operator', scope: 'everywhere', isActive: true, revision },
          ...given,
        },
      });
    expect((await change(1, { role: 'viewer' })).body).toMatchObject({
      revision: 2,
      role: 'viewer',
    });
    expect((await world.ask('GET', '/v1/models', { headers: his })).code).toBe('SESSION_EXPIRED');
    expect((await change(1, {})).code).toBe('REVISION_STALE');
    expect((await change(2, { isActive: false })).body.isActive).toBe(false);
    expect((await change(3, {})).body).toMatchObject({ role: 'operator', isActive: true });
    expect(
      (
        await world.ask('PUT', '/v1/accounts/none', {
          headers,
          payload: {
            ...{ name: 'x', role: 'viewer', scope: 'everywhere', isActive: true, revision: 1 },
          },
        })
      ).status,
    ).toBe(404);
  });

  test('the last administrator stays one, also of two who demote each other at once', async () => {
    world = await accessWorld();
    const first = world.book.account(firstAccount)!;
    const other = await world.accountOf('admin', 'bob');
    const demote = async (by: typeof first, whom: typeof first) =>
      world.ask('PUT', `/v1/accounts/${whom.id}`, {
        headers: await world.sessionOf(by),
        payload: {
          ...{ name: 'x', role: 'viewer', scope: 'everywhere', isActive: true, revision: 1 },
        },
      });
    const answers = await Promise.all([demote(first, other), demote(other, first)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    const admins = world.book.accounts().filter(({ role }) => role === 'admin');
    expect(admins).toHaveLength(1);
    const answer = await demote(admins[0]!, admins[0]!);
    expect([answer.status, answer.code]).toEqual([422, 'ACCOUNT_REFUSED']);
  });

  test('a new password and a sign-out end the sessions', async () => {
    world = await accessWorld();
    const headers = await world.headersOf('admin');
    const operator = await world.accountOf('operator', 'bob');
    for (const [method, path] of [
      ['DELETE', 'sessions'],
      ['POST', 'password'],
    ] as const) {
      const his = await world.sessionOf(world.book.account(operator.id)!);
      expect((await world.ask('GET', '/v1/models', { headers: his })).status).toBe(200);
      const url = `/v1/accounts/${operator.id}/${path}`;
      expect((await world.ask(method, url, { headers })).status).toBe(200);
      expect((await world.ask('GET', '/v1/models', { headers: his })).code).toBe('SESSION_EXPIRED');
    }
    const { body } = await world.ask('GET', '/v1/accounts', { headers });
    const mine = body.accounts.find((each: { login: string }) => each.login === 'the-admin');
    expect(mine).toMatchObject({ sessions: 1 });
    expect(JSON.stringify(body)).not.toMatch(/argon2|password/);
  });

  test('the first of an engine that is open is an administrator’s', async () => {
    world = await accessWorld({ isSettled: false });
    const refused = await world.ask('POST', '/v1/accounts', { payload: bob });
    expect([refused.status, refused.code]).toEqual([422, 'ACCOUNT_REFUSED']);
    const made = await world.ask('POST', '/v1/accounts', { payload: { ...bob, role: 'admin' } });
    expect(made.status).toBe(201);
    expect((await world.ask('GET', '/v1/accounts')).status).toBe(401);
  });

  test('a name of 10 MB is refused', async () => {
    world = await accessWorld();
    const headers = await world.headersOf('admin');
    const payload = { ...bob, name: 'x'.repeat(10_000_000) };
    expect((await world.ask('POST', '/v1/accounts', { headers, payload })).status).toBe(413);
  });
});

describe('keys', () => {
  const shop = { name: 'Shop', permissions: ['decide', 'decide', 'produce'], expiresAt: null };

  test('are shown once, used, and revoked for good', async () => {
    world = await accessWorld();
    const headers = await world.headersOf('admin');
    const { status, body } = await world.ask('POST', '/v1/keys', { headers, payload: shop });
    expect(status).toBe(201);
    expect(body.key.startsWith(`${body.made.prefix}_`)).toBe(true);
    expect(body.made).toMatchObject({
      permissions: ['decide', 'produce'],
      madeBy: 'The admin',
      lastUsedAt: null,
    });
    const its = { authorization: `Bearer ${body.key}` };
    world.clock.now += 90_000;
    expect((await world.ask('POST', '/v1/events', { headers: its, payload: {} })).status).toBe(202);
    const { body: shown } = await world.ask('GET', '/v1/keys', { headers });
    expect(shown.keys).toHaveLength(1);
    expect(shown.keys[0].lastUsedAt).toBe(Math.floor(world.clock.now / 60_000) * 60_000);
    expect(JSON.stringify(shown)).not.toContain(body.key);
    const url = `/v1/keys/${body.made.id}`;
    const revoked = await world.ask('DELETE', url, { headers, payload: { reason: 'lost' } });
    expect(revoked.body.revokedAt).toBe(world.clock.now);
    expect((await world.ask('POST', '/v1/events', { headers: its, payload: {} })).code).toBe(
      'KEY_INVALID',
    );
    expect((await world.ask('DELETE', url, { headers })).body.revokedAt).toBe(world.clock.now);
    expect((await world.ask('DELETE', '/v1/keys/none', { headers })).status).toBe(404);
  });

  test('nobody gives what they have not', async () => {
    world = await accessWorld();
    const headers = await world.keyWith(['administer', 'read']);
    const make = (permissions: string[]) =>
      world.ask('POST', '/v1/keys', { headers, payload: { ...shop, permissions } });
    expect((await make(['read'])).status).toBe(201);
    const refused = await make(['read', 'people', 'audit']);
    expect(refused).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' });
    expect(refused.body.permissions).toEqual(['people', 'audit']);
    const account = await world.ask('POST', '/v1/accounts', {
      headers,
      payload: { login: 'eve', name: 'Eve', role: 'admin' },
    });
    expect([account.status, account.code]).toEqual([403, 'PERMISSION_MISSING']);
  });

  test.each([
    [{ expiresAt: 1 }, 422],
    [{ permissions: [] }, 400],
    [{ permissions: ['everything'] }, 400],
    [{ scope: [] }, 400],
    [{ scope: [{ country: 'x' }] }, 400],
    [{ name: 'campus' }, 400],
    [{ name: 'x'.repeat(10_000_000) }, 413],
  ])('are refused: %#', async (wrong, status) => {
    world = await accessWorld();
    const headers = await world.headersOf('admin');
    const payload = { ...shop, ...wrong };
    expect((await world.ask('POST', '/v1/keys', { headers, payload })).status).toBe(status);
  });
});
