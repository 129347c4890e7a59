/** Who asks, told from what a request brings: keys, cookies, or that nobody has an account yet. */
import { afterEach, describe, expect, test } from 'vitest';
import { addressOf } from '../../../api/access/address.ts';
import { expectOrigin } from '../../../api/loopback.ts';
import { firstAccount } from '../../../control/access/accountLog.ts';
import { type AccessWorld, accessWorld, ada } from '../../support/accessWorld.ts';
import { now, policyDeskOf } from '../fakes.ts';

let world: AccessWorld;
const others: AccessWorld[] = [];
afterEach(async () => {
  await world?.app.close();
  await Promise.all(others.splice(0).map(({ app }) => app.close()));
});

const origin = 'https://millrace.example.edu';
const host = 'millrace.example.edu';
const beyond = { host: '0.0.0.0', origins: [origin] };

describe('while nobody has an account', () => {
  test('whoever reaches the engine on its own machine is its administrator', async () => {
    world = await accessWorld({ isSettled: false });
    expect((await world.ask('GET', '/v1/accounts')).status).toBe(200);
    const { body } = await world.ask('GET', '/v1/session');
    expect(body).toMatchObject({
      access: 'open',
      hasAccounts: false,
      principal: { kind: 'local', name: 'administrator', role: 'admin' },
      csrf: null,
      now,
    });
  });

  test.each([[{ 'x-forwarded-for': '203.0.113.9' }], [{ forwarded: 'for=203.0.113.9' }]])(
    'a request that a proxy has passed on is nobody’s: %o',
    async (headers) => {
      world = await accessWorld({ isSettled: false });
      expect(await world.ask('GET', '/v1/models', { headers })).toMatchObject({
        status: 401,
        code: 'SIGN_IN_NEEDED',
      });
      const payload = { ...ada, login: 'eve' };
      expect(await world.ask('POST', '/v1/accounts/first', { headers, payload })).toMatchObject({
        status: 403,
        code: 'CODE_REFUSED',
      });
    },
  );

  test('beyond its own machine the engine is never open', async () => {
    world = await accessWorld({ ...beyond, isSettled: false });
    for (const name of [host, 'localhost']) {
      const headers = { host: name };
      expect((await world.ask('GET', '/v1/models', { headers })).code).toBe('SIGN_IN_NEEDED');
      expect((await world.ask('GET', '/v1/session', { headers })).body.access).toBe('required');
    }
  });

  test('a key that is revoked or forged is refused all the same', async () => {
    world = await accessWorld({ isSettled: false });
    const headers = await world.keyWith(['read']);
    expect((await world.ask('POST', '/v1/policies', { headers, payload: {} })).status).toBe(403);
    await world.book.revokeKey(world.book.keys()[0]!.id, { actor: '', reason: '' });
    expect((await world.ask('GET', '/v1/models', { headers })).code).toBe('KEY_INVALID');
    // What a proxy has asked for is no key.
    const basic = { authorization: 'Basic YTpi' };
    expect((await world.ask('GET', '/v1/models', { headers: basic })).status).toBe(200);
  });
});

describe('the first account', () => {
  test('is made once, on the engine’s own machine; from then on all must sign in', async () => {
    world = await accessWorld({ isSettled: false });
    const made = await world.ask('POST', '/v1/accounts/first', { payload: ada });
    expect(made).toMatchObject({ status: 201, body: { id: firstAccount, role: 'admin' } });
    expect(await world.ask('POST', '/v1/accounts/first', { payload: ada })).toMatchObject({
      ...{ status: 409, code: 'KEY_TAKEN' },
    });
    expect((await world.ask('GET', '/v1/models')).code).toBe('SIGN_IN_NEEDED');
  });

  test('two who make it at once: one does', async () => {
    world = await accessWorld({ isSettled: false });
    const made = await Promise.all(
      ['ada', 'eve'].map((login) =>
        world.ask('POST', '/v1/accounts/first', { payload: { ...ada, login } }),
      ),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(world.book.accounts()).toHaveLength(1);
  });

  test('from elsewhere it needs the code that was printed', async () => {
    world = await accessWorld({ ...beyond, isSettled: false });
    const headers = { host, origin };
    for (const code of ['', 'guess', world.firstCode.slice(1), world.firstCode.toUpperCase()]) {
      const payload = { ...ada, code };
      expect(await world.ask('POST', '/v1/accounts/first', { headers, payload })).toMatchObject({
        ...{ status: 403, code: 'CODE_REFUSED' },
      });
    }
    const payload = { ...ada, code: world.firstCode };
    const made = await world.ask('POST', '/v1/accounts/first', { headers, payload });
    expect(made.status).toBe(201);
  });

  test.each([
    [{ password: 'short' }],
    [{ password: 'x'.repeat(257) }],
    [{ login: 'a b' }],
    [{ login: '' }],
    [{ login: 'x'.repeat(101) }],
    [{ login: '<script>' }],
    [{ name: '' }],
    [{ name: 'engine' }],
    [{ name: 'Ada\u202E' }],
    [{ name: 'x'.repeat(101) }],
    [{ role: 'admin' }],
  ])('is refused with %o', async (wrong) => {
    world = await accessWorld({ isSettled: false });
    const answer = await world.ask('POST', '/v1/accounts/first', { payload: { ...ada, ...wrong } });
    expect([answer.status, answer.code]).toEqual([400, 'REQUEST_INVALID']);
    expect(world.book.isEmpty).toBe(true);
  });
});

describe('a key', () => {
  test.each([
    ['none', () => 'Bearer mr_'],
    ['of another form', () => 'Bearer secret'],
    ['another scheme', (key: string) => key.replace('Bearer', 'Basic')],
    ['truncated', (key: string) => key.slice(0, -1)],
    ['longer', (key: string) => `${key}A`],
    ['another letter', (key: string) => key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A')],
    ['in another case', (key: string) => `Bearer ${key.slice(7).toUpperCase()}`],
    ['the prefix alone', (key: string) => key.slice(0, 'Bearer mr_'.length + 12)],
    ['ten thousand letters', (key: string) => key + 'x'.repeat(10_000)],
  ] as const)('that is %s is refused', async (_what, forge) => {
    world = await accessWorld();
    const { authorization = '' } = await world.keyWith(['read']);
    const headers = { authorization: forge(authorization) };
    expect(await world.ask('GET', '/v1/models', { headers })).toMatchObject({
      ...{ status: 401, code: 'KEY_INVALID' },
    });
  });

  test('that is over or revoked is refused, and says which', async () => {
    world = await accessWorld();
    const expiresAt = now + 1_000;
    const admin = await world.headersOf('admin');
    const payload = { name: 'Robot', permissions: ['read'], expiresAt };
    const { body } = await world.ask('POST', '/v1/keys', { headers: admin, payload });
    const headers = { authorization: `Bearer ${body.key}` };
    expect((await world.ask('GET', '/v1/models', { headers })).status).toBe(200);
    world.clock.now += 1_000;
    const over = await world.ask('GET', '/v1/models', { headers });
    expect([over.code, over.body.detail]).toEqual(['KEY_INVALID', 'The key has expired.']);
    const lasting = await world.keyWith(['read']);
    await world.book.revokeKey(world.book.keys().find(({ expiresAt: at }) => at === null)!.id, {
      ...{ actor: '', reason: '' },
    });
    const revoked = await world.ask('GET', '/v1/models', { headers: lasting });
    expect(revoked.body.detail).toBe('The key was revoked.');
  });

  test('does not fall back on a session that comes with it', async () => {
    world = await accessWorld();
    const headers = { ...(await world.headersOf('admin')), authorization: 'Bearer mr_x' };
    expect((await world.ask('GET', '/v1/models', { headers })).code).toBe('KEY_INVALID');
  });
});

describe('a session', () => {
  test.each([
    ['forged', () => 'millrace=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['truncated', (cookie: string) => cookie.slice(0, -1)],
    ['empty', () => 'millrace='],
    ['longer', (cookie: string) => `${cookie}A`],
    ['with script', () => 'millrace=<script>alert(1)</script>'],
    ['another name', (cookie: string) => cookie.replace('millrace', 'other')],
  ] as const)('that is %s is none', async (what, forge) => {
    world = await accessWorld();
    const { cookie = '' } = await world.headersOf('admin');
    const { status, code } = await world.ask('GET', '/v1/models', {
      headers: { cookie: forge(cookie) },
    });
    const expected = what === 'another name' ? 'SIGN_IN_NEEDED' : 'SESSION_EXPIRED';
    expect([status, code]).toEqual([401, expected]);
  });

  test.each([
    ['an hour without a request', 3_600_000],
    ['twelve hours', 12 * 3_600_000],
  ])('is over after %s', async (_what, ms) => {
    world = await accessWorld();
    const headers = await world.headersOf('admin');
    world.clock.now += ms - 1;
    if (ms === 3_600_000) {
      expect((await world.ask('GET', '/v1/models', { headers })).status).toBe(200);
      world.clock.now += ms - 1;
    }
    world.clock.now += 1;
    expect((await world.ask('GET', '/v1/models', { headers })).code).toBe('SESSION_EXPIRED');
    expect((await world.ask('GET', '/v1/session', { headers })).body.principal).toBeNull();
  });

  test('survives a restart, and ends in all processes', async () => {
    world = await accessWorld();
    const headers = await world.headersOf('admin');
    const next = await accessWorld({ store: world.store, clock: world.clock });
    others.push(next);
    expect((await next.ask('GET', '/v1/models', { headers })).status).toBe(200);
    expect((await world.ask('DELETE', '/v1/session', { headers })).status).toBe(204);
    expect((await world.ask('GET', '/v1/models', { headers })).code).toBe('SESSION_EXPIRED');
    await next.book.refresh();
    expect((await next.ask('GET', '/v1/models', { headers })).code).toBe('SESSION_EXPIRED');
  });

  test('what changes something needs its token, from a page of the engine', async () => {
    world = await accessWorld();
    const headers = await world.headersOf('admin');
    const { cookie = '' } = headers;
    const { 'millrace-csrf': foreign = '' } = await world.headersOf('viewer');
    for (const given of [{}, { 'millrace-csrf': '' }, { 'millrace-csrf': foreign }]) {
      for (const [method, url] of [
        ['POST', '/v1/policies'],
        ['PUT', '/v1/watches/x'],
        ['DELETE', '/v1/session'],
        ['POST', '/v1/session/password'],
      ] as const) {
        const payload = { current: 'x', next: 'a longer password' };
        const answer = await world.ask(method, url, { headers: { cookie, ...given }, payload });
        expect([url, answer.status, answer.code]).toEqual([url, 403, 'CSRF_REFUSED']);
      }
    }
    expect((await world.ask('GET', '/v1/models', { headers: { cookie } })).status).toBe(200);
    for (const page of ['https://evil.example', 'null', 'https://evil.example.edu']) {
      const answer = await world.ask('POST', '/v1/policies', {
        headers: { ...headers, origin: page },
        payload: {},
      });
      expect([answer.status, answer.code]).toEqual([403, 'ORIGIN_REFUSED']);
    }
    const ours = { ...headers, origin: 'http://localhost' };
    expect((await world.ask('POST', '/v1/policies', { headers: ours, payload: {} })).status).toBe(
      400,
    );
  });

  test('a key needs no such token', async () => {
    world = await accessWorld();
    const headers = await world.keyWith(['operate']);
    expect((await world.ask('POST', '/v1/policies', { headers, payload: {} })).status).toBe(400);
  });
});

describe('under which names', () => {
  test('beyond its own machine: its public ones, the address itself, and localhost', async () => {
    world = await accessWorld({ host: '192.0.2.7', origins: [origin] });
    const statuses = await Promise.all(
      [
        host,
        'MILLRACE.example.edu:443',
        '192.0.2.7:8080',
        'localhost',
        'evil.example',
        '10.0.0.1',
        `${host}.`,
      ].map(async (name) => (await world.ask('GET', '/livez', { headers: { host: name } })).status),
    );
    expect(statuses).toEqual([200, 200, 200, 200, 421, 421, 421]);
  });

  test('public pages may send, others not', async () => {
    world = await accessWorld(beyond);
    const headers = { host, ...(await world.keyWith(['produce'])) };
    const send = async (page: string) =>
      (
        await world.ask('POST', '/v1/events', {
          headers: { ...headers, origin: page },
          payload: {},
        })
      ).status;
    expect(await send(origin)).toBe(202);
    expect(await send('https://evil.example.edu')).toBe(403);
    expect(await send('https://millrace.example.edu.evil.example')).toBe(403);
  });

  test('a host that others reach needs a public name', () => {
    for (const each of ['0.0.0.0', '::', '192.168.1.5', 'example.org']) {
      expect(() => expectOrigin(each, [])).toThrow(/MILLRACE_ORIGIN/);
      expect(() => expectOrigin(each, [origin])).not.toThrow();
    }
    expect(() => expectOrigin('127.0.0.1', [])).not.toThrow();
  });

  test('over https the cookie is bound to the host, and the browser told to stay with https', async () => {
    world = await accessWorld(beyond);
    const { password, login } = ada;
    const signed = await world.ask('POST', '/v1/session', {
      headers: { host, origin },
      payload: { login, password },
    });
    expect(String(signed.headers['set-cookie'])).toMatch(
      /^__Host-millrace=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure$/,
    );
    for (const url of ['/', '/v1/session', '/v1/models', '/livez']) {
      const { headers } = await world.ask('GET', url, { headers: { host } });
      expect([url, headers['strict-transport-security']]).toEqual([url, 'max-age=31536000']);
    }
    await world.app.close();
    world = await accessWorld();
    expect((await world.ask('GET', '/')).headers['strict-transport-security']).toBeUndefined();
  });
});

describe('too many requests', () => {
  test('are told when to come again: a key by itself, an address by itself', async () => {
    world = await accessWorld({ rateLimit: 5, trustedProxies: ['loopback'] });
    const one = await world.keyWith(['read']);
    const other = await world.keyWith(['read']);
    const ask = (headers: Record<string, string>) => world.ask('GET', '/v1/watches', { headers });
    for (let i = 0; i < 10; i += 1) expect((await ask(one)).status).toBe(200);
    const refused = await ask(one);
    expect(refused).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect((await ask(other)).status).toBe(200);
    world.clock.now += 1_000;
    expect((await ask(one)).status).toBe(200);
    const from = (ip: string) => ask({ authorization: 'Bearer mr_x', 'x-forwarded-for': ip });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await from('203.0.113.1')).status);
    expect(statuses).toEqual([401, 401, 429]);
    expect((await from('203.0.113.2')).status).toBe(401);
  });

  test('an address of IPv6 counts by the half that a host has to itself', () => {
    expect(addressOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
    expect(addressOf('2001:DB8::1')).toBe('2001:db8:0:0');
    expect(addressOf('::1')).toBe('0:0:0:0');
    expect(addressOf('fe80::1%eth0')).toBe('fe80:0:0:0');
    expect(addressOf('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(addressOf('10.0.0.1')).toBe('10.0.0.1');
  });
});

describe('who acts', () => {
  const policy = {
    ...{ key: 'hint', name: 'Hints', algorithm: { name: 'thompson' }, context: { features: [] } },
    actions: [
      { key: 'a', name: 'A' },
      { key: 'b', name: 'B' },
    ],
  };

  test('is the person or key, and under no other name', async () => {
    const policies = policyDeskOf();
    world = await accessWorld({ server: { policies } });
    const headers = await world.headersOf('operator');
    for (const name of ['Eve', 'administrator', '%zz', encodeURIComponent('The operator\u0000')]) {
      const answer = await world.ask('POST', '/v1/policies', {
        headers: { ...headers, 'millrace-actor': name },
        payload: { policy },
      });
      expect([answer.status, answer.code]).toEqual([403, 'ACTOR_REFUSED']);
    }
    const made = await world.ask('POST', '/v1/policies', { headers, payload: { policy } });
    expect(made.status).toBe(201);
    const own = { ...headers, 'millrace-actor': 'The%20operator' };
    const moved = await world.ask('POST', '/v1/policies/hint/archive', {
      headers: own,
      payload: {},
    });
    expect(moved.status).toBe(200);
    const { body } = await world.ask('GET', '/v1/policies/hint', { headers });
    expect(body.record.map(({ actor }: { actor: string }) => actor)).toEqual([
      'The operator',
      'The operator',
    ]);
  });

  test('nor in the body', async () => {
    world = await accessWorld();
    const headers = await world.headersOf('operator');
    const put = (actor: string) =>
      world.ask('PUT', '/v1/mutes/m', {
        headers,
        payload: {
          ...{ actor, revision: 0 },
          definition: { ...{ key: 'm', name: 'M' }, when: { kind: 'once', from: 1, to: 2 } },
        },
      });
    expect((await put('Eve')).code).toBe('ACTOR_REFUSED');
    expect(await put('')).toMatchObject({ status: 201, body: { actor: 'The operator' } });
    const answered = await world.ask('POST', '/v1/alerts/x/close', {
      headers,
      payload: { actor: 'Eve' },
    });
    expect(answered.code).toBe('ACTOR_REFUSED');
  });

  test('while nobody has an account, it is whoever says so', async () => {
    const policies = policyDeskOf();
    world = await accessWorld({ isSettled: false, server: { policies } });
    const headers = { 'millrace-actor': 'Eve' };
    await world.ask('POST', '/v1/policies', { headers, payload: { policy } });
    const { body } = await world.ask('GET', '/v1/policies/hint');
    expect(body.record[0].actor).toBe('Eve');
  });
});
