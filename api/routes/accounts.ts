/** `/v1/accounts`: who may sign in, as an administrator sees and changes it. An account is switched off, never deleted. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  Account,
  AccountChange,
  AccountMade,
  AccountsAnswer,
  FirstAccount,
  NewAccount,
  PasswordReset,
  SessionId,
  SessionsAnswer,
} from '../../contracts/accessApi.ts';
import { encodeActor, readActor } from '../../contracts/actor.ts';
import { Problem } from '../../contracts/api.ts';
import type { KnownAccount, Uncounted } from '../../control/access/accountLog.ts';
import {
  type AccountRefusal,
  type AccountResult,
  changeAccount,
  endSessions,
  type Giver,
  makeAccount,
  makeFirstAccount,
  resetPassword,
} from '../../control/access/changeAccounts.ts';
import { endOneSession } from '../../control/access/endOneSession.ts';
import { isSame } from '../../control/access/secrets.ts';
import type { Guard } from '../access/guard.ts';
import type { ServerAccess } from '../access/serverAccess.ts';
import { RequestError } from '../problems.ts';
import { actorOf } from './actorOf.ts';
import { NoQuery } from './parameters.ts';
import { sessionAbsent, sessionsOf } from './sessions.ts';
import { ActorHeaders, takeEmptyBodies } from './writing.ts';

const tags = ['access'];
const Id = z.object({ id: z.string().min(1).max(100) });
const bodyLimit = 65_536;
const writes = {
  ...{ 400: Problem, 403: Problem, 404: Problem, 409: Problem },
  ...{ 422: Problem, 503: Problem },
};
const Moved = z.strictObject({ reason: z.string().max(4_096).default('') }).nullish();

/** @param lastSignIns when each account signed in last, ms since 1970 */
export function accountRoutes(
  access: ServerAccess,
  guard: Guard,
  lastSignIns: () => Promise<ReadonlyMap<string, number>>,
) {
  const { book, firstCode } = access;

  const shown = (account: KnownAccount, signIns: ReadonlyMap<string, number>): Account => {
    const { id, login, name, role, scope, isActive, madeAt, revision } = account;
    return {
      ...{ id, login, name, role, isActive, madeAt, revision, scope: scope as never },
      lastSignInAt: signIns.get(id) ?? null,
      sessions: book.openSessions(id).length,
    };
  };

  return async (app: FastifyInstance): Promise<void> => {
    takeEmptyBodies(app);
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/accounts',
      {
        schema: {
          summary: 'All accounts, by login',
          tags,
          querystring: NoQuery,
          response: { 200: AccountsAnswer, 400: Problem, 503: Problem },
        },
      },
      async () => {
        const signIns = await lastSignIns();
        return { accounts: book.accounts().map((each) => shown(each, signIns)) };
      },
    );

    typed.post(
      '/v1/accounts/first',
      {
        bodyLimit,
        schema: {
          summary: 'Make the first administrator',
          description:
            'On the engine’s own machine as it is; from elsewhere with the code that the engine printed at its start. 409 when ' +
            'somebody has an account.',
          tags,
          body: FirstAccount,
          response: { 201: Account, ...writes },
        },
      },
      async (request, reply) => {
        const { login, name, password, code } = request.body;
        if (!book.isEmpty) throw notFirst();
        expectName(name);
        // Whoever is `local` could do everything else already.
        if (!guard.isOpen(request) && !isSame(code, firstCode)) {
          throw new RequestError(
            'CODE_REFUSED',
            'Give the code that the engine printed at its start, or run `millrace account add` on its machine.',
          );
        }
        const made = accountWritten(await makeFirstAccount(book, { login, name, password }));
        if (request.principal.kind === 'nobody') request.principal = made.principal;
        return reply.code(201).send(shown(made, new Map()));
      },
    );

    typed.post(
      '/v1/accounts',
      {
        bodyLimit,
        schema: {
          summary: 'Make an account: its password is answered, this once',
          tags,
          headers: ActorHeaders,
          body: NewAccount,
          response: { 201: AccountMade, ...writes },
        },
      },
      async (request, reply) => {
        const { reason, ...given } = request.body;
        expectName(given.name);
        const { written, password } = await makeAccount(book, given, giverOf(request, reason));
        const account = shown(accountWritten(written), new Map());
        return reply.code(201).send({ account, password });
      },
    );

    typed.put(
      '/v1/accounts/:id',
      {
        bodyLimit,
        schema: {
          summary: 'Change an account, or switch it off and on',
          description:
            'With other rights than before its sessions end. The last administrator stays one. 409 when `revision` is not the newest.',
          tags,
          params: Id,
          headers: ActorHeaders,
          body: AccountChange,
          response: { 200: Account, ...writes },
        },
      },
      async (request) => {
        const { reason, ...given } = request.body;
        expectName(given.name);
        const by = giverOf(request, reason);
        const changed = accountWritten(await changeAccount(book, request.params.id, given, by));
        return shown(changed, await lastSignIns());
      },
    );

    typed.post(
      '/v1/accounts/:id/password',
      {
        schema: {
          summary: 'Make a new password: it is answered, this once; the account’s sessions end',
          tags,
          params: Id,
          headers: ActorHeaders,
          body: Moved,
          response: { 200: PasswordReset, ...writes },
        },
      },
      async (request) => {
        const by = giverOf(request, request.body?.reason ?? '');
        const { written, password } = await resetPassword(book, request.params.id, by);
        accountWritten(written);
        return { password };
      },
    );

    typed.delete(
      '/v1/accounts/:id/sessions',
      {
        schema: {
          summary: 'Sign an account out everywhere',
          tags,
          params: Id,
          headers: ActorHeaders,
          querystring: z.strictObject({ reason: z.string().max(4_096).default('') }),
          response: { 200: Account, ...writes },
        },
      },
      async (request) => {
        const by = giverOf(request, request.query.reason);
        const changed = accountWritten(await endSessions(book, request.params.id, by));
        return shown(changed, await lastSignIns());
      },
    );

    typed.get(
      '/v1/accounts/:id/sessions',
      {
        schema: {
          summary: 'The open sessions of an account: the one that was used last first',
          tags,
          params: Id,
          querystring: NoQuery,
          response: { 200: SessionsAnswer, 400: Problem, 404: Problem },
        },
      },
      async ({ params: { id }, credential }) => {
        if (book.account(id) === undefined) throw refusal({ why: 'unknown' });
        return sessionsOf(book, id, credential);
      },
    );

    typed.delete(
      '/v1/accounts/:id/sessions/:session',
      {
        schema: {
          summary: 'End one session of an account',
          tags,
          params: Id.extend({ session: SessionId }),
          headers: ActorHeaders,
          querystring: z.strictObject({ reason: z.string().max(4_096).default('') }),
          response: { 200: SessionsAnswer, ...writes },
        },
      },
      async (request) => {
        const { id, session } = request.params;
        const by = giverOf(request, request.query.reason);
        const refused = await endOneSession(book, id, session, by);
        if (refused === 'no such session') throw sessionAbsent();
        if (refused !== undefined) throw refusal(refused);
        return sessionsOf(book, id, request.credential);
      },
    );
  };
}

export function giverOf(request: FastifyRequest, reason: string): Giver {
  return { principal: request.principal, actor: actorOf(request), reason };
}

/** It stands in records, where the engine's own names mean the engine. @throws RequestError REQUEST_INVALID */
export function expectName(name: string): void {
  const read = readActor(encodeActor(name));
  if ('name' in read) return;
  const issue = { at: 'name', message: read.problem };
  throw new RequestError('REQUEST_INVALID', `${issue.at}: ${issue.message}`, { issues: [issue] });
}

/** @throws RequestError */
export function accountWritten(written: AccountResult): KnownAccount {
  if (written.outcome === 'written') return written.account;
  if (written.outcome === 'refused') throw refusal(written.refusal);
  throw uncounted(written.why);
}

function refusal(refused: AccountRefusal): RequestError {
  switch (refused.why) {
    case 'unknown':
      return new RequestError('NOT_FOUND', 'There is no account of this id.');
    case 'stale':
      return new RequestError(
        'REVISION_STALE',
        `It is at revision ${refused.revision} now. Read it again, and make the change from there.`,
        { revision: refused.revision },
      );
    case 'first must be an administrator':
      return new RequestError(
        'ACCOUNT_REFUSED',
        'The first account is that of an administrator, everywhere.',
      );
    case 'beyond own':
      return beyondOwn(refused.permissions);
    case 'beyond own places':
      return new RequestError('PERMISSION_MISSING', 'Nobody gives places that they have not.');
  }
}

export function beyondOwn(permissions: readonly string[]): RequestError {
  return new RequestError(
    'PERMISSION_MISSING',
    `Nobody gives what they have not, or acts for somebody who has it: ${permissions.join(', ')}.`,
    { permissions },
  );
}

function uncounted(why: Uncounted): RequestError {
  switch (why) {
    case 'stale':
      return new RequestError(
        'REVISION_STALE',
        'Somebody else has written meanwhile. Read it again, and make the change from there.',
      );
    case 'login taken':
      return new RequestError('KEY_TAKEN', 'There is an account of this login. Take another.');
    case 'not first':
      return notFirst();
    case 'no right':
      return new RequestError('PERMISSION_MISSING', 'You are no administrator any more.', {
        permission: 'administer',
      });
    case 'last administrator':
      return new RequestError(
        'ACCOUNT_REFUSED',
        'This is the last administrator: make another one first.',
      );
  }
}

function notFirst(): RequestError {
  return new RequestError('KEY_TAKEN', 'There is an account already: an administrator makes more.');
}
