/** A server that asks who asks: an account of each role, sessions and keys of them, on tables in memory. */
import type { FastifyInstance, InjectOptions } from 'fastify';
import { type ServerAccessOptions, serverAccess } from '../../api/access/serverAccess.ts';
import type { ServerDependencies } from '../../api/server.ts';
import type { Permission, RoleName, Scope } from '../../contracts/access.ts';
import { AccessBook } from '../../control/access/accessBook.ts';
import type { KnownAccount } from '../../control/access/accountLog.ts';
import { makeFirstAccount } from '../../control/access/changeAccounts.ts';
import { csrfOf } from '../../control/access/secrets.ts';
import { now, serverOf } from '../api/fakes.ts';
import { type MemoryAccess, memoryAccess } from './memoryAccess.ts';

export const ada = { login: 'ada', name: 'Ada', password: 'a long password' };

export interface AccessWorld {
  readonly app: FastifyInstance;
  readonly book: AccessBook;
  readonly store: MemoryAccess;
  readonly clock: { now: number };
  readonly firstCode: string;
  /** What a page sends that somebody of this role has signed in to. */
  headersOf(role: RoleName): Promise<Record<string, string>>;
  accountOf(role: RoleName, login?: string, scope?: Scope): Promise<KnownAccount>;
  sessionOf(account: KnownAccount): Promise<Record<string, string>>;
  keyWith(permissions: readonly Permission[], scope?: Scope): Promise<Record<string, string>>;
  ask(method: string, url: string, options?: Ask): Promise<Answer>;
}

export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: object;
}

export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: an answer of any route
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface WorldOptions extends Partial<Omit<ServerAccessOptions, 'book'>> {
  /** Another process on the same tables. */
  readonly store?: MemoryAccess;
  readonly clock?: { now: number };
  /** Without: nobody has an account. */
  readonly isSettled?: boolean;
  readonly server?: Partial<ServerDependencies>;
}

export async function accessWorld({
  store = memoryAccess(),
  clock = { now },
  isSettled = true,
  server = {},
  ...access
}: WorldOptions = {}): Promise<AccessWorld> {
  const book = new AccessBook({
    ...{ store, say: () => {}, clock: () => clock.now, pollMs: 1_000_000 },
  });
  await book.refresh();
  if (isSettled && book.isEmpty) await makeFirstAccount(book, ada);
  const served = serverAccess({
    ...{ host: '127.0.0.1', origins: [], steady: () => clock.now, ...access },
    book,
  });
  const app = serverOf({ access: served, clock: () => clock.now, ...server });
  app.addHook('onClose', () => book.close());

  const by = { actor: 'Ada', by: '', reason: '' };
  const world: AccessWorld = {
    ...{ app, book, store, clock, firstCode: served.firstCode },

    async accountOf(role, login = `the-${role}`, scope = 'everywhere') {
      const known = book.byLogin(login);
      if (known !== undefined) return known;
      const account = {
        ...{ login, name: `The ${role}`, role, scope, isActive: true, mustChange: false },
        ...{ password: '', generation: 1 },
      };
      const draft = { id: `id-${login}`, revision: 1, account };
      const written = await book.writeAccount(() => draft, by);
      if (written.outcome !== 'written') throw new TypeError(`account: got ${written.outcome}`);
      return written.account;
    },

    async sessionOf(account) {
      const { token } = await book.beginSession(account);
      const isSecure = access.origins?.some((origin) => origin.startsWith('https:')) === true;
      const cookie = `${isSecure ? '__Host-' : ''}millrace=${token}`;
      return { cookie, 'millrace-csrf': csrfOf(token) };
    },

    headersOf: async (role) => world.sessionOf(await world.accountOf(role)),

    async keyWith(permissions, scope = 'everywhere') {
      const given = { name: 'Robot', permissions: [...permissions], scope, expiresAt: null };
      const { key } = await book.makeKey(given, by);
      return { authorization: `Bearer ${key}` };
    },

    async ask(method, url, { headers = {}, payload } = {}) {
      const answer = await app.inject({
        ...{ method: method as NonNullable<InjectOptions['method']>, url },
        headers: { host: 'localhost', ...headers },
        ...(payload === undefined ? {} : { payload }),
      });
      let body: { code?: string } = {};
      try {
        body = answer.json();
      } catch {
        // Not every answer is JSON.
      }
      return { status: answer.statusCode, code: body.code, body, headers: answer.headers };
    },
  };
  return world;
}
