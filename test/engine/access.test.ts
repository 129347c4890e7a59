/** Accounts, sessions and keys on the real store, over HTTP: the first administrator, another process, a restart, a lost password. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serverAccess } from '../../api/access/serverAccess.ts';
import {
  AccountMade,
  AccountsAnswer,
  ApiKeyMade,
  ApiKeysAnswer,
  SessionAnswer,
} from '../../contracts/accessApi.ts';
import { AlertsAnswer, HappeningsAnswer } from '../../contracts/watchApi.ts';
import { openAccessBook } from '../../control/access/accessBook.ts';
import { writeAlerts } from '../../control/watching/alertRows.ts';
import { serverOf } from '../api/fakes.ts';
import { run } from '../cli/run.ts';
import { alertSample } from '../support/alertSamples.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';

const data = temporaryDirectory();
let at: TestEngine;
beforeAll(async () => {
  at = await startTestEngine(data);
}, 120_000);
afterAll(async () => {
  await at?.stop();
  removeDirectory(data);
}, 60_000);

const ada = { login: 'ada', name: 'Ada', password: 'a long password' };
/** Of whom asks. */
let admin: Record<string, string> = {};

async function ask(method: string, path: string, body?: object, headers = admin) {
  const response = await fetch(`${at.url}${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : json) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : JSON.parse(text),
  };
}

async function signIn(login: string, password: string): Promise<Record<string, string>> {
  const { status, headers, body } = await ask('POST', '/v1/session', { login, password }, {});
  expect(status).toBe(200);
  const cookie = headers.get('set-cookie')!.split(';')[0]!;
  return { cookie, 'millrace-csrf': SessionAnswer.parse(body).csrf! };
}

test('it is open until the first administrator is made; of two at once one is', async () => {
  expect((await ask('GET', '/v1/models')).status).toBe(200);
  const made = await Promise.all(
    ['ada', 'eve'].map((login) => ask('POST', '/v1/accounts/first', { ...ada, login })),
  );
  expect(made.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect((await ask('GET', '/v1/models')).body.code).toBe('SIGN_IN_NEEDED');
  const { login } = made.find(({ status }) => status === 201)!.body;
  ada.login = login;
  admin = await signIn(login, ada.password);
  expect((await ask('GET', '/v1/models')).status).toBe(200);
});

test('its own campus goes on', async () => {
  const own = { authorization: `Bearer ${at.engine.ownKey}` };
  expect((await ask('POST', '/v1/decisions', { user: 'u', experiments: [] }, own)).status).toBe(
    200,
  );
  expect((await ask('GET', '/v1/models', undefined, own)).status).toBe(403);
});

test('a key is used, and in another process over within about a second of its revocation', async () => {
  const { body } = await ask('POST', '/v1/keys', {
    ...{ name: 'Shop', permissions: ['read'], expiresAt: null },
  });
  const { made, key } = ApiKeyMade.parse(body);
  const its = { authorization: `Bearer ${key}` };
  expect((await ask('GET', '/v1/models', undefined, its)).status).toBe(200);
  const book = await openAccessBook({ store: at.engine.store, say: () => {} });
  const access = serverAccess({ book, host: '127.0.0.1', origins: [] });
  const other = serverOf({ access });
  const askOther = async () =>
    (await other.inject({ url: '/v1/watches', headers: { host: 'localhost', ...its } })).statusCode;
  try {
    expect(await askOther()).toBe(200);
    const began = performance.now();
    expect((await ask('DELETE', `/v1/keys/${made.id}`)).status).toBe(200);
    expect((await ask('GET', '/v1/models', undefined, its)).body.code).toBe('KEY_INVALID');
    await expect.poll(askOther, { interval: 50 }).toBe(401);
    expect(performance.now() - began).toBeLessThan(5_000); // a second, on a machine that has nothing else to do
  } finally {
    await other.close();
    await book.close();
  }
});

test('alerts about a single user or one key are shown to who may see people, and to nobody else', async () => {
  const about = (id: string, watch: string, key: string[]) =>
    alertSample({
      id,
      watch,
      key,
      incident: id,
      headline: `${watch} ${key.join()}`,
      explanation: null,
    });
  const alerts = [
    about('of-a-user', 'answering', ['student-1']),
    about('of-the-whole', 'answering', []),
    about('of-a-group', 'ratings', ['law']),
  ];
  const rows = alerts.map((alert) => ({ alert, actor: 'engine', sentence: '', reason: '' }));
  await writeAlerts(at.engine.store, rows);
  const { key } = (
    await ask('POST', '/v1/keys', {
      name: 'Groups',
      permissions: ['read', 'operate'],
      expiresAt: null,
    })
  ).body;
  const groups = { authorization: `Bearer ${key}` };
  const seen = async (headers: Record<string, string>) => {
    const span = `from=${alerts[0]!.since - 1}&to=${alerts[0]!.since + 1}`;
    const { alerts: listed } = AlertsAnswer.parse(
      (await ask('GET', `/v1/alerts?${span}`, undefined, headers)).body,
    );
    const { happenings } = HappeningsAnswer.parse(
      (await ask('GET', `/v1/happenings?${span}`, undefined, headers)).body,
    );
    const one = await ask('GET', '/v1/alerts/of-a-user', undefined, headers);
    const closed = await ask('POST', '/v1/alerts/of-a-user/close', { actor: 'Groups' }, headers);
    return {
      listed: listed.map(({ id }) => id).sort(),
      happened: happenings
        .filter(({ kind }) => kind === 'alert')
        .map(({ subject }) => subject)
        .sort(),
      statuses: [one.status, closed.status],
    };
  };
  // A group may be small: nobody counted who is in it.
  const shown = ['of-the-whole'];
  expect(await seen(groups)).toEqual({ listed: shown, happened: shown, statuses: [404, 404] });
  const all = ['of-a-group', 'of-a-user', 'of-the-whole'];
  // Ada is no Groups: she closes nothing under that name.
  expect(await seen(admin)).toEqual({ listed: all, happened: all, statuses: [200, 403] });
});

test('a restart keeps accounts, sessions, and when keys were used', async () => {
  const { body } = await ask('POST', '/v1/accounts', { login: 'bob', name: 'Bob', role: 'viewer' });
  const { account } = AccountMade.parse(body);
  await at.stop();
  at = await startTestEngine(data);
  const { accounts } = AccountsAnswer.parse((await ask('GET', '/v1/accounts')).body);
  expect(accounts.map(({ login }) => login)).toEqual([ada.login, 'bob'].sort());
  expect(accounts.find(({ login }) => login === ada.login)).toMatchObject({ sessions: 1 });
  expect(accounts.find(({ login }) => login === ada.login)?.lastSignInAt).toBeGreaterThan(0);
  const { keys } = ApiKeysAnswer.parse((await ask('GET', '/v1/keys')).body);
  expect(keys.map(({ name, lastUsedAt }) => [name, lastUsedAt !== null])).toEqual([
    ['Groups', true],
    ['Shop', true],
  ]);
  expect((await ask('DELETE', `/v1/accounts/${account.id}/sessions`)).body.revision).toBe(2);
}, 120_000);

test('who has lost the password gets in by the command line, while the engine is stopped', async () => {
  const running = await run('account', 'list', '--data', data);
  expect([running.status, running.stderr]).toEqual([1, expect.stringContaining('DATA_LOCKED')]);
  await at.stop();
  const reset = await run('account', 'reset-password', ada.login.toUpperCase(), '--data', data);
  expect([reset.status, reset.stderr]).toEqual([0, '']);
  const password = reset.stdout.trim().split('\n').at(-1)!;
  const off = await run('account', 'switch-off', ada.login, '--data', data);
  expect(off.stderr).toContain('it is the last administrator');
  const added = await run('key', 'add', 'Robot', '--may', 'read', '--data', data);
  const key = added.stdout.trim();
  const listed = await run('key', 'list', '--json', '--data', data);
  expect(JSON.parse(listed.stdout).map(({ name }: { name: string }) => name)).toContain('Robot');
  expect((await run('key', 'revoke', key.slice(0, 15), '--data', data)).status).toBe(0);
  at = await startTestEngine(data);
  expect((await ask('GET', '/v1/accounts')).body.code).toBe('SESSION_EXPIRED');
  admin = await signIn(ada.login, password);
  expect((await ask('GET', '/v1/accounts')).body.code).toBe('PASSWORD_CHANGE_NEEDED');
  const its = { authorization: `Bearer ${key}` };
  expect((await ask('GET', '/v1/models', undefined, its)).body.code).toBe('KEY_INVALID');
}, 180_000);

test('beyond its own machine it needs a public address, and prints the code of the first account', async () => {
  const directory = temporaryDirectory();
  const said: string[] = [];
  try {
    await expect(startTestEngine(directory, { host: '0.0.0.0' })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining('MILLRACE_ORIGIN'),
    });
    const origins = 'https://millrace.example.edu' as unknown as string[];
    const engine = await startTestEngine(directory, { host: '0.0.0.0', origins }, said);
    try {
      const code = /with the code ([a-z2-9-]{23})/.exec(said.join('\n'))?.[1] ?? '';
      const first = async (given: string) =>
        (
          await fetch(`${engine.url}/v1/accounts/first`, {
            ...{ method: 'POST', headers: json },
            body: JSON.stringify({ ...ada, code: given }),
          })
        ).status;
      expect(await first('guess')).toBe(403);
      expect(await first(code)).toBe(201);
    } finally {
      await engine.stop();
    }
  } finally {
    removeDirectory(directory);
  }
}, 120_000);
