/** Accounts, keys and sessions in memory, and what several processes on one store make of them. */
import { afterEach, describe, expect, test } from 'vitest';
import { EngineError } from '../../../contracts/errors.ts';
import {
  AccessBook,
  type AccessBookOptions,
  openAccessBook,
} from '../../../control/access/accessBook.ts';
import { firstAccount } from '../../../control/access/accountLog.ts';
import {
  changeAccount,
  endSessions,
  type Giver,
  makeAccount,
  makeFirstAccount,
  resetPassword,
} from '../../../control/access/changeAccounts.ts';
import { unknownOrigin } from '../../../control/access/sessionRows.ts';
import { createSignInDesk } from '../../../control/access/signIn.ts';
import { memoryAccess } from '../../support/memoryAccess.ts';

const hourMs = 3_600_000;
const ada = { login: 'ada', name: 'Ada', password: 'a long password' };
let books: AccessBook[] = [];
afterEach(async () => {
  await Promise.all(books.map((book) => book.close()));
  books = [];
});

const from = (address: string) => ({ ...unknownOrigin, address });

function world(store = memoryAccess()) {
  const clock = { now: Date.UTC(2026, 0, 15, 10) };
  const open = async (options: Partial<AccessBookOptions> = {}) => {
    const book = await openAccessBook({
      ...{ store, say: () => {}, clock: () => clock.now, pollMs: 1_000_000, ...options },
    });
    books.push(book);
    return book;
  };
  return { store, clock, open };
}

const giver = (book: AccessBook, id = firstAccount): Giver => {
  const { principal } = book.account(id)!;
  return { principal, actor: principal.name, reason: '' };
};

async function withAda() {
  const at = world();
  const book = await at.open();
  await makeFirstAccount(book, ada);
  const desk = createSignInDesk(book, () => at.clock.now);
  return { ...at, book, desk };
}

describe('the first account', () => {
  test('is that of one, of two who make it at once in one process', async () => {
    const { book } = { book: await world().open() };
    const made = await Promise.all(
      ['ada', 'eve'].map((login) => makeFirstAccount(book, { ...ada, login })),
    );
    expect(made.map(({ outcome }) => outcome).sort()).toEqual(['uncounted', 'written']);
    expect(book.accounts()).toHaveLength(1);
  });

  test('is that of one, of two who make it at once in two processes', async () => {
    const { store, open } = world();
    // Both have looked before either has written.
    const waiting: (() => void)[] = [];
    store.beforeInsert = () => {
      const waited = new Promise<void>((resolve) => waiting.push(resolve));
      if (waiting.length === 2) for (const go of waiting) go();
      return waited;
    };
    const processes = [await open({ settleMs: 20 }), await open({ settleMs: 20 })];
    const made = await Promise.all(
      processes.map((book, i) => makeFirstAccount(book, { ...ada, login: `ada${i}` })),
    );
    expect(made.map(({ outcome }) => outcome).sort()).toEqual(['uncounted', 'written']);
    const logins = processes.map((book) => book.accounts().map(({ login }) => login));
    expect(logins[0]).toEqual(logins[1]);
    expect(logins[0]).toHaveLength(1);
  });
});

describe('administrators', () => {
  test('who take each other’s rights at once in two processes: one stays', async () => {
    const { store, open, book: one } = await withAda();
    const role = 'admin' as const;
    const given = { login: 'bob', name: 'Bob', role, scope: 'everywhere' as const };
    await makeAccount(one, given, giver(one));
    const other = await open({ settleMs: 20 });
    const bob = one.byLogin('bob')!;
    const waiting: (() => void)[] = [];
    store.beforeInsert = () => {
      const waited = new Promise<void>((resolve) => waiting.push(resolve));
      if (waiting.length === 2) for (const go of waiting) go();
      return waited;
    };
    const down = { name: 'x', role: 'viewer' as const, scope: 'everywhere' as const };
    const changed = await Promise.all([
      changeAccount(one, bob.id, { ...down, isActive: true, revision: 1 }, giver(one)),
      changeAccount(
        other,
        firstAccount,
        { ...down, isActive: true, revision: 1 },
        giver(other, bob.id),
      ),
    ]);
    await Promise.all([one.refresh(), other.refresh()]);
    const admins = [one, other].map((each) =>
      each.accounts().filter(({ role: of }) => of === 'admin'),
    );
    expect(admins[0]).toHaveLength(1);
    expect(admins[0]).toEqual(admins[1]);
    expect(changed.filter(({ outcome }) => outcome === 'written').length).toBeGreaterThan(0);
  });

  test('the last is neither demoted nor switched off', async () => {
    const { book } = await withAda();
    const same = { name: 'Ada', role: 'admin' as const, scope: 'everywhere' as const };
    for (const change of [{ role: 'auditor' as const }, { isActive: false }]) {
      const given = { ...same, isActive: true, revision: 1, ...change };
      expect(await changeAccount(book, firstAccount, given, giver(book))).toEqual({
        outcome: 'uncounted',
        why: 'last administrator',
      });
    }
  });

  test('a key that only administers gives no more than it has, and takes over nobody', async () => {
    const { book } = await withAda();
    const { made } = await book.makeKey(
      { name: 'robot', permissions: ['administer'], scope: 'everywhere', expiresAt: null },
      { actor: 'Ada', reason: '' },
    );
    const robot = { principal: made.principal, actor: 'robot', reason: '' };
    const given = { login: 'x', name: 'x', role: 'admin' as const, scope: 'everywhere' as const };
    expect((await makeAccount(book, given, robot)).written).toMatchObject({
      refusal: { why: 'beyond own' },
    });
    expect((await resetPassword(book, firstAccount, robot)).written).toMatchObject({
      refusal: { why: 'beyond own' },
    });
    expect(await endSessions(book, firstAccount, robot)).toMatchObject({
      refusal: { why: 'beyond own' },
    });
  });
});

describe('signing in', () => {
  test('takes the login in any case, and refuses everything else in the same words', async () => {
    const { book, desk } = await withAda();
    const outcomes = [];
    for (const [login, password] of [
      ['ADA', ada.password],
      ['ada', 'another password'],
      ['аda', ada.password], // Cyrillic
      ['nobody', ada.password],
    ] as const) {
      outcomes.push((await desk.signIn(login, password, from('10.0.0.1'))).outcome);
    }
    expect(outcomes).toEqual(['signed in', 'refused', 'refused', 'refused']);
    expect(book.openSessions(firstAccount).length).toBe(1);
  });

  test('is slowed down by login and by address, whether or not there is such a login', async () => {
    const { clock, desk } = await withAda();
    for (const login of ['ada', 'nobody']) {
      const outcomes = [];
      for (let i = 0; i < 6; i += 1) {
        outcomes.push(
          (await desk.signIn(login, 'wrong', from(`10.0.${i}.${login.length}`))).outcome,
        );
      }
      expect(outcomes).toEqual([...Array.from({ length: 5 }, () => 'refused'), 'throttled']);
    }
    // The right password waits as well: else guessing would be free.
    expect(await desk.signIn('ada', ada.password, from('10.9.9.9'))).toEqual({
      outcome: 'throttled',
      retryAfterMs: 1_000,
    });
    clock.now += 1_000;
    expect((await desk.signIn('ada', ada.password, from('10.9.9.9'))).outcome).toBe('signed in');
    for (let i = 0; i < 20; i += 1) await desk.signIn(`user-${i}`, 'wrong', from('10.1.1.1'));
    expect((await desk.signIn('ada', ada.password, from('10.1.1.1'))).outcome).toBe('throttled');
  });

  test('a switched-off account is refused like a wrong password', async () => {
    const { book, desk } = await withAda();
    const given = {
      login: 'eve',
      name: 'Eve',
      role: 'viewer' as const,
      scope: 'everywhere' as const,
    };
    const { password } = await makeAccount(book, given, giver(book));
    const eve = book.byLogin('eve')!;
    expect((await desk.signIn('eve', password, from('a'))).outcome).toBe('signed in');
    const off = { ...given, isActive: false, revision: 1 };
    await changeAccount(book, eve.id, off, giver(book));
    expect((await desk.signIn('eve', password, from('a'))).outcome).toBe('refused');
  });
});

describe('sessions', () => {
  async function signedIn() {
    const at = await withAda();
    const signed = await at.desk.signIn('ada', ada.password, from('a'));
    if (signed.outcome !== 'signed in') throw new TypeError('expected a session');
    return { ...at, ...signed };
  }

  test('are known by their token alone, which is stored nowhere', async () => {
    const { store, book, token, session } = await signedIn();
    expect(book.findSession(token)).toBe(session);
    for (const forged of ['', token.slice(1), `${token}a`, session.id, token.toLowerCase()]) {
      expect(book.findSession(forged)).toBeUndefined();
    }
    expect(JSON.stringify(store.sessions)).not.toContain(token);
    expect(JSON.stringify([store.accounts, store.keys])).not.toContain(ada.password);
  });

  test('end without a request for an hour, and after twelve hours whatever is done', async () => {
    const { clock, book, session } = await signedIn();
    const began = clock.now;
    clock.now += hourMs - 1;
    expect(book.holds(session)).toBe(true);
    clock.now += 1;
    expect(book.holds(session)).toBe(false);
    clock.now = began;
    while (clock.now - began < 12 * hourMs - 60_000) {
      clock.now += 30 * 60_000;
      if (clock.now - began < 12 * hourMs) expect(book.holds(session)).toBe(true);
      book.touch(session);
    }
    expect(clock.now - began).toBe(12 * hourMs);
    expect(book.holds(session)).toBe(false);
  });

  test('survive a restart, with when they were used last', async () => {
    const { clock, book, open, token, session } = await signedIn();
    clock.now += 50 * 60_000;
    book.touch(session);
    await book.close();
    clock.now += 50 * 60_000;
    const next = await open();
    expect(next.holds(next.findSession(token)!)).toBe(true);
    clock.now += 10 * 60_000;
    expect(next.holds(next.findSession(token)!)).toBe(false);
  });

  test.each(['sign-out', 'all sessions', 'password', 'rights', 'switched off'])(
    'end in another process when it looks: %s',
    async (how) => {
      const { open, book, token, session } = await signedIn();
      const other = await open();
      const known = other.findSession(token)!;
      expect(other.holds(known)).toBe(true);
      if (how === 'sign-out') await book.endSessions([session]);
      else if (how === 'all sessions') await endSessions(book, firstAccount, giver(book));
      else if (how === 'password') await resetPassword(book, firstAccount, giver(book));
      else {
        const bob = {
          login: 'bob',
          name: 'Bob',
          role: 'admin' as const,
          scope: 'everywhere' as const,
        };
        await makeAccount(book, bob, giver(book));
        const change = how === 'rights' ? { role: 'viewer' as const } : { isActive: false };
        const same = { name: 'Ada', role: 'admin' as const, scope: 'everywhere' as const };
        const given = { ...same, isActive: true, revision: 1, ...change };
        const changed = await changeAccount(
          book,
          firstAccount,
          given,
          giver(book, book.byLogin('bob')!.id),
        );
        expect(changed.outcome).toBe('written');
      }
      expect(book.holds(session)).toBe(false);
      await other.refresh();
      expect(other.holds(known)).toBe(false);
    },
  );

  test('another name ends none', async () => {
    const { book, session } = await signedIn();
    const given = { name: 'Ada L.', role: 'admin' as const, scope: 'everywhere' as const };
    await changeAccount(book, firstAccount, { ...given, isActive: true, revision: 1 }, giver(book));
    expect(book.holds(session)).toBe(true);
  });

  test('an end is not undone by a use that is stored later', async () => {
    const { clock, open, book, token, session } = await signedIn();
    const other = await open();
    await book.endSessions([session]);
    clock.now += 120_000;
    other.touch(other.findSession(token)!);
    await other.close(); // stores the use
    const next = await open();
    expect(next.findSession(token)?.endedAt).not.toBeNull();
  });
});

describe('keys', () => {
  const given = {
    ...{ name: 'shop', scope: 'everywhere' as const, expiresAt: null },
    permissions: ['decide' as const],
  };
  const by = { actor: 'Ada', reason: '' };

  test('are known by the whole key alone, which is stored nowhere', async () => {
    const { store, open } = world();
    const book = await open();
    const { key, made } = await book.makeKey(given, by);
    expect(book.findKey(key)).toBe(made);
    for (const forged of [key.slice(0, -1), `${key}a`, made.prefix, key.toUpperCase()]) {
      expect(book.findKey(forged)).toBeUndefined();
    }
    expect(JSON.stringify(store.keys)).not.toContain(key.slice(-43));
  });

  test('are over at their time, and revoked in all processes, for good', async () => {
    const { clock, open } = world();
    const [one, other] = [await open(), await open()];
    const { key, made } = await one.makeKey({ ...given, expiresAt: clock.now + 10 }, by);
    const lasting = await one.makeKey(given, by);
    await other.refresh();
    expect(other.holds(other.findKey(key)!)).toBe(true);
    clock.now += 10;
    expect(one.holds(made)).toBe(false);
    await one.revokeKey(lasting.made.id, by);
    expect(one.holds(lasting.made)).toBe(false);
    await other.refresh();
    expect(other.holds(other.findKey(lasting.key)!)).toBe(false);
    const next = await open();
    expect(next.holds(next.findKey(lasting.key)!)).toBe(false);
    expect(await one.revokeKey('none', by)).toBeUndefined();
  });

  test('a use is stored once a minute, to the minute', async () => {
    const { store, clock, open } = world();
    const book = await open();
    const { made } = await book.makeKey(given, by);
    clock.now += 12_345;
    for (let i = 0; i < 1_000; i += 1) book.touch(made);
    await book.close();
    expect(store.uses).toEqual([{ id: made.id, at: Math.floor(clock.now / 60_000) * 60_000 }]);
  });

  test('one that a process makes for itself is stored nowhere, and not shown', async () => {
    const { store, open } = world();
    const book = await open();
    const key = book.makeOwnKey('campus', ['produce']);
    expect(book.findKey(key)?.principal.name).toBe('campus');
    await book.refresh();
    expect(book.findKey(key)).toBeDefined();
    expect([book.keys(), store.keys]).toEqual([[], []]);
  });
});

describe('a store that fails', () => {
  test('keeps what is known, says so once, and takes a write that it had taken all the same', async () => {
    const { store, clock, book, desk } = await withAda();
    const said: string[] = [];
    const watching = new AccessBook({
      ...{
        store,
        say: (sentence: string) => said.push(sentence),
        clock: () => clock.now,
        pollMs: 10,
      },
    });
    books.push(watching);
    await watching.refresh();
    const { query, insert } = store;
    store.query = () => Promise.reject(new EngineError('SINK_UNAVAILABLE', 'query: away'));
    await expect.poll(() => said).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(said).toEqual(['Accounts, keys and sessions are not brought up to date: query: away']);
    expect(watching.byLogin('ada')).toBeDefined();
    store.query = query;
    // The row is there, the answer is lost.
    store.insert = async (table, bytes) => {
      await insert(table, bytes);
      throw new EngineError('SINK_UNAVAILABLE', 'insert: no answer');
    };
    const given = {
      login: 'bob',
      name: 'Bob',
      role: 'viewer' as const,
      scope: 'everywhere' as const,
    };
    expect((await makeAccount(book, given, giver(book))).written.outcome).toBe('written');
    store.insert = () => Promise.reject(new EngineError('SINK_UNAVAILABLE', 'insert: away'));
    const eve = makeAccount(book, { ...given, login: 'eve' }, giver(book));
    await expect(eve).rejects.toMatchObject({ code: 'SINK_UNAVAILABLE' });
    await expect(desk.signIn('ada', ada.password, from('a'))).rejects.toMatchObject({
      code: 'SINK_UNAVAILABLE',
    });
  });
});
