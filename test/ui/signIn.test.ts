/** Signing in, as far as it is not drawn: where it leads, what is waited for, and what the page knows of its session. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionAnswer } from '../../contracts/accessApi.ts';
import { Login } from '../../contracts/accessApi.ts';
import { isLogin } from '../../ui/signin/isLogin.ts';
import { ownPath } from '../../ui/signin/ownPath.ts';
import { waitWords } from '../../ui/signin/useCountdown.ts';

const origin = 'https://millrace.example.edu';

test.each([
  ['/models?range=7d#top', '/models?range=7d#top'],
  ['/', '/'],
  [undefined, '/'],
  [7, '/'],
  ['', '/'],
  ['models', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['/\t/elsewhere.example', '/'],
  ['https://elsewhere.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/v1/accounts', '/'],
  ['/sign-in?next=/', '/'],
  [`/${'x'.repeat(3_000)}`, '/'],
])('after signing in %j leads to %j', (next, path) => {
  expect(ownPath(next, origin)).toBe(path);
});

test('a wait is told in minutes and seconds', () => {
  expect([1, 59, 60, 125].map(waitWords)).toEqual(['1 s', '59 s', '1 min', '2 min 5 s']);
});

test('a login is judged as the engine judges it', () => {
  const logins = [
    'ada',
    'Ünal.b_c-d@e',
    '',
    'a b',
    '<b>',
    'x'.repeat(100),
    'x'.repeat(101),
    '李明',
  ];
  for (const login of logins) expect(isLogin(login)).toBe(Login.safeParse(login).success);
});

const ada = { kind: 'person', id: 'a', name: 'Ada', role: 'viewer', scope: 'everywhere' } as const;
const said: SessionAnswer = {
  ...{ access: 'required', hasAccounts: true, csrf: 'token', expiresAt: 9_000, now: 5_000 },
  principal: { ...ada, permissions: ['read'] },
  mustChangePassword: false,
};

let answers: (SessionAnswer | number)[] = [];
let asked = 0;

beforeEach(() => {
  vi.resetModules();
  asked = 0;
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('fetch', async () => {
    const answer = answers[Math.min(asked, answers.length - 1)]!;
    asked += 1;
    if (typeof answer === 'number') throw new TypeError('nobody answers');
    return Response.json(answer);
  });
});
afterEach(() => vi.unstubAllGlobals());

const load = () =>
  Promise.all([import('../../ui/data/session.ts'), import('../../ui/data/ownName.ts')]);

test('the token is asked for once, and the name of the account goes before that of the browser', async () => {
  const [session, names] = await load();
  answers = [said];
  expect(await session.csrfHeaders()).toEqual({ 'millrace-csrf': 'token' });
  expect(await session.csrfHeaders()).toEqual({ 'millrace-csrf': 'token' });
  expect(asked).toBe(1);
  expect([names.ownName(), names.ownNameHeaders()]).toEqual(['Ada', {}]);
  session.leaveSession();
  expect(names.ownName()).toBe('administrator');
});

test('an engine that does not answer is asked again, and nothing is sent meanwhile', async () => {
  const [session] = await load();
  answers = [0, said];
  expect(await session.csrfHeaders()).toEqual({});
  expect(await session.csrfHeaders()).toEqual({ 'millrace-csrf': 'token' });
});

test('the engine’s clock is followed, wherever that of the browser stands', async () => {
  const [session] = await load();
  answers = [said];
  await session.askSession();
  expect(Math.abs(session.engineNow() - 5_000)).toBeLessThan(1_000);
});

test('who has not a permission lacks it; while nothing is known the engine decides', async () => {
  const [{ isAllowed }] = await load();
  const known = { phase: 'known', session: said } as const;
  expect([isAllowed(known, 'read'), isAllowed(known, 'operate')]).toEqual([true, false]);
  expect(isAllowed({ phase: 'unreachable', session: undefined }, 'operate')).toBe(true);
});
